import { beforeAll, describe, expect, test } from "@jest/globals";
import type { JudgingServices } from "../../lib/cli/services.ts";
import { judgeForm } from "../../lib/reports/judge-form.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { type RememberedMunicipality, rememberedMunicipality } from "../support/remembered.ts";
import { runMain } from "./run-main.ts";

const DAY = "2026-11-20";

let remembered: RememberedMunicipality;
let services: Partial<JudgingServices>;

beforeAll(async () => {
  remembered = await rememberedMunicipality();
  await remembered.round(`${DAY}T10:00:00.000Z`, ["signed", "child-insecure"]);
  services = {
    openData: remembered.open,
    now: () => Date.parse(`${DAY}T10:30:00.000Z`),
    // What is remembered is of this one alone.
    requirements: [s18],
    openNetwork: () => Promise.reject(new Error("the network was opened")),
  };
});

function judge(...args: readonly string[]) {
  return runMain(["judge", ...args], { services });
}

describe("judge", () => {
  test("by the same rules says that nothing changed", async () => {
    const { code, stdout } = await judge();
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "S18  DNSSEC på alle domæner",
      "Dømt dengang efter S18@1 kommune-2024; nu efter S18@1 kommune-2024.",
      "2 dømt igen: 2 uændret, 0 ændret. 0 kunne ikke dømmes.",
      "Kravet: opfyldt",
      "",
    ]);
  });

  test("by the other reading prints only what differs, and ends as the verdicts reached", async () => {
    const { code, stdout } = await judge("--reading", "stat-2024-10", "--as-of", DAY, "--lang", "en");
    expect(code).toBe(1);
    expect(stdout).toContain(
      "Judged then by S18@1 kommune-2024 (closed 2026-11-20T10:10:00.000Z); now by S18@1 stat-2024-10.",
    );
    expect(stdout).toContain("2 judged again: 1 unchanged, 1 changed. 0 could not be judged.");
    expect(stdout).toContain("  domain:miljoe-oevelse.dk: fulfilled → not fulfilled\n");
    expect(stdout).toMatch(/^ {6}− .* \[S18_CHILD_INSECURE\]$/mu);
    expect(stdout).toMatch(/^ {6}\+ .* \[S18_CHILD_INSECURE_STATE\]$/mu);
    expect(stdout).not.toContain("domain:oevelse.dk");
  });

  test("is there as JSON of the published form", async () => {
    const { code, stdout } = await judge("--reading", "stat-2024-10", "--format", "json");
    expect(code).toBe(1);
    const report = judgeForm.strict().parse(JSON.parse(stdout));
    expect(report).toMatchObject({
      requirements: [{ requirement: "S18", verdict: "fail", judged: 2, unchanged: 1, changed: 1, notJudged: [] }],
      changes: [
        { asset: "domain:miljoe-oevelse.dk", from: { verdict: "pass" }, to: { verdict: "fail" }, problem: null },
      ],
    });
  });

  test("a requirement that nothing is remembered of is not fulfilled by what is remembered of another", async () => {
    const options = { services: { ...services, requirements: REQUIREMENTS } };
    const { code, stdout } = await runMain(["judge", "--format", "json"], options);
    expect(code).toBe(2);
    const { requirements } = judgeForm.strict().parse(JSON.parse(stdout));
    expect(requirements.map(({ requirement, verdict, judged }) => [requirement, verdict, judged])).toEqual([
      ["S17", "indeterminate", 0],
      ["S18", "pass", 2],
      ["S19", "indeterminate", 0],
      ["S20", "indeterminate", 0],
      ["S23", "indeterminate", 0],
      ["S27", "indeterminate", 0],
      ["K11", "indeterminate", 0],
    ]);
  });

  test("says what could not be judged and why, and then nothing is fulfilled", async () => {
    const [state] = await remembered.memory.states.all("0101", "S18");
    const get = async (address: string) => (address === state!.evidence ? null : remembered.evidence.get(address));
    const openData = async () => ({ ...(await remembered.open()), evidence: { ...remembered.evidence, get } });
    const { code, stdout } = await runMain(["judge"], { services: { ...services, openData } });
    expect(code).toBe(2);
    expect(stdout).toContain("1 dømt igen: 1 uændret, 0 ændret. 1 kunne ikke dømmes.");
    expect(stdout).toContain(
      `  ? ${state!.asset}: observationerne kan ikke læses (${state!.evidence} mangler i datamappen)`,
    );
  });

  test.each([
    [["--reading", "x"], 64, /--reading: x kendes ikke/u],
    [["--as-of", "2027-01-01"], 64, /ligger i fremtiden/u],
    [["--as-of", "2026-11-19"], 66, /Der huskes intet om 2026-11-19/u],
    [["--format", "csv"], 64, /--format: csv kendes ikke/u],
    [["x"], 64, /for mange argumenter/u],
  ])("%j is wrong usage", async (args, wanted, words) => {
    const { code, stdout, stderr } = await judge(...args);
    expect([code, stdout]).toEqual([wanted, ""]);
    expect(stderr).toMatch(words);
  });
});

test("help names the commands and their options", async () => {
  const { stdout } = await runMain(["--help"]);
  for (const name of ["history", "report", "judge"]) {
    const line = stdout.split("\n").find((each) => each.startsWith(`  ${name} `));
    expect(line).toMatch(/ [a-zæøå]/u);
    expect(line).not.toContain("ikke bygget");
  }
  const options = {
    history: ["data", "verify", "format"],
    report: ["as-of", "format", "output", "bundle"],
    judge: ["reading", "tls-profile", "as-of"],
  };
  for (const [name, own] of Object.entries(options)) {
    const help = await runMain([name, "--help"]);
    for (const option of [...own, "data", "municipality", "lang"]) expect(help.stdout).toContain(`--${option}`);
  }
});
