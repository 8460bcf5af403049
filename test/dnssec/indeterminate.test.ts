import { describe, expect, test } from "@jest/globals";
import { CAUSES } from "../../lib/core/cause.ts";
import { unobserved } from "../../lib/core/observation.ts";
import type { TrustAnchor } from "../../lib/dnssec/trust-anchor.ts";
import { createValidator } from "../../lib/dnssec/validator.ts";
import type { Reply } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { readZone, testAnchors, TEST_TIME } from "./support/signed-zones.ts";
import { ask, judge, judgeChanged, lookupWith, validatorAt } from "./support/judge.ts";

const empty = (reply: Reply): Reply => ({ ...reply, answer: [], authority: [] });

describe("what was not heard", () => {
  test.each(CAUSES)("is not known, for the cause that it was not heard for: %s", (cause) => {
    const silent = (): ReturnType<typeof unobserved> => unobserved(cause, "silence");
    const expected = { status: "indeterminate", cause, reason: "unobserved", detail: "silence" };
    expect(judgeChanged("www.kommune.dk/A", silent)).toMatchObject({
      ...expected,
      zone: "kommune.dk.",
      record: { name: "www.kommune.dk.", type: "A" },
    });
    expect(judgeChanged("www.kommune.dk/A", silent, "kommune.dk/DNSKEY")).toMatchObject({
      ...expected,
      zone: "kommune.dk.",
      record: { name: "kommune.dk.", type: "DNSKEY" },
    });
    expect(judgeChanged("www.kommune.dk/A", silent, "kommune.dk/DS")).toMatchObject({
      ...expected,
      zone: "dk.",
      record: { name: "kommune.dk.", type: "DS" },
    });
  });
});

describe("a reply that answers nothing", () => {
  test.each([1, 2, 4, 5, 6, 9, 16, 23])("RCODE %i", (rcode) => {
    const expected = { status: "indeterminate", cause: "dns-servfail", reason: "rcode" };
    expect(judgeChanged("www.kommune.dk/A", (reply) => ({ ...empty(reply), rcode }))).toMatchObject(expected);
    expect(judgeChanged("www.kommune.dk/A", (reply) => ({ ...reply, rcode }), "dk/DNSKEY")).toMatchObject(expected);
    expect(judgeChanged("www.kommune.dk/A", (reply) => ({ ...reply, rcode }), "dk/DS")).toMatchObject(expected);
  });

  test("a referral", () => {
    const authority = readZone("kommune.dk. 3600 IN NS ns1.kommune.dk.");
    const referral = (reply: Reply): Reply => ({ ...reply, answer: [], authority });
    const expected = { status: "indeterminate", cause: "dns-servfail", reason: "referral" };
    expect(judgeChanged("www.kommune.dk/A", referral)).toMatchObject(expected);
    expect(judgeChanged("www.kommune.dk/A", referral, "kommune.dk/DNSKEY")).toMatchObject(expected);
    expect(judgeChanged("www.kommune.dk/A", referral, "kommune.dk/DS")).toMatchObject(expected);
    const upward = (reply: Reply): Reply => ({
      ...referral(reply),
      authority: readZone(". 3600 IN NS a.root-servers.test."),
    });
    expect(judgeChanged("www.kommune.dk/A", upward)).toMatchObject(expected);
    expect(judgeChanged("x.unsigned.dk/A", referral)).toMatchObject({ status: "insecure" });
    const unsigned = (reply: Reply): Reply => ({ ...referral(reply), authority: readZone("dk. 3600 IN NS ns1.dk.") });
    expect(judgeChanged("x.unsigned.dk/A", unsigned)).toMatchObject(expected);
  });

  test("is no referral with an SOA, with an RCODE, or with the NS records of another zone", () => {
    const bogus = { status: "bogus", reason: "denial-missing" };
    const nodata =
      (text: string, rcode = 0) =>
      (reply: Reply): Reply => ({ ...reply, rcode, answer: [], authority: readZone(text) });
    const soa = "kommune.dk. 300 IN SOA a. b. 1 2 3 4 5";
    expect(judgeChanged("www.kommune.dk/A", nodata(`kommune.dk. 300 IN NS a.\n${soa}`))).toMatchObject(bogus);
    expect(judgeChanged("www.kommune.dk/A", nodata("kommune.dk. 300 IN NS a.", 3))).toMatchObject(bogus);
    expect(judgeChanged("www.kommune.dk/A", nodata("other.dk. 300 IN NS a."))).toMatchObject(bogus);
    expect(judgeChanged("www.kommune.dk/A", empty)).toMatchObject(bogus);
  });

  test("a truncated one", () => {
    expect(judgeChanged("www.kommune.dk/A", (reply) => ({ ...reply, flags: ["tc", "rd"] }))).toMatchObject({
      status: "indeterminate",
      cause: "dns-servfail",
      reason: "truncated",
    });
  });

  test("one to another question", () => {
    const expected = { status: "indeterminate", cause: "protocol-error", reason: "question-mismatch" };
    const other =
      (text: string) =>
      (reply: Reply): Reply => ({ ...reply, question: ask(text) });
    expect(judgeChanged("www.kommune.dk/A", other("mail.kommune.dk/A"))).toMatchObject(expected);
    expect(judgeChanged("www.kommune.dk/A", other("www.kommune.dk/AAAA"))).toMatchObject(expected);
    expect(judgeChanged("www.kommune.dk/A", (reply) => ({ ...reply, question: null }))).toMatchObject({
      status: "secure",
    });
  });

  test("aliases that loop", () => {
    const expected = { status: "indeterminate", cause: "dns-servfail", reason: "alias-loop" };
    expect(judge("loop1.kommune.dk/A")).toMatchObject(expected);
    expect(judge("selfloop.kommune.dk/A")).toMatchObject(expected);
    expect(judge("loop1.kommune.dk/A").aliases.length).toBe(2);
  });
});

describe("what cannot be judged", () => {
  test.each(["ANY", "RRSIG", "AXFR", "IXFR", "OPT", "TKEY", "TSIG", "NXNAME", "TYPE0"])("the type %s", (type) => {
    expect(judge(`kommune.dk/${type}`)).toMatchObject({
      status: "indeterminate",
      cause: "not-observable",
      reason: "meta-type",
    });
  });

  test("types beside those", () => {
    for (const type of ["NSEC", "DNSKEY", "TYPE127", "CAA", "URI"]) {
      expect(judge(`kommune.dk/${type}`)).toMatchObject({ status: "secure" });
    }
  });
});

describe("without an anchor that can be used", () => {
  const [anchor] = testAnchors();
  if (anchor === undefined) throw new Error("the test root has no anchor");
  const lookup = lookupWith("www.kommune.dk/A", (reply) => reply);
  const judgeWith = (...anchors: readonly TrustAnchor[]) =>
    createValidator({ anchors, at: TEST_TIME }).classify(ask("www.kommune.dk/A"), lookup);
  const expected = { status: "indeterminate", cause: "internal", reason: "no-trust-anchor" };

  test("nothing is known", () => {
    expect(judgeWith()).toMatchObject(expected);
    expect(judgeWith({ ...anchor, zone: name("test.") })).toMatchObject(expected);
    expect(judgeWith({ ...anchor, algorithm: 5 })).toMatchObject(expected);
    expect(judgeWith({ ...anchor, digestType: 1 })).toMatchObject(expected);
  });

  test("the fault is named as the anchor's when the root has other keys", () => {
    expect(judgeWith({ ...anchor, digest: "00".repeat(32) })).toMatchObject({
      status: "bogus",
      zone: ".",
      reason: "no-key-matches-anchor",
    });
  });

  test("one good anchor among others is enough", () => {
    expect(judgeWith({ ...anchor, digest: "00".repeat(32) }, anchor)).toMatchObject({ status: "secure" });
    expect(judgeWith({ ...anchor, zone: name("dk."), digest: "00".repeat(32) }, anchor)).toMatchObject({
      status: "secure",
    });
  });
});

describe("flags of a reply", () => {
  test("AD changes nothing", () => {
    const withAd = (reply: Reply): Reply => ({ ...reply, flags: ["rd", "ra", "ad"] });
    expect(judgeChanged("unsigned.dk/A", withAd)).toMatchObject({ status: "insecure" });
    const stripped = (reply: Reply): Reply => ({ ...withAd(reply), answer: reply.answer.slice(0, 1) });
    expect(judgeChanged("www.kommune.dk/A", stripped)).toMatchObject({ status: "bogus" });
  });
});

describe("times", () => {
  test("before and after the validity of every signature the root is bogus", () => {
    const at = (stamp: string) =>
      validatorAt(Date.parse(stamp) / 1000).classify(
        ask("kommune.dk/A"),
        lookupWith("kommune.dk/A", (reply) => reply),
      );
    expect(at("2019-12-31T23:59:59Z")).toMatchObject({ status: "bogus", zone: ".", reason: "signature-not-yet-valid" });
    expect(at("2020-01-01T00:00:00Z")).toMatchObject({ status: "secure" });
    expect(at("2080-01-01T00:00:00Z")).toMatchObject({ status: "secure" });
    expect(at("2080-01-01T00:00:01Z")).toMatchObject({ status: "bogus", zone: ".", reason: "signature-expired" });
  });
});
