import { describe, expect, test } from "@jest/globals";
import { CAUSES } from "../../lib/core/cause.ts";
import { PRACTICE_CASES, WEB_CASES } from "../../lib/practice/cases.ts";
import { assetIdOf, assetNameOf } from "../../lib/practice/web-case.ts";
import { PRACTICE_MAIL_STORES, PRACTICE_WEB_HOSTS, practiceWebNames } from "../../lib/practice/web-hosts.ts";

const A_LABELS = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/u;
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

describe("practice cases", () => {
  test("domains, web assets and classes occur once", () => {
    const domains = PRACTICE_CASES.map((each) => each.domain);
    const classes = [...PRACTICE_CASES, ...WEB_CASES].map((each) => each.class);
    for (const values of [domains, WEB_CASES.map(assetIdOf), classes]) expect(new Set(values).size).toBe(values.length);
  });

  test.each(PRACTICE_CASES)("$class is complete", (each) => {
    expect(each.domain).toMatch(A_LABELS);
    expect(each.class).toMatch(KEBAB_CASE);
    expect(each.what.da).toMatch(/^\p{Lu}.+\.$/u);
    expect(each.what.en).toMatch(/^\p{Lu}.+\.$/u);
    expect(each.reason).toMatch(/RFC \d+|requirements \d|interfaces/u);
    expect(each.causes !== undefined).toBe(each.verdict === "indeterminate");
    for (const cause of each.causes ?? []) expect(CAUSES).toContain(cause);
    for (const { verdict, causes } of Object.values({ ...each.mail, ...each.web })) {
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

  test.each(WEB_CASES)("$class is complete", (each) => {
    expect(each.class).toMatch(KEBAB_CASE);
    expect(each.what.da).toMatch(/^\p{Lu}.+\.$/u);
    expect(each.what.en).toMatch(/^\p{Lu}.+\.$/u);
    expect(each.reason).toMatch(/RFC \d+|requirements \d|tls-profile|interfaces/u);
    const name = "host" in each.asset ? each.asset.host : new URL(each.asset.service).hostname;
    expect(practiceWebNames()).toContain(name);
    for (const { verdict, causes } of Object.values(each.web)) {
      expect(causes !== undefined).toBe(verdict === "indeterminate");
    }
  });

  test("every web host under .dk and every mail store is a case, and of each requirement about the web some are well", () => {
    const names = WEB_CASES.map(assetNameOf).join(" ");
    for (const { domain } of PRACTICE_WEB_HOSTS.filter((each) => each.domain.endsWith(".dk"))) {
      expect(names).toContain(`www.${domain}`);
    }
    for (const { domain } of PRACTICE_MAIL_STORES) expect(names).toContain(`://mail.${domain}`);
    const verdictsOf = (id: "S27" | "K11") => new Set(WEB_CASES.map(({ web }) => web[id]?.verdict));
    expect(verdictsOf("S27")).toEqual(new Set(["pass", "fail", "indeterminate"]));
    expect(verdictsOf("K11")).toEqual(new Set(["pass", "fail", "indeterminate", undefined]));
  });
});
