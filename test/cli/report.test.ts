import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { JudgingServices } from "../../lib/cli/services.ts";
import { type ComplianceReport, complianceReportForm } from "../../lib/reports/compliance-report.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { type RememberedMunicipality, rememberedMunicipality } from "../support/remembered.ts";
import { runMain } from "./run-main.ts";

const SIGNED = "domain:oevelse.dk";
const CLASSES = ["signed", "rsa-1024"];

let folder = "";
let remembered: RememberedMunicipality;
let services: Partial<JudgingServices>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kravvagt-report-"));
  remembered = await rememberedMunicipality();
  await remembered.round("2026-11-20T10:00:00.000Z", CLASSES);
  await remembered.round("2026-11-22T10:00:00.000Z", CLASSES, { signed: "expired" });
  // What is remembered is of this one requirement alone.
  const requirements = [s18];
  services = { openData: remembered.open, requirements, now: () => Date.parse("2026-11-22T10:30:00.000Z") };
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function run(args: readonly string[], more: Partial<JudgingServices> = {}) {
  return runMain(["report", ...args], { services: { ...services, ...more } });
}

async function report(...args: readonly string[]): Promise<{ code: number; report: ComplianceReport }> {
  const { code, stdout } = await run(args);
  return { code, report: complianceReportForm.strict().parse(JSON.parse(stdout)) };
}

describe("the report of a day", () => {
  test("is from that day's last close, in the published form", async () => {
    const { code, report: found } = await report("--as-of", "2026-11-20");
    expect(code).toBe(0);
    expect(found).toMatchObject({
      municipality: { id: "0101", name: "Eksempelkommune" },
      ...{ reading: "kommune-2024", asOf: "2026-11-20", closedAt: "2026-11-20T10:10:00.000Z", problems: [] },
    });
    expect(found.requirements).toEqual([
      {
        ...{ requirement: "S18", title: "DNSSEC på alle domæner", verdict: "pass", cause: null },
        ...{ since: "2026-11-20T10:00:00.000Z", date: "2026-11-20", closedAt: "2026-11-20T10:10:00.000Z" },
        assets: { pass: 2, fail: 0, indeterminate: 0, "not-applicable": 0, attested: 0 },
      },
    ]);
    expect(found.verdicts.map(({ asset }) => asset.id)).toEqual(
      ["domain:oevelse.dk", remembered.assetId("rsa-1024")].sort(),
    );
    const signed = found.verdicts.find(({ asset }) => asset.id === SIGNED);
    expect(signed).toMatchObject({
      asset: { kind: "domain", name: "oevelse.dk" },
      verdict: "pass",
      rules: "S18@1 kommune-2024",
    });
    expect(signed?.findings?.map(({ tag }) => tag)).toEqual(["S18_SECURE", "S18_SERVERS_AGREE"]);
    const warned = found.verdicts.find(({ asset }) => asset.id === remembered.assetId("rsa-1024"));
    expect(warned?.findings?.find(({ outcome }) => outcome === "warn")?.remedy).toBeDefined();
  });

  test("is byte for byte the same however often it is asked for", async () => {
    const [once, again] = [await run(["--as-of", "2026-11-20"]), await run(["--as-of", "2026-11-20"])];
    expect(again.stdout).toBe(once.stdout);
  });

  test("of a day without a close says which close it is from", async () => {
    const { report: found } = await report("--as-of", "2026-11-21");
    expect(found).toMatchObject({ asOf: "2026-11-21", closedAt: "2026-11-20T10:10:00.000Z" });
    expect(found.requirements[0]).toMatchObject({ date: "2026-11-20" });
  });

  test("ends as verify does: 1 when something failed", async () => {
    const { code, report: found } = await report("--as-of", "2026-11-22", "--lang", "en");
    expect(code).toBe(1);
    const signed = found.verdicts.find(({ asset }) => asset.id === SIGNED);
    expect(signed).toMatchObject({ verdict: "fail", since: "2026-11-22T10:00:00.000Z" });
    expect(signed?.findings?.[0]?.text).toMatch(/signature/iu);
  });
});

describe("the report of now", () => {
  test("is of the moment", async () => {
    const { code, report: found } = await report();
    expect(code).toBe(1);
    expect(found).toMatchObject({ asOf: "2026-11-22T10:30:00.000Z", closedAt: "2026-11-22T10:10:00.000Z" });
  });

  test("names every requirement that is built, and what nothing is remembered of as unknown", async () => {
    const { code, stdout } = await run([], { requirements: REQUIREMENTS });
    expect(code).toBe(1);
    const found = complianceReportForm.strict().parse(JSON.parse(stdout));
    expect(found.requirements.map(({ requirement, verdict }) => [requirement, verdict])).toEqual([
      ["S17", "indeterminate"],
      ["S18", "fail"],
      ["S19", "indeterminate"],
      ["S20", "indeterminate"],
      ["S23", "indeterminate"],
      ["S27", "indeterminate"],
      ["K11", "indeterminate"],
    ]);
  });

  test("ends with 2 when nothing is known any more", async () => {
    const { code, stdout } = await run([], { now: () => Date.parse("2026-11-25T00:00:00.000Z") });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ requirements: [{ verdict: "indeterminate", cause: "probe-stale" }] });
  });
});

describe("what cannot be read back is said", () => {
  test("findings that are gone, beside the verdict that stands", async () => {
    const [state] = await remembered.memory.states.all("0101", "S18");
    const get = async (address: string) => (address === state!.judgement ? null : remembered.evidence.get(address));
    const evidence = { ...remembered.evidence, get };
    const { stdout } = await run([], { openData: async () => ({ ...(await remembered.open()), evidence }) });
    const found = JSON.parse(stdout) as ComplianceReport;
    const verdict = found.verdicts.find(({ asset }) => asset.id === state!.asset);
    expect(verdict).toMatchObject({ verdict: state!.verdict, findings: null });
    expect(verdict?.problem).toBe(`Fundene kan ikke læses: ${state!.judgement} mangler i datamappen.`);
    expect(found.problems).toEqual([`${state!.judgement} mangler i datamappen`]);
  });

  test("findings that are another asset's", async () => {
    const states = await remembered.memory.states.all("0101", "S18");
    const folderNow = await remembered.open();
    const { table } = folderNow;
    const query = async (...args: Parameters<typeof table.query>) =>
      (await table.query(...args)).map((item) =>
        args[0] === "M#0101#S18"
          ? { ...item, body: { ...(item.body as object), judgement: states[0]!.judgement } }
          : item,
      );
    const { stdout } = await run([], { openData: async () => ({ ...folderNow, table: { ...table, query } }) });
    const { verdicts } = JSON.parse(stdout) as ComplianceReport;
    expect(verdicts[1]).toMatchObject({ findings: null, problem: "Fundene hører til et andet aktiv." });
  });
});

describe("wrong usage", () => {
  test.each([
    [["--as-of", "2026-11-23"], 64, /2026-11-23 ligger i fremtiden; i dag er 2026-11-22/u],
    [["--as-of", "i går"], 64, /i går er ingen dato/u],
    [["--as-of", "2026-02-30"], 64, /2026-02-30 er ingen dato/u],
    [["--as-of", "2026-11-19"], 66, /Der huskes intet om 2026-11-19 eller dagene før/u],
    [["--format", "html"], 64, /--format html er ikke bygget endnu/u],
    [["--format", "xml"], 64, /--format: xml kendes ikke/u],
    [["--bundle"], 64, /--bundle er ikke bygget endnu/u],
  ])("%j", async (args, wanted, words) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([wanted, ""]);
    expect(stderr).toMatch(words);
  });
});

describe("-o", () => {
  test("puts the report into a file, in place of the one before, and nothing on standard output", async () => {
    const place = await mkdtemp(path.join(folder, "out-"));
    const file = path.join(place, "rapport.json");
    await writeFile(file, "old");
    const { code, stdout } = await run(["--as-of", "2026-11-20", "-o", file]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ schema: "kravvagt/report/1" });
    expect(await readdir(place)).toEqual(["rapport.json"]);
  });

  test.each([
    ["a folder that is not there", "none/rapport.json"],
    ["a folder in its place", "place"],
  ])("refuses %s with 66 and leaves nothing behind", async (_, name) => {
    const place = await mkdtemp(path.join(folder, "out-"));
    await mkdir(path.join(place, "place"));
    const { code, stderr } = await run(["-o", path.join(place, name)]);
    expect([code, stderr]).toEqual([66, expect.stringContaining("kunne ikke skrives")]);
    expect(await readdir(place)).toEqual(["place"]);
  });
});
