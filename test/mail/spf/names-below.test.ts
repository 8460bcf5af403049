import { describe, expect, test } from "@jest/globals";
import type { Finding } from "../../../lib/core/finding.ts";
import type { Reading } from "../../../lib/core/requirement-id.ts";
import { heardView, validatedView } from "../../../lib/mail/spf/dns-view.ts";
import { MAX_NAMES_BELOW, spfWants } from "../../../lib/mail/spf/wants.ts";
import { belowFindings } from "../../../lib/requirements/s23/spf-below-findings.ts";
import { name } from "../../../lib/wire/name.ts";
import { lookupIn, type Owner, type Zone } from "./zone-lookup.ts";

const DOMAIN = name("kommune.dk");
const MAIL: Owner = { MX: [[10, "mx.kommune.dk"]] };

function judge(zone: Zone, reading: Reading, names = Object.keys(zone).map((each) => name(each))): readonly Finding[] {
  const finding = (tag: string, evidence: Finding["evidence"]): Finding => ({ tag, evidence });
  return belowFindings(names, { domain: DOMAIN, dns: heardView(lookupIn(zone)), reading, finding });
}

function tags(zone: Zone, reading: Reading = "kommune-2024"): readonly string[] {
  return judge(zone, reading).map(({ tag }) => tag);
}

describe("names below", () => {
  test("beyond the bound are said to be unseen, and none passes for it", () => {
    const names = Array.from({ length: MAX_NAMES_BELOW + 7 }, (_, at) => name(`n${at}.kommune.dk`));
    const zone = Object.fromEntries(names.slice(0, MAX_NAMES_BELOW).map((each) => [each, { TXT: [["v=spf1 -all"]] }]));
    const found = judge(zone, "kommune-2024", names);
    expect(found.map(({ tag }) => tag)).toEqual(["S23_UNOBSERVED_TOOL_LIMIT"]);
    expect(found[0]?.evidence.detail).toContain("7 names");
    expect(judge(zone, "kommune-2024", names.slice(0, MAX_NAMES_BELOW))).toEqual([]);
  });

  test("a null MX is no mail", () => {
    expect(tags({ "a.kommune.dk": { MX: [[0, ""]] } })).toEqual(["S23_SPF_BELOW_WITHOUT"]);
    expect(tags({ "a.kommune.dk": MAIL })).toEqual(["S23_SPF_BELOW_MISSING"]);
  });

  test("a name that is not there needs nothing", () => {
    expect(tags({})).toEqual([]);
    expect(judge({}, "stat-2024-10", [name("gone.kommune.dk")])).toEqual([]);
  });

  test("a name of which nothing is heard is not known, whichever answer decides", () => {
    expect(tags({ "a.kommune.dk": { timesOut: true } })).toEqual(["S23_SPF_BELOW_UNKNOWN"]);
    expect(tags({ "a.kommune.dk": { timesOut: true } }, "stat-2024-10")).toEqual(["S23_UNOBSERVED_DNS_TIMEOUT"]);
    expect(tags({ "a.kommune.dk": { ...MAIL, timesOut: true } })).toEqual(["S23_UNOBSERVED_DNS_TIMEOUT"]);
  });

  test("where only MX is not heard, a bad record is told of, and nothing else", () => {
    const world = { "a.kommune.dk": { TXT: [["v=spf1 moo -all"]], timesOut: true } };
    expect(tags(world)).toEqual(["S23_SPF_BELOW_FAULTY"]);
  });

  test("what we have not asked ourselves is open by both readings", () => {
    const finding = (tag: string, evidence: Finding["evidence"]): Finding => ({ tag, evidence });
    for (const reading of ["kommune-2024", "stat-2024-10"] as const) {
      const dns = validatedView((question) => ({
        ...{ status: "need", questions: [question] },
        question,
        aliases: [],
      }));
      const found = belowFindings([name("a.kommune.dk")], { domain: DOMAIN, dns, reading, finding });
      expect(found.map(({ tag }) => tag)).toEqual(["S23_UNOBSERVED_INTERNAL"]);
    }
  });

  test("the same of several names is said once", () => {
    const bad = { TXT: [["v=spf1 ?all"]], A: ["192.0.2.1"] };
    const zone = { "a.kommune.dk": bad, "b.kommune.dk": bad, "c.kommune.dk": bad };
    expect(judge(zone, "kommune-2024")).toEqual([
      { tag: "S23_SPF_BELOW_FAULTY", evidence: { name: "a.kommune.dk, b.kommune.dk (+1)", fault: "spf-open" } },
    ]);
    const own = { ...MAIL, TXT: [["v=spf1 include:v.test -all"]] };
    const provider = { TXT: [["v=spf1 ip4:10.0.0.0/8 -all"]] };
    const found = judge({ "a.kommune.dk": own, "b.kommune.dk": own, "v.test": provider }, "kommune-2024", [
      ...[name("a.kommune.dk"), name("b.kommune.dk")],
    ]);
    expect(found.map(({ tag, evidence }) => [tag, evidence.domain])).toEqual([
      ["S23_SPF_WIDE", "a.kommune.dk, b.kommune.dk"],
    ]);
  });

  test("the domain's mail servers below it are names below, by the state text, and asked for", () => {
    const zone = {
      "kommune.dk": {
        MX: [
          [10, "mx.kommune.dk"],
          [20, "mx.v.test"],
          [30, "kommune.dk"],
        ] as const,
      },
      "mx.kommune.dk": { A: ["192.0.2.25"] },
      "mx.v.test": { A: ["192.0.2.26"] },
    };
    expect(judge(zone, "kommune-2024", [])).toEqual([]);
    expect(judge(zone, "stat-2024-10", [])).toEqual([
      { tag: "S23_SPF_BELOW_MISSING_STATE", evidence: { domain: "kommune.dk", count: 1, names: "mx.kommune.dk" } },
    ]);
    const { wanted } = spfWants(DOMAIN, [])(lookupIn(zone));
    expect(wanted.filter((question) => question.name === name("mx.kommune.dk")).map(({ type }) => type)).toEqual([
      ...["TXT", "MX", "A", "AAAA"],
    ]);
    expect(wanted.some((question) => question.name === name("mx.v.test"))).toBe(false);
  });

  test("more mail servers below than a bound are not asked for", () => {
    const MX = Array.from({ length: 30 }, (_, at) => [at, `m${at}.kommune.dk`] as const);
    const { wanted } = spfWants(DOMAIN, [])(lookupIn({ "kommune.dk": { MX } }));
    expect(wanted.filter(({ type }) => type === "TXT")).toHaveLength(1 + 10);
  });

  test("a good record settles it even where nobody knows about mail", () => {
    expect(tags({ "a.kommune.dk": { TXT: [["v=spf1 -all"]], timesOut: true } })).toEqual([]);
  });

  test("a bad record is as bad as the name's need of one", () => {
    const bad = { TXT: [["v=spf1 moo -all"]] };
    expect(tags({ "a.kommune.dk": { ...bad, A: ["192.0.2.1"] } })).toEqual(["S23_SPF_BELOW_FAULTY"]);
    expect(tags({ "a.kommune.dk": { ...bad, ...MAIL } })).toEqual(["S23_SPF_SYNTAX"]);
    expect(tags({ "a.kommune.dk": bad }, "stat-2024-10")).toEqual(["S23_SPF_SYNTAX"]);
    const two = { TXT: [["v=spf1 -all"], ["v=spf1 -all"]] };
    expect(tags({ "a.kommune.dk": { ...two, ...MAIL } })).toEqual(["S23_SPF_SEVERAL"]);
    expect(judge({ "a.kommune.dk": two }, "kommune-2024")[0]?.evidence).toEqual({
      name: "a.kommune.dk",
      fault: "spf-error",
    });
    expect(judge({ "a.kommune.dk": { TXT: [["v=spf1 ?all"]] } }, "kommune-2024")[0]?.evidence).toEqual({
      name: "a.kommune.dk",
      fault: "spf-open",
    });
  });

  test("by the state text every name that is there counts, in one finding", () => {
    const zone = { "a.kommune.dk": { A: ["192.0.2.1"] }, "b.kommune.dk": MAIL, "c.kommune.dk": { TXT: [["x"]] } };
    const found = judge(zone, "stat-2024-10");
    expect(found).toEqual([
      {
        tag: "S23_SPF_BELOW_MISSING_STATE",
        evidence: { domain: "kommune.dk", count: 2, names: "a.kommune.dk, b.kommune.dk" },
      },
    ]);
  });
});
