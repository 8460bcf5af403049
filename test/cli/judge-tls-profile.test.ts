import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { judgeForm } from "../../lib/reports/judge-form.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import type { VerificationResult } from "../../lib/verify/result.ts";
import { type QuickPractice, SITE, startQuickPractice } from "./quick-practice.ts";
import { runMain } from "./run-main.ts";

/** What the practice hosts use of TLS 1.2 would be phased out. */
const ONLY_13 = `
schema: kravvagt/tls-profile/1
id: kun-tls13
version: "7"
source: Kommunens egen TLS-politik
extends: dk-bilag1-inferred-2024
tables:
  version:
    rows: { TLSv1.2: { grade: phase-out, source: Afsnit 4 } }
`;
/** Nothing is looked at from here on. */
const offline = {
  requirements: REQUIREMENTS.filter(({ appliesTo }) => appliesTo.includes("host")),
  openNetwork: () => Promise.reject(new Error("the network was opened")),
};

let practice: QuickPractice;
let folder = "";
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "kravvagt-profile-"));
  practice = await startQuickPractice();
  writeFileSync(at("profil.yaml"), ONLY_13);
  writeFileSync(at("kommune.json"), practice.inventory([SITE]));
  const options = ["--inventory", at("kommune.json"), "--data", at("data"), "--save-observations", at("seen")];
  const requirements = ["--requirement", offline.requirements.map(({ id }) => id).join(",")];
  const { code, stderr } = await runMain(["verify", ...options, ...requirements], { services: practice.services });
  if (code !== 0) throw new Error(stderr);
});
afterAll(async () => {
  await practice.stop();
  rmSync(folder, { recursive: true });
});

describe("judge --tls-profile", () => {
  const judge = (...args: readonly string[]) =>
    runMain(["judge", "--data", at("data"), ...args], { services: offline });

  test("a profile that is dropped in flips a remembered host, and no other requirement", async () => {
    const before = judgeForm.strict().parse(JSON.parse((await judge("--format", "json")).stdout));
    expect(before.requirements.map(({ requirement, verdict, changed }) => [requirement, verdict, changed])).toEqual([
      ["S17", "pass", 0],
      ["S27", "pass", 0],
      ["K11", "pass", 0],
    ]);
    const { code, stdout } = await judge("--tls-profile", at("profil.yaml"), "--format", "json");
    expect(code).toBe(1);
    const after = judgeForm.strict().parse(JSON.parse(stdout));
    expect(after.requirements.map(({ requirement, verdict, changed }) => [requirement, verdict, changed])).toEqual([
      ["S17", "pass", 0],
      ["S27", "fail", 1],
      ["K11", "pass", 0],
    ]);
    expect(after.changes).toMatchObject([
      { asset: `host:${SITE}`, from: { verdict: "pass" }, to: { verdict: "fail" }, problem: null },
    ]);
  });

  test("tells people which finding is new, and by which profile", async () => {
    const { code, stdout } = await judge("--tls-profile", at("profil.yaml"));
    expect([code, stdout]).toEqual([1, expect.stringContaining(`  host:${SITE}: opfyldt → ikke opfyldt\n`)]);
    expect(stdout).toMatch(/^ {6}\+ .*TLS 1\.2.* \[S27_PROFILE_VERSION\]$/mu);
    expect(stdout).toMatch(/^ {6}− .* \[S27_PROFILE_MET\]$/mu);
    expect(stdout).toMatch(/^Dømt dengang efter S27@\d+ .*dk-bilag1-inferred-2024.*; nu efter S27@\d+ .*kun-tls13/mu);
  });

  test("changes nothing of what is remembered", async () => {
    await judge("--tls-profile", at("profil.yaml"));
    expect((await judge()).code).toBe(0);
    const history = await runMain(["history", SITE, "S27", "--verify", "--data", at("data")]);
    expect([history.code, history.stdout]).toEqual([0, expect.stringContaining("Historikken holder.")]);
  });

  test("that is nowhere is 66", async () => {
    const { code, stdout, stderr } = await judge("--tls-profile", at("none.yaml"));
    expect([code, stdout, stderr]).toEqual([66, "", expect.stringContaining("none.yaml")]);
  });
});

describe("verify --from-observations --tls-profile", () => {
  async function stored(...args: readonly string[]): Promise<{ code: number; result: VerificationResult }> {
    const options = ["--from-observations", at("seen"), "--format", "json", ...args];
    const { code, stdout } = await runMain(["verify", ...options], { services: offline });
    return { code, result: JSON.parse(stdout) as VerificationResult };
  }
  const verdictsOf = ({ requirements }: VerificationResult) =>
    requirements.map(({ requirement, verdict }) => [requirement, verdict]);

  test("judges what was seen then by the profile of now", async () => {
    const before = await stored();
    expect([before.code, verdictsOf(before.result)]).toEqual([
      0,
      [
        ["S17", "pass"],
        ["S27", "pass"],
        ["K11", "pass"],
      ],
    ]);
    const after = await stored("--tls-profile", at("profil.yaml"));
    expect([after.code, verdictsOf(after.result)]).toEqual([
      1,
      [
        ["S17", "pass"],
        ["S27", "fail"],
        ["K11", "pass"],
      ],
    ]);
    const found = after.result.verdicts.find(({ requirement }) => requirement === "S27");
    const failing = found?.findings.filter(({ outcome }) => outcome === "fail") ?? [];
    expect(new Set(failing.map(({ tag }) => tag))).toEqual(new Set(["S27_PROFILE_VERSION"]));
  });
});
