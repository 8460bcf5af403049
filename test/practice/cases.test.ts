import { describe, expect, test } from "@jest/globals";
import { CAUSES } from "../../lib/core/cause.ts";
import { PRACTICE_CASES } from "../../lib/practice/cases.ts";

const A_LABELS = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/u;
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

describe("practice cases", () => {
  test("domains and classes occur once", () => {
    for (const key of ["domain", "class"] as const) {
      const values = PRACTICE_CASES.map((each) => each[key]);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  test.each(PRACTICE_CASES)("$class is complete", (each) => {
    expect(each.domain).toMatch(A_LABELS);
    expect(each.class).toMatch(KEBAB_CASE);
    expect(each.what.da).toMatch(/^\p{Lu}.+\.$/u);
    expect(each.what.en).toMatch(/^\p{Lu}.+\.$/u);
    expect(each.reason).toMatch(/RFC \d+|requirements \d|interfaces/u);
    expect(each.causes !== undefined).toBe(each.verdict === "indeterminate");
    for (const cause of each.causes ?? []) expect(CAUSES).toContain(cause);
    for (const { verdict, causes } of Object.values(each.mail ?? {})) {
      expect(causes !== undefined).toBe(verdict === "indeterminate");
      for (const cause of causes ?? []) expect(CAUSES).toContain(cause);
    }
  });

  test("each requirement about mail has cases that are well, cases that are not, and such as cannot be judged or need not", () => {
    const verdictsOf = (id: "S19" | "S20" | "S23"): ReadonlySet<string | undefined> =>
      new Set(PRACTICE_CASES.map(({ mail }) => mail?.[id]?.verdict).filter((verdict) => verdict !== undefined));
    expect(verdictsOf("S19")).toEqual(new Set(["pass", "fail", "not-applicable"]));
    expect(verdictsOf("S20")).toEqual(new Set(["pass", "fail", "not-applicable", "indeterminate"]));
    expect(verdictsOf("S23")).toEqual(new Set(["pass", "fail", "indeterminate"]));
  });

  test("the three verdicts that a measurement gives all occur", () => {
    expect(new Set(PRACTICE_CASES.map((each) => each.verdict))).toEqual(new Set(["pass", "fail", "indeterminate"]));
  });
});
