import { describe, expect, test } from "@jest/globals";
import { comparePractice, practiceText } from "../../lib/cli/practice-report.ts";
import type { PracticeCase } from "../../lib/practice/cases.ts";
import { plain } from "../../lib/reports/text.ts";
import { SAMPLE } from "../reports/sample-result.ts";

function practiceCase(domain: string, more: Partial<PracticeCase>): PracticeCase {
  const what = { da: "Hvad der er galt.", en: "What is wrong." };
  return { domain, class: domain, what, verdict: "pass", reason: "RFC", chain: "secure", ...more };
}

function difference(domain: string, more: Partial<PracticeCase>): string | null {
  const [compared] = comparePractice(SAMPLE, new Map([[`domain:${domain}`, practiceCase(domain, more)]]));
  return compared?.difference?.en ?? null;
}

describe("expected = found", () => {
  test.each<readonly [string, Partial<PracticeCase>, string | null]>([
    ["pass.dk", { verdict: "pass" }, null],
    ["pass.dk", { verdict: "fail" }, "another verdict"],
    ["pass.dk", { verdict: "fail", acceptable: ["pass"] }, null],
    ["pass.dk", { verdict: "pass", warning: true }, "the warning is missing"],
    ["pass.dk", { verdict: "pass", warning: false, tags: ["S18_SECURE"] }, null],
    ["pass-warn.dk", { verdict: "pass", warning: true }, null],
    ["pass-warn.dk", { verdict: "pass", warning: false }, "an unexpected warning"],
    ["fail.dk", { verdict: "fail", tags: ["S18_UNSIGNED"] }, null],
    ["fail.dk", { verdict: "fail", tags: ["S18_BOGUS"] }, "S18_BOGUS is missing"],
    ["silent.dk", { verdict: "indeterminate", causes: ["dns-timeout", "dns-servfail"] }, null],
    ["silent.dk", { verdict: "indeterminate", causes: ["internal"] }, "the cause dns-timeout"],
    ["missing.dk", { verdict: "pass" }, "no verdict"],
  ])("%s %j", (domain, more, wanted) => {
    expect(difference(domain, more)).toBe(wanted);
  });

  test("has a line per case and a tally", () => {
    const expected = new Map([
      ["domain:pass.dk", practiceCase("pass.dk", { verdict: "pass" })],
      ["domain:silent.dk", practiceCase("silent.dk", { verdict: "fail" })],
    ]);
    expect(practiceText(comparePractice(SAMPLE, expected), "da", plain).split("\n")).toEqual([
      "",
      "Øvelsen: forventet = fundet?",
      "  = pass.dk: opfyldt = opfyldt  Hvad der er galt.",
      "  ≠ silent.dk: ikke opfyldt ≠ kan ikke afgøres  (en anden afgørelse)  Hvad der er galt.",
      "1 af 2 domæner blev vurderet, som de skulle.",
      "",
    ]);
  });
});
