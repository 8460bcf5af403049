import { EventEmitter } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import type { RequirementId } from "../../lib/core/requirement-id.ts";
import type { AssetState } from "../../lib/core/state.ts";
import { tryLease } from "../../lib/cli/hold-lease.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { temporaryFolders } from "../adapters/temporary-folder.ts";
import { type QuickPractice, SITE, STAR, startQuickPractice } from "./quick-practice.ts";
import { type Ran, runMain, type RunOptions } from "./run-main.ts";

const newFolder = temporaryFolders();
const PAIR = [STAR, "oevelse.dk"];
/** What rests on the signatures of a domain; the rest is of the name, and of the web site. */
const FALLS = ["S18", "S19", "S20", "S23"];
let practice: QuickPractice;
let folder = "";
let data = "";
let inventory = "";

beforeAll(async () => {
  practice = await startQuickPractice();
});
beforeEach(() => {
  for (const domain of PAIR) practice.internet.serve(domain, null);
  folder = newFolder();
  data = path.join(folder, "data");
  inventory = path.join(folder, "kommune.json");
  writeFileSync(inventory, practice.inventory([...PAIR, SITE]));
});
afterAll(() => practice.stop());

function verify(args: readonly string[] = [], options: RunOptions = {}): Promise<Ran> {
  const services = { ...practice.services, ...options.services };
  return runMain(["verify", "--inventory", inventory, "--data", data, ...args], { ...options, services });
}

async function states(requirement: RequirementId = "S18"): Promise<readonly AssetState[]> {
  const opened = await openDataFolder(data, { create: false });
  const found = await createMemory(opened.table).states.all("0000", requirement);
  await opened.close();
  return found;
}

describe("verify --data", () => {
  test("shows what it found as ever, and remembers it as a run that is closed", async () => {
    const { code, stdout, stderr } = await verify();
    expect([code, stdout.match(/(?<=^[SK]\d\d {2}.*\n)[A-ZÆØÅ ]+(?= {2}–)/gmu)]).toEqual([
      0,
      REQUIREMENTS.map(() => "OPFYLDT"),
    ]);
    expect(stderr).not.toContain("En tjeneste overvåger");
    expect((await states()).map(({ asset, verdict }) => [asset, verdict])).toEqual(
      PAIR.map((name) => [`domain:${name}`, "pass"]),
    );
    for (const id of ["S27", "K11"] as const) {
      const remembered = (await states(id)).map(({ asset, verdict }) => [asset, verdict]);
      expect([id, remembered]).toEqual([id, [[`host:${SITE}`, "pass"]]]);
    }
    expect((await runMain(["report", "--data", data])).code).toBe(0);
  });

  test("one name of an inventory is remembered alone; what is not in it is shown and not remembered", async () => {
    const { code, stdout } = await verify(["oevelse.dk", "raadhus-oevelse.dk", "--requirement", "S17,S18"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("  ✓ raadhus-oevelse.dk\n")]);
    expect((await states()).map(({ asset }) => asset)).toEqual(["domain:oevelse.dk"]);
    // It is a host, too, where it has an address: no more of the inventory than the domain.
    expect(stdout).toContain("  ✓ host:raadhus-oevelse.dk\n");
    expect((await states("S17")).map(({ asset }) => asset)).toEqual(["domain:oevelse.dk"]);
  });

  test("two that find the same fall tell of it once: the second is its second look", async () => {
    writeFileSync(inventory, practice.inventory(PAIR));
    await verify();
    practice.internet.serve(STAR, "signatures-stripped");
    const first = await verify();
    expect([first.code, first.stderr]).toEqual([1, expect.not.stringContaining("ALARM")]);
    const second = await verify();
    // Without its signatures the domain's mail cannot be found either: each requirement tells of its own fall.
    expect(second.stderr.match(/^ALARM .*$/gmu)?.toSorted()).toEqual(
      FALLS.map((id) => `ALARM  ${id} ikke længere opfyldt: ${STAR}`),
    );
    const third = await verify();
    expect([third.code, third.stderr]).toEqual([1, expect.not.stringContaining("ALARM")]);
    expect(readdirSync(path.join(data, "outbox"))).toHaveLength(FALLS.length);
  });

  test.each([
    ["old-tls", "S27"],
    ["hsts-lost", "K11"],
  ] as const)("a web site that falls by %s is told of under its own name, for %s alone", async (fault, id) => {
    await verify([SITE]);
    practice.internet.serve("oevelse.dk", fault);
    const first = await verify([SITE]);
    expect([first.code, first.stderr]).toEqual([1, expect.not.stringContaining("ALARM")]);
    const second = await verify([SITE]);
    practice.internet.serve("oevelse.dk", null);
    expect(second.stderr.match(/^ALARM .*$/gmu)).toEqual([`ALARM  ${id} ikke længere opfyldt: ${SITE} (vært)`]);
    expect(readdirSync(path.join(data, "outbox"))).toHaveLength(1);
  });

  test("that is interrupted remembers nothing, and says so", async () => {
    const signals = new EventEmitter();
    const { openNetwork } = practice.services;
    const interrupting: typeof openNetwork = (files, options) => {
      setImmediate(() => signals.emit("SIGINT"));
      return openNetwork!(files, options);
    };
    const { code, stderr } = await verify([], { signals, services: { openNetwork: interrupting } });
    expect([code, stderr]).toEqual([130, expect.stringContaining("Intet er husket")]);
    expect(await states()).toEqual([]);
  });

  test("gives the lease back: a service can start afterwards", async () => {
    await verify();
    const opened = await openDataFolder(data, { create: false });
    expect(await opened.table.get("L#service", "lease")).toBeNull();
    expect(await tryLease(opened)).toHaveProperty("lease");
    await opened.close();
  });
});

describe("what cannot be remembered is told before anything is looked at", () => {
  const neverOpened = { openNetwork: () => Promise.reject(new Error("the network was opened")) };

  const byInventory = /--reading, --strict og --tls-profile kan ikke bruges sammen med --data/u;
  test.each<readonly [string, readonly string[], number, RegExp]>([
    ["another reading", ["--reading", "stat-2024-10"], 64, byInventory],
    ["strictness", ["--strict"], 64, byInventory],
    ["another TLS profile", ["--tls-profile", "rfc9325"], 64, byInventory],
    ["stored observations", ["--from-observations", "/none"], 64, /--data giver ingen mening sammen med/u],
  ])("%s", async (_, args, wanted, words) => {
    const { code, stdout, stderr } = await verify(args, { services: neverOpened });
    expect([code, stdout, stderr]).toEqual([wanted, "", expect.stringMatching(words)]);
    expect(existsSync(data)).toBe(false);
  });

  test("names without an inventory", async () => {
    const { code, stderr } = await runMain(["verify", "oevelse.dk", "--data", data], { services: neverOpened });
    expect([code, stderr]).toEqual([64, expect.stringContaining("--data kræver --inventory")]);
  });

  test("an inventory of nobody", async () => {
    writeFileSync(inventory, JSON.stringify({ version: 1, assets: [{ domain: "oevelse.dk" }] }));
    const { code, stderr } = await verify([], { services: neverOpened });
    expect([code, stderr]).toEqual([66, expect.stringContaining(`${inventory}: municipality mangler`)]);
    expect(existsSync(data)).toBe(false);
  });

  test("a mail server that cannot be read, without its password", async () => {
    const environment = { KRAVVAGT_SMTP: "smtp://vagt:s3kret-kode@" };
    const { code, stdout, stderr } = await verify([], { environment, services: neverOpened });
    expect([code, stdout, stderr]).toEqual([64, "", expect.stringMatching(/^KRAVVAGT_SMTP: /mu)]);
    expect(stderr).not.toContain("s3kret");
  });

  test("a folder of somebody else", async () => {
    data = folder;
    const { code, stderr } = await verify([], { services: neverOpened });
    expect([code, stderr]).toEqual([74, expect.stringContaining(`${folder} er ikke en datamappe fra Kravvagt`)]);
    expect(readdirSync(folder)).toEqual(["kommune.json"]);
  });
});
