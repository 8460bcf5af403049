import { EventEmitter } from "node:events";
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import { slotAt } from "../../lib/core/slot.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { NO_COUNTS } from "../../lib/watch/run.ts";
import { temporaryFolders } from "../adapters/temporary-folder.ts";
import { addressOf } from "../support/looks.ts";
import { ASSETS, type QuickPractice, SITE, startQuickPractice } from "./quick-practice.ts";
import { type Ran, runMain, type RunOptions } from "./run-main.ts";

const newFolder = temporaryFolders();
const SIGNED = ["oevelse.dk", "raadhus-oevelse.dk"];
/** With a web site, so that every requirement is asked of somebody. */
const WELL = [...SIGNED, SITE];
const HOUR = 3_600_000;
/** Whatever is wrong with a folder is told within seconds. */
const SOON_MS = 6_000;
let practice: QuickPractice;

beforeAll(async () => {
  practice = await startQuickPractice();
});
afterAll(() => practice.stop());

/** A folder with an inventory in it, and the arguments that watch it. */
function watching(inventory: string | object): { readonly data: string; readonly args: readonly string[] } {
  const folder = newFolder();
  const [file, data] = [path.join(folder, "kommune.json"), path.join(folder, "data")];
  writeFileSync(file, typeof inventory === "string" ? inventory : JSON.stringify(inventory));
  return { data, args: ["start", "--inventory", file, "--data", data] };
}

function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return runMain(args, { ...options, services: { ...practice.services, ...options.services } });
}

function once(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return run([...args, "--once"], options);
}

/** An inventory of the practice internet with changes at its top. */
function changed(only: readonly string[], changes: object): object {
  return { ...(JSON.parse(practice.inventory(only)) as object), ...changes };
}

describe("one round of an inventory", () => {
  test.each([
    [WELL, 0, "OPFYLDT", "OPFYLDT"],
    [ASSETS, 1, "IKKE OPFYLDT", "OPFYLDT"],
    [[...WELL, "ledig-oevelse.dk"], 2, "KAN IKKE AFGØRES", "OPFYLDT"],
    [SIGNED, 2, "OPFYLDT", "KAN IKKE AFGØRES (FORTEGNELSEN MANGLER DET NØDVENDIGE)"],
  ])("%j ends with %i and shows what was found", async (assets, wanted, s18, web) => {
    const { data, args } = watching(practice.inventory(assets));
    const { code, stdout, stderr } = await once(args);
    const headlines = [...stdout.matchAll(/^([SK]\d\d) {2}.*\n([A-ZÆØÅ ()]+?)(?: {2}–.*)?$/gmu)];
    const verdicts = Object.fromEntries(headlines.map(([, id = "", verdict]) => [id, verdict]));
    expect([code, stdout.split("\n")[0]]).toEqual([wanted, "S17  Internetvendte tjenester under .dk"]);
    expect(Object.keys(verdicts)).toEqual(REQUIREMENTS.map(({ id }) => id));
    expect(verdicts).toMatchObject({ S17: "OPFYLDT", S18: expect.stringMatching(`^${s18}`), S27: web, K11: web });
    expect(stderr).toMatch(/^\d\d\.\d\d\.\d\d {2}Runden kl\. .* set, /mu);
    const report = await run(["report", "--data", data]);
    expect(JSON.parse(report.stdout)).toMatchObject({ municipality: { id: "0000" } });
  });

  test("without a resolver ends with 69", async () => {
    const network = { dns: ["185.20.99.99"], authoritative: "off" };
    const { code, stderr } = await once(watching(changed(["oevelse.dk"], { network })).args);
    expect([code, stderr]).toEqual([69, expect.stringContaining("185.20.99.99")]);
  });

  test("an open round of an earlier start is taken up, and no asset is shown twice", async () => {
    const { args } = watching(practice.inventory());
    const signals = new EventEmitter();
    let isOver = false;
    const stopped = await once(args, {
      signals,
      onSaid(text) {
        // Once: a second interrupt, well apart, would end it on the spot.
        if (isOver || !text.includes("begynder")) return;
        isOver = true;
        signals.emit("SIGINT");
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stdout).toMatch(
      /^Afbrudt: det, der mangler, blev ikke undersøgt\.\n\nS17 .*\nKAN IKKE AFGØRES .* 9 kan/u,
    );
    expect(stopped.stdout).toMatch(/^S18 .*\nKAN IKKE AFGØRES .* 7 kan/mu);
    expect(stopped.stdout).toContain("interrupted before it was looked at");
    const next = await once([...args, "--lang", "en"]);
    expect(next.code).toBe(1);
    expect(next.stdout).toMatch(/^NOT FULFILLED.* 7 assets: 2 not fulfilled/mu);
  });

  test("a municipality must be named: 66, and the field is", async () => {
    const { data, args } = watching(changed(SIGNED, { municipality: undefined }));
    const { code, stderr } = await once(args);
    expect([code, stderr]).toEqual([66, expect.stringContaining('municipality: { id: "0101", name: ... }')]);
    expect(() => statSync(data)).toThrow("ENOENT");
  });

  test("an inventory without a single asset that is looked at says so, and passes nothing", async () => {
    const { args } = watching(changed(SIGNED, { assets: [{ address: "185.20.80.0/29" }] }));
    expect((await once(args)).code).toBe(2);
    const { code, stderr } = await run(args);
    expect([code, stderr]).toEqual([66, expect.stringContaining("så der er intet at overvåge")]);
  });

  test("the data folder is kravvagt-data unless one is named, for start as for report", async () => {
    const asked: string[] = [];
    const openData = (folder: string) => {
      asked.push(folder);
      return Promise.reject(new Error("enough"));
    };
    const { args } = watching(practice.inventory(SIGNED));
    await run(args.slice(0, 3), { services: { openData } });
    await run(["report"], { services: { openData } });
    expect(asked).toEqual(["kravvagt-data", "kravvagt-data"]);
  });
});

describe("a clock that stands before the newest round", () => {
  test("ends with 74, tells both moments, and changes nothing of what is remembered", async () => {
    const { data, args } = watching(practice.inventory(WELL));
    expect((await once(args)).code).toBe(0);
    const later = Math.floor(Date.now() / HOUR) * HOUR + 30 * HOUR;
    const slot = slotAt(later);
    const folder = await openDataFolder(data, { create: false });
    const memory = createMemory(folder.table);
    const run = { id: `domains/${slot}`, municipality: "0000", family: "domains", slot, startedAt: slot } as const;
    const rest = { batches: [], done: [], closedAt: null, suspect: null, inventory: addressOf("inventory") };
    await memory.runs.put({ ...run, ...rest, counts: NO_COUNTS }, null);
    const before = await Promise.all([memory.states.all("0000", "S18"), memory.runs.newest("0000", "domains", 9)]);
    await folder.close();
    for (const mode of [["--once"], []]) {
      const { code, stderr } = await runMain([...args, ...mode], { services: practice.services });
      expect(code).toBe(74);
      expect(stderr).toMatch(
        new RegExp(
          `Maskinens ur viser \\d{4}-.*Z, men den nyeste runde i datamappen er fra ${slot}\\. Enten .* vent til ${slot}, eller`,
          "u",
        ),
      );
    }
    const again = await openDataFolder(data, { create: false });
    const kept = createMemory(again.table);
    expect(await Promise.all([kept.states.all("0000", "S18"), kept.runs.newest("0000", "domains", 9)])).toEqual(before);
    await again.close();
  });
});

describe("a data folder that cannot be used ends with 74, one sentence and its path, and nothing is lost", () => {
  async function refused(args: readonly string[], where: string, da: RegExp, en: RegExp): Promise<void> {
    const startedAt = performance.now();
    for (const [words, more] of [
      [da, []],
      [en, ["--lang", "en"]],
    ] as const) {
      const { code, stdout, stderr } = await once([...args, ...more]);
      expect([code, stdout]).toEqual([74, ""]);
      const said = stderr.split("\n").filter((line) => line.includes(where) && !line.startsWith("("));
      expect(said).toEqual([expect.stringMatching(words)]);
    }
    expect(performance.now() - startedAt).toBeLessThan(2 * SOON_MS);
  }

  test("a file, and a path through one", async () => {
    const { args } = watching(practice.inventory(SIGNED));
    const [inventory = ""] = args.slice(2);
    const words = [/er ikke en datamappe fra Kravvagt/u, /is not a data folder of Kravvagt/u] as const;
    await refused([...args.slice(0, 3), "--data", inventory], inventory, ...words);
    await refused([...args.slice(0, 3), "--data", path.join(inventory, "x")], path.join(inventory, "x"), ...words);
  });

  type Damage = (data: string) => () => void;
  const store = (data: string, pattern: RegExp): string => {
    const [name = ""] = readdirSync(path.join(data, "store")).filter((each) => pattern.test(each));
    return path.join(data, "store", name);
  };
  const damaging =
    (pattern: RegExp, damage: (file: string) => void): Damage =>
    (data) => {
      const file = pattern.source === "marker" ? path.join(data, "kravvagt.json") : store(data, pattern);
      const content = readFileSync(file);
      damage(file);
      return () => writeFileSync(file, content);
    };

  test.each<readonly [string, Damage, RegExp, RegExp]>([
    ["CURRENT is empty", damaging(/^CURRENT$/u, (file) => truncateSync(file)), /er beskadiget/u, /is damaged/u],
    ["the MANIFEST is gone", damaging(/^MANIFEST/u, (file) => rmSync(file)), /er beskadiget/u, /is damaged/u],
    [
      "the log is garbled",
      damaging(/\.log$/u, (file) => writeFileSync(file, readFileSync(file).fill(0x5a, 40, 60))),
      /er beskadiget/u,
      /is damaged/u,
    ],
    [
      "a newer version wrote it",
      damaging(/marker/u, (file) => writeFileSync(file, '{"schema":"kravvagt/data/9"}')),
      /er skrevet af en nyere udgave/u,
      /was written by a newer version/u,
    ],
  ])("%s", async (_, damage, da, en) => {
    const { data, args } = watching(practice.inventory(WELL));
    expect((await once(args)).code).toBe(0);
    const mend = damage(data);
    await refused(args, data, da, en);
    mend();
    for (const domain of SIGNED) {
      const { code, stdout } = await run(["history", domain, "S18", "--verify", "--data", data]);
      expect([code, stdout]).toEqual([0, expect.stringContaining("Historikken holder.")]);
    }
  });
});
