import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { temporaryFolders } from "../adapters/temporary-folder.ts";
import { type QuickPractice, startQuickPractice } from "./quick-practice.ts";
import { type Ran, runMain } from "./run-main.ts";

const SECURE = "oevelse.dk";
const UNSIGNED = "bibliotek-oevelse.dk";
const newFolder = temporaryFolders();
let practice: QuickPractice;
let inventory = "";

beforeAll(async () => {
  practice = await startQuickPractice();
});
beforeEach(() => {
  inventory = path.join(newFolder(), "kommune.json");
  writeFileSync(inventory, practice.inventory());
});
afterAll(() => practice.stop());

function dnssec(...args: readonly string[]): Promise<Ran> {
  return runMain(["dnssec", ...args, "--inventory", inventory], { services: practice.services });
}

describe("dnssec", () => {
  test("draws the chain from the root to a secure name", async () => {
    const { code, stdout } = await dnssec(SECURE);
    expect(code).toBe(0);
    const zones = stdout.split("\n").flatMap((line) => /^(?: {2}▼ {2})?(\S+) {2}✓ sikker$/u.exec(line)?.[1] ?? []);
    expect(zones).toEqual([".", "dk.", `${SECURE}.`]);
    expect(stdout).toMatch(/DS \d+ {2}13 ECDSAP256SHA256, SHA-256 {2}← passer til en nøgle/u);
    expect(stdout).toMatch(/DNSKEY \d+ {2}KSK, 13 ECDSAP256SHA256, 256 bit/u);
    expect(stdout).toMatch(/SOA {2}✓ sikker/u);
    expect(stdout).toMatch(/signeret af \S+ \d+ \(13 ECDSAP256SHA256\), udløber \d{4}-\d\d-\d\d/u);
    expect(stdout).toMatch(/LOC {2}✓ sikker {2}findes ikke, bevist med NSEC/u);
    expect(stdout).toContain("Kæden fra roden: ✓ sikker");
  });

  test("shows where an unsigned name falls off, and ends with 1", async () => {
    const { code, stdout } = await dnssec(UNSIGNED, "--lang", "en");
    expect(code).toBe(1);
    expect(stdout).toContain("the zone above proves that there is no DS record");
    expect(stdout).toContain("The chain from the root: ✗ insecure");
  });

  test("is there as JSON", async () => {
    const { code, stdout } = await dnssec(SECURE, "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "kravvagt/dnssec/1",
      name: `${SECURE}.`,
      walk: { status: "secure", zone: `${SECURE}.` },
    });
  });

  test("works for the root and for a top-level domain", async () => {
    expect((await dnssec(".")).code).toBe(0);
    expect((await dnssec("dk")).code).toBe(0);
  });
});
