/** From a report file to a verdict: what nobody could tell of a domain's DKIM, its receivers can. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { PRACTICE_SELECTOR } from "../../lib/practice/practice-case.ts";
import type { VerificationResult } from "../../lib/verify/result.ts";
import { type QuickPractice, startQuickPractice } from "./quick-practice.ts";
import { runMain } from "./run-main.ts";

/** Its key stands at a selector that the inventory does not name, below a wildcard that answers for every name. */
const DOMAIN = "brevordner-oevelse.dk";
const SECONDS_A_DAY = 86_400;
const REPORT = path.resolve(import.meta.dirname, "../vectors/reports/google.xml");

let practice: QuickPractice;
let folder = "";

beforeAll(async () => {
  practice = await startQuickPractice();
  folder = mkdtempSync(path.join(os.tmpdir(), "kravvagt-test-"));
  writeFileSync(path.join(folder, "kommune.json"), practice.inventory([DOMAIN]));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await practice.stop();
});

/** A report as Google writes them, of yesterday, about a domain that signs with a selector. */
function report(selector: string): Buffer {
  const midnight = Math.floor(Date.now() / 1000 / SECONDS_A_DAY - 1) * SECONDS_A_DAY;
  const text = readFileSync(REPORT, "utf8")
    .replaceAll("eksempelkommune.dk", DOMAIN)
    .replace(/<begin>\d+/u, `<begin>${midnight}`)
    .replace(/<end>\d+/u, `<end>${midnight + SECONDS_A_DAY - 1}`)
    .replaceAll("<selector>selector1<", `<selector>${selector}<`);
  return gzipSync(text);
}

async function verify(): Promise<{
  readonly verdict: string;
  readonly cause: string | null;
  readonly tags: readonly string[];
}> {
  const { stdout } = await runMain(
    [
      ...["verify", "--inventory", path.join(folder, "kommune.json"), "--data", path.join(folder, "data")],
      ...["--requirement", "S23", "--format", "json"],
    ],
    { services: practice.services },
  );
  const { verdicts } = JSON.parse(stdout) as VerificationResult;
  const [{ verdict, cause, findings } = { verdict: "", cause: null, findings: [] }] = verdicts;
  return { verdict, cause, tags: findings.map(({ tag }) => tag) };
}

async function ingest(name: string, octets: Buffer): Promise<number> {
  const reports = path.join(folder, "reports");
  mkdirSync(reports, { recursive: true });
  writeFileSync(path.join(reports, name), octets);
  return (await runMain(["dmarc", "ingest", path.join(reports, name), "--data", path.join(folder, "data")])).code;
}

describe("a domain whose selectors nobody knows", () => {
  test("is not decided; a report of a selector without a key, taken in beforehand, proves nothing", async () => {
    expect(await ingest("forged.xml.gz", report("findesikke"))).toBe(0);
    expect(await verify()).toMatchObject({
      ...{ verdict: "indeterminate", cause: "no-inventory" },
      tags: expect.arrayContaining(["S23_DKIM_UNKNOWN"]),
    });
  });

  test("a report of the selector that has the key proves it", async () => {
    expect(await ingest("google.xml.gz", report(PRACTICE_SELECTOR))).toBe(0);
    const { verdict, tags } = await verify();
    expect([verdict, tags.includes("S23_DKIM_REPORTED")]).toEqual(["pass", true]);
  });
});
