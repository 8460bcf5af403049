import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { auditQuestions, auditSpf, type SpfAudit } from "../../../lib/mail/spf/audit.ts";
import { type DnsAnswer, heardView, validatedView } from "../../../lib/mail/spf/dns-view.ts";
import { policyAt } from "../../../lib/mail/spf/policy.ts";
import type { Classification } from "../../../lib/dnssec/classification.ts";
import type { Question } from "../../../lib/wire/message.ts";
import { name, ROOT } from "../../../lib/wire/name.ts";
import { asking, lookupIn, type Owner, type Zone } from "./zone-lookup.ts";

const DOMAIN = "n0.test";
/** What `%{i}.v.test` is for the two addresses that are tried. */
const V4 = "192.0.2.1.v.test";
const V6 = "2.0.0.1.0.d.b.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.v.test";

function audited(text: string, more: Zone = {}): SpfAudit {
  return auditSpf(name(DOMAIN), heardView(lookupIn({ [DOMAIN]: { TXT: [[text]] }, ...more })));
}

function results(text: string, more: Zone = {}): readonly string[] {
  return audited(text, more).foreign.map(({ ip, result }) => `${ip} ${result}`);
}

const txt = (text: string): Owner => ({ TXT: [[text]] });

describe("foreign senders", () => {
  test("are not tried where nothing depends on the sender", () => {
    expect(results("v=spf1 include:n1.test +all")).toEqual([]);
  });

  test.each([
    ["v=spf1 include:%{i}.v.test -all", {}, ["permerror", "permerror"]],
    ["v=spf1 include:%{i}.v.test -all", { [V4]: txt("v=spf1 +all") }, ["pass", "permerror"]],
    [
      "v=spf1 include:%{i}.v.test ~all",
      { [V4]: txt("v=spf1 -all"), [V6]: txt("v=spf1 ?all") },
      ["softfail", "softfail"],
    ],
    ["v=spf1 redirect=%{i}.v.test", { [V4]: txt("v=spf1 -all"), [V6]: txt("v=spf1 ?all") }, ["fail", "neutral"]],
    ["v=spf1 exists:%{i}.v.test -all", { [V6]: { A: ["127.0.0.2"] } }, ["fail", "pass"]],
    ["v=spf1 exists:%{i}.v.test -all", { [V4]: { timesOut: true } }, ["temperror", "fail"]],
    ["v=spf1 exists:%{l}.a.test exists:%{h}.b.test -all", {}, ["fail", "fail"]],
    ["v=spf1 exists:%{l}.a.test exists:%{h}.b.test exists:%{s}.c.test -all", {}, ["permerror", "permerror"]],
    ["v=spf1 exists:%{l}.a.test a:x.test a:y.test -all", {}, ["permerror", "permerror"]],
  ] as const)("%s with %j: %j", (text, zone, expected) => {
    expect(results(text, zone)).toEqual([`192.0.2.1 ${expected[0]}`, `2001:db8::1 ${expected[1]}`]);
  });

  test("hosts of one family, and many hosts of one mx term, do not count as so many terms in vain", () => {
    const hosts = { "x.test": { A: ["198.51.100.9"] }, "y.test": { A: ["198.51.100.9"] }, "z.test": {} };
    expect(results("v=spf1 exists:%{i}.v.test a:x.test a:y.test -all", hosts)).toEqual([
      ...["192.0.2.1 fail", "2001:db8::1 fail"],
    ]);
    const MX = ["a", "b", "c", "d"].map((label) => [10, `${label}.z.test`] as const);
    const many = { "z.test": { MX } };
    expect(results("v=spf1 exists:%{i}.v.test mx:z.test -all", many)).toEqual([
      ...["192.0.2.1 fail", "2001:db8::1 fail"],
    ]);
  });

  test("are others than those that the domain names", () => {
    const text = "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 exists:%{i}.v.test -all";
    expect(results(text)).toEqual(["198.51.100.1 fail", "3fff::1 fail"]);
  });

  test("have no names, and nobody is asked for them", () => {
    const { questions, foreign } = audited("v=spf1 ptr exists:%{p}.v.test -all", { "unknown.v.test": {} });
    expect(foreign.map(({ result }) => result)).toEqual(["fail", "fail"]);
    expect(questions.map(({ type }) => type)).not.toContain("PTR");
  });

  test("what they could not hear is a gap", () => {
    const audit = audited("v=spf1 exists:%{i}.v.test -all", { [V4]: { timesOut: true } });
    expect(audit.gaps.map(({ question, cause }) => [question.name, cause])).toEqual([[name(V4), "dns-timeout"]]);
  });
});

const anyTerm = fc.constantFrom(
  ...[
    "include:%{i}.v.test",
    "exists:%{i}.v.test",
    "a:%{d}.w.test",
    "mx",
    "include:n1.test",
    "?exists:%{l}.w.test",
    "ptr",
  ],
);
const anyText = fc
  .tuple(fc.array(anyTerm, { maxLength: 4 }), fc.constantFrom("-all", "?all", "redirect=%{i}.v.test"))
  .map(([terms, end]) => `v=spf1 ${[...terms, end].join(" ")}`);
const anyOwner: fc.Arbitrary<Owner> = fc.record({
  TXT: fc.array(
    anyText.map((text) => [text]),
    { minLength: 0, maxLength: 1 },
  ),
  A: fc.constantFrom([], ["192.0.2.9"]),
  AAAA: fc.constantFrom([], ["2001:db8::9"]),
  MX: fc.constantFrom([], [[1, "n1.test"] as const]),
});

test("asking step by step hears everything that the audit reads, terms that depend on the sender included", () => {
  let depending = 0;
  const anyZone = fc
    .tuple(anyText, fc.array(anyOwner, { minLength: 4, maxLength: 4 }))
    .map(([text, [a = {}, b = {}, c = {}, d = {}]]): Zone => {
      return { [DOMAIN]: txt(text), "n1.test": a, [V4]: b, [V6]: c, "n0.test.w.test": d };
    });
  fc.assert(
    fc.property(anyZone, (zone) => {
      const { lookup, ask } = asking(lookupIn(zone));
      let rounds = 0;
      while (ask(auditQuestions(name(DOMAIN), lookup)) > 0) rounds += 1;
      expect(rounds).toBeLessThan(100);
      const audit = auditSpf(name(DOMAIN), heardView(lookupIn(zone)));
      expect(auditSpf(name(DOMAIN), heardView(lookup))).toEqual(audit);
      if (audit.senderDependent.length === 0) return;
      depending += 1;
      expect(audit.foreign).toHaveLength(2);
    }),
    { numRuns: 300 },
  );
  expect(depending).toBeGreaterThan(50);
});

describe("what validation makes of an answer", () => {
  const question: Question = { name: name("kommune.dk"), type: "TXT" };
  const seen = (classification: object): DnsAnswer =>
    validatedView(() => ({ question, aliases: [], ...classification }) as unknown as Classification)(question);

  test("a root that does not verify is our own doubt, and a zone below it is not", () => {
    const bogus = { status: "bogus", reason: "no-signature" };
    expect(seen({ ...bogus, zone: ROOT })).toMatchObject({ state: "failed", cause: "internal" });
    expect(seen({ ...bogus, zone: name("dk") })).toMatchObject({ state: "bogus", zone: "dk." });
  });

  test("a name that is an alias to nothing is there", () => {
    const gone = { status: "secure", answer: "nxdomain", records: [] };
    expect(seen({ ...gone, name: question.name })).toEqual({ state: "void", noName: true });
    expect(seen({ ...gone, name: name("x.test") })).toEqual({ state: "void", noName: false });
    const heard = policyAt(name("a.test"), heardView(lookupIn({ "a.test": { CNAME: ["x.test"] } })));
    expect(heard).toEqual({ state: "none", noName: false });
    expect(policyAt(name("a.test"), heardView(lookupIn({})))).toEqual({ state: "none", noName: true });
  });
});
