import { describe, expect, test } from "@jest/globals";
import type { Verdict } from "../../lib/core/verdict.ts";
import { comparePractice, practiceText } from "../../lib/cli/practice-report.ts";
import type { PracticeCase } from "../../lib/practice/cases.ts";
import { plain } from "../../lib/reports/paint.ts";
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

  test("says of further requirements what was judged, and nothing of what was not", () => {
    const mail = { S19: { verdict: "fail" }, S20: { verdict: "pass" } } as const;
    const expected = new Map([["domain:pass.dk", practiceCase("pass.dk", { mail })]]);
    const of = (verdict: Verdict | null) => {
      const [first] = SAMPLE.verdicts.filter(({ asset }) => asset.name === "pass.dk");
      const other = SAMPLE.verdicts.find(({ asset }) => asset.name === "fail.dk");
      const told = [first, other]
        .flatMap((each) => each ?? [])
        .map((each) => ({ ...each, requirement: "S19" as const }));
      const judged = told.flatMap((each) => {
        if (each.asset.name !== "pass.dk") return [each];
        return verdict === null ? [] : [{ ...each, verdict }];
      });
      return practiceText(
        comparePractice({ ...SAMPLE, verdicts: [...SAMPLE.verdicts, ...judged] }, expected),
        "da",
        plain,
      );
    };
    expect(of("fail")).toContain("  = pass.dk: opfyldt, S19 ikke opfyldt = opfyldt, S19 ikke opfyldt  Hvad");
    expect(of("pass")).toContain(
      "  ≠ pass.dk: opfyldt, S19 ikke opfyldt ≠ opfyldt, S19 opfyldt  (S19: en anden afgørelse)",
    );
    expect(of(null)).toContain("S19 ingen afgørelse  (S19: ingen afgørelse)");
    expect(of("fail")).not.toContain("S20");
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
      "1 af 2 aktiver blev vurderet, som de skulle.",
      "",
    ]);
  });
});
