import { describe, expect, test } from "@jest/globals";
import { added, corrupted, expired, inLines, without } from "./support/edits.ts";
import { judge, judgeChanged, walk } from "./support/judge.ts";

describe("a wildcard answer", () => {
  test.each(["kommune.dk", "nsec3.test"])("without proof that nothing is closer is bogus in %s", (zone) => {
    const question = `x.y.wild.${zone}/A`;
    expect(judgeChanged(question, (reply) => ({ ...reply, authority: [] }))).toMatchObject({
      status: "bogus",
      reason: "wildcard-proof-missing",
      zone: `${zone}.`,
    });
  });

  test.each(["kommune.dk", "nsec3.test"])("with a proof about another name is bogus in %s", (zone) => {
    const other = judge(`zzz.${zone}/A`);
    expect(other.status).toBe("secure");
    const question = `x.wild.${zone}/A`;
    expect(
      judgeChanged(question, (reply) => ({
        ...reply,
        authority: reply.authority.filter(({ type }) => type === "SOA"),
      })),
    ).toMatchObject({ status: "bogus", reason: "wildcard-proof-missing" });
  });

  test("may not stand in for a name that exists", () => {
    const answer = judgeChanged("closer.wild.kommune.dk/A", (reply) => ({
      ...reply,
      answer: wildcardAnswerFor("closer.wild.kommune.dk"),
    }));
    expect(answer).toMatchObject({ status: "bogus", reason: "wildcard-proof-missing" });
  });

  function wildcardAnswerFor(owner: string): never[] {
    let records: unknown[] = [];
    judgeChanged("x.wild.kommune.dk/A", (reply) => {
      records = reply.answer.map((record) => ({ ...record, name: `${owner}.` }));
      return reply;
    });
    return records as never[];
  }
});

describe("an alias that lies", () => {
  test("a CNAME that its DNAME does not make", () => {
    const forged = judgeChanged("a.old.kommune.dk/A", (reply) => ({
      ...reply,
      answer: reply.answer.map((record) =>
        record.type === "CNAME" ? { ...record, data: Buffer.from("\x04evil\x02dk\x00").toString("base64") } : record,
      ),
    }));
    expect(forged).toMatchObject({ status: "bogus", reason: "alias-mismatch", record: { type: "CNAME" } });
  });

  test("a CNAME whose signature is gone", () => {
    const edits = { "kommune.dk": without(/^alias\.kommune\.dk\. \d+ IN RRSIG CNAME/) };
    expect(judge("alias.kommune.dk/A", edits)).toMatchObject({
      status: "bogus",
      reason: "no-signature",
      record: { name: "alias.kommune.dk.", type: "CNAME" },
    });
  });

  test("two CNAME records", () => {
    const edits = { "kommune.dk": added("alias.kommune.dk. 3600 IN CNAME evil.dk.") };
    expect(judge("alias.kommune.dk/A", edits)).toMatchObject({ status: "bogus", reason: "signature-invalid" });
  });

  test("a target whose zone is broken, the alias before it being secure", () => {
    const edits = { "nsec3.test": expired(/ RRSIG DNSKEY /) };
    expect(judge("ext.kommune.dk/A", edits)).toMatchObject({
      status: "bogus",
      zone: "nsec3.test.",
      aliases: [{ from: "ext.kommune.dk.", status: "secure" }],
    });
  });
});

describe("what does not break an answer", () => {
  test("another signature over it that is broken", () => {
    const rolling = { "rolling.test": expired(/^www\.rolling\.test\. \d+ IN RRSIG A 8 /) };
    expect(judge("www.rolling.test/A", rolling)).toMatchObject({ status: "secure" });
    const other = { "rolling.test": corrupted(/^www\.rolling\.test\. \d+ IN RRSIG A 13 /) };
    expect(judge("www.rolling.test/A", other)).toMatchObject({ status: "secure" });
  });

  test("one of two algorithms gone from the whole zone (RFC 6840 section 5.11)", () => {
    expect(judge("www.rolling.test/A", { "rolling.test": without(/ RRSIG \w+ 8 /) })).toMatchObject({
      status: "secure",
    });
    expect(judge("www.rolling.test/A", { "rolling.test": without(/ RRSIG \w+ 13 /) })).toMatchObject({
      status: "secure",
    });
  });

  test("a stand-by DS without a key", () => {
    expect(walk("rolling.test")).toMatchObject({ status: "secure", zone: "rolling.test." });
  });

  test("a DS reply that cannot be had, at a name where no zone begins", () => {
    const servfail = judgeChanged("www.kommune.dk/A", (reply) => ({ ...reply, rcode: 2 }), "www.kommune.dk/DS");
    expect(servfail).toMatchObject({ status: "secure", zone: "kommune.dk." });
    const stripped = judgeChanged("www.kommune.dk/A", (reply) => ({ ...reply, authority: [] }), "www.kommune.dk/DS");
    expect(stripped).toMatchObject({ status: "secure", zone: "kommune.dk." });
  });
});

describe("keys of the parent", () => {
  test("do not sign for a signed child", () => {
    // The child's RRset under the parent's name: its signature would verify only with the child's key.
    const edits = { "sub.kommune.dk": inLines(/ RRSIG A /, / sub\.kommune\.dk\. /, " kommune.dk. ") };
    expect(judge("www.sub.kommune.dk/A", edits)).toMatchObject({ status: "bogus", reason: "signer-mismatch" });
  });
});
