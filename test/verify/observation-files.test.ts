import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { judgeStored } from "../../lib/cli/judge-stored.ts";
import type { Observation } from "../../lib/core/observation.ts";
import { DEFAULT_SETTINGS, type Inventory, inventoryOfAssets } from "../../lib/inventory/inventory.ts";
import { standingCases } from "../../lib/practice/municipality.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { loadObservations, ObservationFilesError, saveObservations } from "../../lib/verify/observation-files.ts";
import { toResult, type VerificationResult } from "../../lib/verify/result.ts";
import { openRehearsal } from "../support/rehearsal.ts";
import { domain, seen, verificationOf } from "./trial.ts";

let root = "";
let saved = "";
/** The run of two domains alone: what is to be spoiled. */
let small = "";
let first: VerificationResult;
let assets: Inventory["assets"] = [];

const CHOICE = { ids: null, requirements: null, built: [s18], reading: null } as const;

async function newFolder(): Promise<string> {
  return mkdtemp(path.join(root, "run-"));
}

/** A copy of the saved run, for a test to spoil. */
async function copied(): Promise<string> {
  const folder = await newFolder();
  await cp(small, folder, { recursive: true });
  return folder;
}

const SIGNED = standingCases().find((each) => each.class === "signed")?.domain ?? "";

/** The file with one observation of the signed domain. */
async function anObservation(folder: string, kind: "chain" | "servers"): Promise<string> {
  const [file = "", ...others] = (await readdir(folder)).filter((each) =>
    each.startsWith(`dns.${kind}--domain_${SIGNED}--`),
  );
  expect([file === "", ...others]).toEqual([false]);
  return file;
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "kravvagt-observations-"));
  const rehearsal = await openRehearsal();
  const classes = standingCases().map((each) => each.class);
  assets = classes.map((each) => rehearsal.asset(each));
  const inventory: Inventory = {
    ...inventoryOfAssets(assets),
    municipality: { id: "0101", name: "Eksempelkommune" },
    settings: { ...DEFAULT_SETTINGS, cadence: { domains: 3_600_000 } },
    inventoryAttestation: { by: { name: "Anna And", role: "it-chef" }, validUntil: 4_000_000_000_000 },
    attestations: [
      {
        ...{ requirement: "S18", clause: "1", assets: "all", statement: "Ja", validUntil: 4_000_000_000_000 },
        ...{ by: { name: "Anna And" }, evidence: { file: "a.pdf", sha256: "0".repeat(64) } },
      },
    ],
    exemptions: [
      {
        ...{
          requirement: "S18",
          asset: rehearsal.asset("unsigned").id,
          reason: "Flyttes",
          validUntil: 4_000_000_000_000,
        },
        by: { name: "Anna And" },
      },
    ],
  };
  const observations: Observation[] = [];
  for (const each of classes) observations.push(...(await rehearsal.observe(each)));
  const verification = verificationOf({ inventory, requirements: [s18], observations });
  first = toResult(verification, "da");
  saved = path.join(root, "deep", "saved");
  await saveObservations(saved, inventory, verification, observations);
  small = path.join(root, "small");
  const chosen = ["signed", "unsigned"].map((each) => rehearsal.asset(each));
  const few = observations.filter(({ asset }) => chosen.some(({ id }) => id === asset));
  await saveObservations(small, { ...inventory, assets: chosen }, verification, few);
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe("a run that was saved", () => {
  test("is a file for the run and one for each observation", async () => {
    const names = await readdir(saved);
    expect(names).toHaveLength(1 + 2 * assets.length);
    expect(names).toContain("run.json");
    for (const each of names)
      expect(each).toMatch(/^(?:run|dns\.(?:chain|servers)--[a-z0-9._-]+--[0-9a-f]{8})\.json$/u);
  });

  test("gives the same requirements and verdicts for every practice case, byte for byte", async () => {
    const again = toResult(judgeStored(await loadObservations(saved), CHOICE), "da");
    expect(first.verdicts).toHaveLength(standingCases().length);
    expect(JSON.stringify(again.requirements)).toBe(JSON.stringify(first.requirements));
    for (const [index, verdict] of first.verdicts.entries()) {
      expect(JSON.stringify(again.verdicts[index])).toBe(JSON.stringify(verdict));
    }
    expect(first.verdicts.map(({ verdict }) => verdict)).toEqual(
      expect.arrayContaining(["pass", "fail", "indeterminate", "attested"]),
    );
    const { startedAt, finishedAt, vantage, notSeen, municipality, reading } = again;
    expect({ startedAt, finishedAt, vantage, notSeen, municipality, reading }).toEqual({
      ...{ startedAt: first.startedAt, finishedAt: first.finishedAt, vantage: first.vantage },
      ...{ notSeen: first.notSeen, municipality: "0101", reading: "kommune-2024" },
    });
  });

  test("can be saved again: its observations are then the same, octet for octet", async () => {
    const { run, inventory, observations } = await loadObservations(saved);
    const again = await newFolder();
    const verification = { ...verificationOf({ inventory, requirements: [s18], observations }), ...times(run) };
    await saveObservations(again, inventory, verification, observations);
    const names = (await readdir(saved)).filter((each) => each !== "run.json");
    for (const each of names) {
      expect(await readFile(path.join(again, each), "utf8")).toBe(await readFile(path.join(saved, each), "utf8"));
    }
    // Over itself, too: nothing is left behind and nothing doubled.
    await saveObservations(again, inventory, verification, observations);
    expect(await readdir(again)).toEqual(await readdir(saved));
  });

  test("judges under the other reading, and some assets alone", async () => {
    const stored = await loadObservations(saved);
    const state = toResult(judgeStored(stored, { ...CHOICE, reading: "stat-2024-10" }), "da");
    const differing = standingCases().filter(({ underState }) => underState !== undefined);
    expect(differing.length).toBeGreaterThan(0);
    for (const { domain: text, underState } of differing) {
      expect(state.verdicts.find(({ asset }) => asset.name === text)?.verdict).toBe(underState);
    }
    const [one] = assets;
    expect(toResult(judgeStored(stored, { ...CHOICE, ids: [one?.id ?? ""] }), "da").verdicts).toHaveLength(1);
  });

  test("without one of its files lacks an observation, which is never a pass", async () => {
    const folder = await copied();
    for (const kind of ["servers", "chain"] as const) {
      await rm(path.join(folder, await anObservation(folder, kind)));
      const { verdicts } = toResult(judgeStored(await loadObservations(folder), CHOICE), "da");
      const without = verdicts.find(({ asset }) => asset.name === SIGNED);
      expect(without).toMatchObject({ verdict: "indeterminate", cause: "internal" });
    }
  });
});

function times({ startedAt, finishedAt }: { readonly startedAt: string; readonly finishedAt: string }) {
  return { startedAt, finishedAt };
}

describe("names of files", () => {
  test("differ for assets that differ only in what no file name can hold", async () => {
    const folder = await newFolder();
    const ids = ["resolver:10.0.0.1@a b", "resolver:10.0.0.1@a_b", "resolver:10.0.0.1@a/b", "resolver:10.0.0.1@../a"];
    const observations = ids.map((id) => seen({ id }, { state: "unobserved", cause: "internal", detail: id }));
    await saveObservations(folder, inventoryOfAssets([]), verificationOf({ observations: [] }), observations);
    expect(await readdir(folder)).toHaveLength(1 + ids.length);
    const loaded = await loadObservations(folder);
    expect(loaded.observations.map(({ asset }) => asset).sort()).toEqual([...ids].sort());
  });

  test("are short, even of the longest ids, and stay apart where those are alike at first", async () => {
    const folder = await newFolder();
    const ids = ["x", "y"].map((end) => `url:https://a.dk/${"p/".repeat(480)}${end}`);
    const observations = ids.map((id) => seen({ id }, { state: "unobserved", cause: "internal", detail: id }));
    await saveObservations(folder, inventoryOfAssets([]), verificationOf({ observations: [] }), observations);
    const names = await readdir(folder);
    expect(names).toHaveLength(3);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThan(120);
  });
});

describe("a folder that is not as it was saved", () => {
  /** What loading says; it must name the file. */
  async function problemOf(folder: string, file: string | null): Promise<string> {
    const error: unknown = await loadObservations(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ObservationFilesError);
    const { file: named, message } = error as ObservationFilesError;
    expect(named).toBe(file === null ? folder : path.join(folder, file));
    expect(message.startsWith(`${named}: `)).toBe(true);
    return message.slice(named.length + 2);
  }

  test.each<readonly [string, string, string]>([
    ["an empty file", "", "is not JSON: "],
    ["half a file", '{"schema": "kravvagt/obs', "is not JSON: "],
    ["a list", "[]", ""],
    ["null", "null", ""],
  ])("%s instead of an observation", async (_, text, problem) => {
    const folder = await copied();
    const file = await anObservation(folder, "chain");
    await writeFile(path.join(folder, file), text);
    expect(await problemOf(folder, file)).toContain(problem);
  });

  test("a folder that does not exist, or is a file", async () => {
    expect(await problemOf(path.join(root, "none"), null)).toBe("there is no such folder");
    const file = path.join(root, "in-the-way");
    await writeFile(file, "");
    expect(await problemOf(file, null)).toContain("ENOTDIR");
  });

  test("no run.json, one that is not JSON, or a folder of that name", async () => {
    const folder = await copied();
    await rm(path.join(folder, "run.json"));
    expect(await problemOf(folder, null)).toContain("holds no run.json");
    await writeFile(path.join(folder, "run.json"), "x");
    expect(await problemOf(folder, "run.json")).toContain("is not JSON: ");
    await rm(path.join(folder, "run.json"));
    await mkdir(path.join(folder, "run.json"));
    expect(await problemOf(folder, "run.json")).toMatch(/^could not be read: .*EISDIR/u);
  });

  test("a foreign JSON file; other files are nobody's concern", async () => {
    const folder = await copied();
    await writeFile(path.join(folder, "README.txt"), "noter");
    await expect(loadObservations(folder)).resolves.toBeDefined();
    await writeFile(path.join(folder, "package.json"), '{"name": "foreign"}');
    expect(await problemOf(folder, "package.json")).toContain("kind: ");
  });

  test("a copy of an observation under another name", async () => {
    const folder = await copied();
    const file = await anObservation(folder, "chain");
    await cp(path.join(folder, file), path.join(folder, "copy.json"));
    expect(await problemOf(folder, "copy.json")).toBe(`kind, asset or target: belongs in ${file}`);
  });

  test.each<readonly [string, RegExp, string]>([
    ["chain", /"ttl": \d+/u, '"ttl": -1'],
    ["servers", /"state": "answered"/u, '"state": "fine"'],
    ["run", /"reading": "kommune-2024"/u, '"reading": "kommune-1999"'],
  ])("an altered field of %s", async (kind, original, other) => {
    const folder = await copied();
    const file = kind === "chain" || kind === "servers" ? await anObservation(folder, kind) : "run.json";
    const text = await readFile(path.join(folder, file), "utf8");
    expect(text).toMatch(original);
    await writeFile(path.join(folder, file), text.replace(original, other));
    const field = /"(\w+)"/u.exec(other)?.[1];
    expect(await problemOf(folder, file)).toMatch(new RegExp(`^(?:[\\w.]+\\.)?${field}: `, "u"));
  });

  test("an observation that was turned into another asset's", async () => {
    const folder = await copied();
    const file = await anObservation(folder, "chain");
    const text = await readFile(path.join(folder, file), "utf8");
    const other = text.replaceAll(`"domain:${SIGNED}"`, '"domain:anden.dk"');
    expect(other).not.toBe(text);
    await writeFile(path.join(folder, file), other);
    expect(await problemOf(folder, file)).toMatch(/^kind, asset or target: belongs in dns\.chain--domain_anden\.dk--/u);
  });
});

describe("a folder that cannot be written", () => {
  async function savingInto(folder: string): Promise<unknown> {
    const asset = domain("a.dk");
    const silence = { state: "unobserved", cause: "internal", detail: "" } as const;
    const observations = [seen(asset, silence)];
    const verification = verificationOf({ inventory: { assets: [asset] }, observations });
    return saveObservations(folder, inventoryOfAssets([asset]), verification, observations).catch(
      (reason: unknown) => reason,
    );
  }

  test("because a file is in the way of the folder, or of a folder above it", async () => {
    const file = path.join(root, "a-file");
    await writeFile(file, "");
    for (const folder of [file, path.join(file, "below")]) {
      const error = await savingInto(folder);
      expect(error).toBeInstanceOf(ObservationFilesError);
      expect(error).toMatchObject({ file: folder, message: expect.stringContaining("could not be made: ") });
    }
  });

  test("because a folder is in the way of a file", async () => {
    const folder = await newFolder();
    await mkdir(path.join(folder, "run.json"));
    expect(await savingInto(folder)).toMatchObject({
      name: "ObservationFilesError",
      file: path.join(folder, "run.json"),
      message: expect.stringMatching(/could not be written: .*EISDIR/u),
    });
  });
});
