import { describe, expect, test } from "@jest/globals";
import { type Lesson, lessonsOf } from "../../../lib/mail/reports/lessons.ts";
import type { AggregateReport, ReportedSignature, ReportRecord } from "../../../lib/parsers/aggregate-report.ts";
import { type Name, name } from "../../../lib/wire/name.ts";

const DAY = 86_400;
const NOW = Date.parse("2026-11-23T12:00:00Z") / 1000;
const BEGIN = Date.parse("2026-11-17T00:00:00Z") / 1000;
const KOMMUNE = name("kommune.dk");

function reportOf(records: readonly Partial<ReportRecord>[], changes: Partial<AggregateReport> = {}): AggregateReport {
  return {
    ...{ reporter: "google.com", id: "1", begin: BEGIN, end: BEGIN + DAY - 1 },
    policy: { domain: "kommune.dk", adkim: "r", aspf: "r", p: "reject", sp: null, np: null, testing: null },
    records: records.map((record) => ({
      ...{ source: "192.0.2.1", count: 1, headerFrom: "kommune.dk", envelopeFrom: null, dkim: [], spf: [] },
      evaluated: { disposition: "none", dkim: "pass", spf: "fail" },
      ...record,
    })),
    ...changes,
  };
}

function signature(domain: string | null, selector: string | null, result: ReportedSignature["result"] = "pass") {
  return { domain, selector, result };
}

function lessons(report: AggregateReport, isOurs: (domain: Name) => boolean = () => false): readonly Lesson[] {
  const found = lessonsOf(report, { now: NOW, isOurs });
  if (typeof found === "string") throw new Error(found);
  return found;
}

/** "domain selector passed" of each. */
function learned(report: AggregateReport, isOurs?: (domain: Name) => boolean): readonly string[] {
  return lessons(report, isOurs).flatMap(({ domain, selectors }) =>
    selectors.map(({ selector, passed }) => `${domain} ${selector} ${passed}`),
  );
}

describe("selectors", () => {
  test("are those of signatures that passed, by the domain that signed", () => {
    const report = reportOf([
      { count: 5, dkim: [signature("kommune.dk", "s1"), signature("kommune.dk", "s2", "fail")] },
      { count: 7, dkim: [signature("Kommune.DK.", "S1")] },
      { count: 2, headerFrom: "nyt.kommune.dk", dkim: [signature("post.kommune.dk", "s3")] },
    ]);
    expect(learned(report)).toEqual(["kommune.dk. s1 12", "post.kommune.dk. s3 2"]);
  });

  test.each(["fail", "none", "neutral", "policy", "temperror", "permerror", "other", null] as const)(
    "not those whose signature came to %s",
    (result) => {
      expect(learned(reportOf([{ dkim: [signature("kommune.dk", "s1", result)] }]))).toEqual([]);
    },
  );

  test("a message with two signatures of one selector is one message", () => {
    const twice = [signature("kommune.dk", "s1"), signature("kommune.dk", "s1")];
    expect(learned(reportOf([{ count: 3, dkim: twice }]))).toEqual(["kommune.dk. s1 3"]);
  });

  test("of the domain above, as relaxed alignment lets it be", () => {
    const policy = { ...reportOf([]).policy, domain: "nyt.kommune.dk" };
    const record = { headerFrom: "nyt.kommune.dk", dkim: [signature("kommune.dk", "s1")] };
    expect(learned(reportOf([record], { policy }))).toEqual(["kommune.dk. s1 1"]);
  });

  test("of strangers are not learned, unless they are ours", () => {
    const report = reportOf([{ dkim: [signature("afsender.example", "fm1"), signature("enkommune.dk", "s1")] }]);
    expect(learned(report)).toEqual([]);
    expect(learned(report, (domain) => domain === "enkommune.dk.")).toEqual(["enkommune.dk. s1 1"]);
  });

  test.each([
    ["kommune.dk", null],
    ["kommune.dk", ""],
    ["kommune.dk", "s 1"],
    ["kommune.dk", "s1."],
    ["kommune.dk", ".s1"],
    ["kommune.dk", "s\u001b[2J"],
    ["kommune.dk", "a".repeat(64)],
    ["kommune.dk", `${"a".repeat(63)}.${"a".repeat(63)}.b`],
    ["dk", "s1"],
    ["kømmune.dk", "s1"],
    ["\\107ommune.dk", "s1"],
    [null, "s1"],
  ])("d=%j s=%j is nothing to look for", (domain, selector) => {
    expect(learned(reportOf([{ dkim: [signature(domain, selector)] }]))).toEqual([]);
  });
});

describe("senders", () => {
  test("are counted by block and by how they fared, for the author where it is below the policy's domain", () => {
    const passing = { disposition: "none", dkim: "pass", spf: "pass" } as const;
    const report = reportOf([
      { source: "192.0.2.1", count: 5, evaluated: passing },
      { source: "192.0.2.99", count: 6, evaluated: passing },
      { source: "192.0.2.99", count: 1, evaluated: { disposition: "reject", dkim: null, spf: "other" } },
      { source: "2001:db8::1", count: 2, headerFrom: "nyt.kommune.dk" },
      { source: "203.0.113.1", count: 3, headerFrom: "fremmed.example" },
      { source: "203.0.113.1", count: 4, headerFrom: "\u202Ekommune.dk" },
    ]);
    const senders = lessons(report).map((lesson) => [lesson.domain, ...lesson.senders]);
    expect(senders).toEqual([
      [
        "kommune.dk.",
        { block: "192.0.2.0/24", spf: "pass", dkim: "pass", count: 11 },
        { block: "192.0.2.0/24", spf: "fail", dkim: "fail", count: 1 },
        { block: "203.0.113.0/24", spf: "fail", dkim: "pass", count: 7 },
      ],
      ["nyt.kommune.dk.", { block: "2001:db8::/48", spf: "fail", dkim: "pass", count: 2 }],
    ]);
  });

  test("of more domains than one report speaks of are counted with the policy's", () => {
    const records = Array.from({ length: 100 }, (_, n) => ({ headerFrom: `d${n}.kommune.dk`, count: 2 }));
    const found = lessons(reportOf(records));
    expect(found).toHaveLength(50);
    expect(found[0]).toMatchObject({ domain: KOMMUNE, senders: [{ count: 102 }] });
    expect(found.flatMap(({ senders }) => senders).reduce((sum, { count }) => sum + count, 0)).toBe(200);
  });
});

describe("the period", () => {
  test.each([
    ["2026-11-17T00:00:00Z", DAY - 1, ["2026-11-16", "2026-11-17", "2026-11-17"]],
    ["2026-11-17T00:00:00Z", DAY, ["2026-11-16", "2026-11-17", "2026-11-17"]],
    ["2026-11-22T10:00:00Z", 2 * DAY, ["2026-11-16", "2026-11-22", "2026-11-23"]],
    ["2026-11-23T00:00:00Z", 400 * DAY, ["2026-11-23", "2026-11-23", "2026-11-23"]],
    ["2026-11-23T00:00:00Z", 0, ["2026-11-23", "2026-11-23", "2026-11-23"]],
  ])("%s and %d seconds", (moment, length, days) => {
    const begin = Date.parse(moment) / 1000;
    const [lesson] = lessons(reportOf([], { begin, end: begin + length }));
    expect([lesson?.week, lesson?.firstDay, lesson?.lastDay]).toEqual(days);
  });

  test("may not be to come, nor longer past than anything is kept", () => {
    const at = (begin: number) => lessonsOf(reportOf([], { begin, end: begin }), { now: NOW, isOurs: () => false });
    expect(at(NOW + 1)).toBe("future");
    expect(at(NOW)).toHaveLength(1);
    expect(at(Date.parse("2026-05-25T00:00:00Z") / 1000)).toHaveLength(1);
    expect(at(Date.parse("2026-05-24T23:59:59Z") / 1000)).toBe("old");
  });
});

describe("the report itself", () => {
  const fingerprint = (changes: Partial<AggregateReport>) => lessons(reportOf([], changes))[0]?.fingerprint;

  test("is known by organisation, id, period and domain", () => {
    const first = fingerprint({});
    expect(first).toMatch(/^[\w-]{12}$/);
    expect(fingerprint({ records: [...reportOf([{}]).records] })).toBe(first);
    const policy = reportOf([]).policy;
    const others = [
      { id: "2" },
      { reporter: "yahoo.com" },
      { begin: BEGIN + 1 },
      { end: BEGIN + DAY },
      { policy: { ...policy, domain: "anden.dk" } },
    ];
    expect(new Set([first, ...others.map(fingerprint)]).size).toBe(6);
  });

  test.each([
    ["Postvæsen A/S", "Postvæsen A/S"],
    ["a\u001b[31mb\u202Ec\u0000", "a[31mbc"],
    ["\u200B \u0007", "?"],
    ["x".repeat(100), "x".repeat(32)],
    [`${"x".repeat(31)}😀`, `${"x".repeat(31)}\uFFFD`],
  ])("its reporter %j is shown as %j", (reporter, shown) => {
    expect(lessons(reportOf([], { reporter }))[0]?.reporter).toBe(shown);
  });

  test("teaches nothing when its domain is no name", () => {
    const policy = { ...reportOf([]).policy, domain: "kommune" };
    expect(lessonsOf(reportOf([], { policy }), { now: NOW, isOurs: () => true })).toBe("no-name");
  });
});
