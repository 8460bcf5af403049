import { describe, expect, test } from "@jest/globals";
import { judge, judgeChanged, walk } from "./support/judge.ts";
import { added, all, corrupted, early, expired, inLines, without } from "./support/edits.ts";
import type { ZoneEdit } from "./support/signed-zones.ts";

type Row = readonly [what: string, question: string, file: string, edit: ZoneEdit, fault: Fault];
interface Fault {
  readonly reason: string;
  readonly zone: string;
  readonly record: { readonly name: string; readonly type: string };
}

function fault(reason: string, zone: string, name: string, type: string): Fault {
  return { reason, zone, record: { name, type } };
}

const WWW_A = /^www\.kommune\.dk\. \d+ IN RRSIG A /;
const wwwFault = (reason: string): Fault => fault(reason, "kommune.dk.", "www.kommune.dk.", "A");
const keyFault = (reason: string): Fault => fault(reason, "kommune.dk.", "kommune.dk.", "DNSKEY");
const nsecFault = (reason: string, name: string): Fault => fault(reason, "kommune.dk.", name, "NSEC");

const ANSWERS: readonly Row[] = [
  ["its signature is missing", "www.kommune.dk/A", "kommune.dk", without(WWW_A), wwwFault("no-signature")],
  ["its signature has ended", "www.kommune.dk/A", "kommune.dk", expired(WWW_A), wwwFault("signature-expired")],
  ["its signature has not begun", "www.kommune.dk/A", "kommune.dk", early(WWW_A), wwwFault("signature-not-yet-valid")],
  ["its signature is corrupted", "www.kommune.dk/A", "kommune.dk", corrupted(WWW_A), wwwFault("signature-invalid")],
  [
    ...(["its data was changed", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(/^www\.kommune\.dk\. \d+ IN A 192\.0\.2\.80/, "192.0.2.80", "192.0.2.66"),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["a record was added", "www.kommune.dk/A", "kommune.dk"] as const),
    added("www.kommune.dk. 3600 IN A 192.0.2.66"),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["a record was removed", "www.kommune.dk/A", "kommune.dk"] as const),
    without(/^www\.kommune\.dk\. \d+ IN A 192\.0\.2\.81/),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["its signer is another zone", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, / kommune\.dk\. /, " dk. "),
    wwwFault("signer-mismatch"),
  ],
  [
    ...(["its signature has the key tag of no key", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, / \d+ kommune\.dk\. /, " 1 kommune.dk. "),
    wwwFault("no-matching-key"),
  ],
  [
    ...(["its signature counts too many labels", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 3 ", "RRSIG A 13 4 "),
    wwwFault("malformed"),
  ],
  [
    ...(["its signature counts fewer labels than the zone", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 3 ", "RRSIG A 13 1 "),
    wwwFault("malformed"),
  ],
  [
    ...(["its signature pretends to be a wildcard's", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 3 ", "RRSIG A 13 2 "),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["its signature ends before it begins", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "20800101000000 20200101000000", "20200101000000 20800101000000"),
    wwwFault("malformed"),
  ],
  [
    ...(["its signature's original TTL was changed", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 3 3600", "RRSIG A 13 3 3601"),
    wwwFault("signature-invalid"),
  ],
  [
    ...(["only an algorithm that is not validated signs it", "www.kommune.dk/A", "kommune.dk"] as const),
    inLines(WWW_A, "RRSIG A 13 ", "RRSIG A 5 "),
    wwwFault("unsupported-algorithm"),
  ],
];

const ZSK = /^kommune\.dk\. \d+ IN DNSKEY 256/;
const KSK = /^kommune\.dk\. \d+ IN DNSKEY 257/;
const DNSKEY_SIGNATURE = /^kommune\.dk\. \d+ IN RRSIG DNSKEY/;
const DS = /^kommune\.dk\. \d+ IN DS /;
const DS_SIGNATURE = /^kommune\.dk\. \d+ IN RRSIG DS/;
const dsFault = (reason: string): Fault => fault(reason, "dk.", "kommune.dk.", "DS");

const CHAIN: readonly Row[] = [
  [
    "the DNSKEY RRset is gone",
    "kommune.dk/A",
    "kommune.dk",
    without(/ IN (RRSIG )?DNSKEY /),
    keyFault("dnskey-missing"),
  ],
  ["its signature is gone", "kommune.dk/A", "kommune.dk", without(DNSKEY_SIGNATURE), keyFault("no-signature")],
  ["its signature has ended", "kommune.dk/A", "kommune.dk", expired(DNSKEY_SIGNATURE), keyFault("signature-expired")],
  [
    "its signature is corrupted",
    "kommune.dk/A",
    "kommune.dk",
    corrupted(DNSKEY_SIGNATURE),
    keyFault("signature-invalid"),
  ],
  ["the key with the DS is gone", "kommune.dk/A", "kommune.dk", without(KSK), keyFault("no-key-matches-ds")],
  ["another key was removed", "kommune.dk/A", "kommune.dk", without(ZSK), keyFault("signature-invalid")],
  [
    ...(["the key with the DS is revoked", "kommune.dk/A", "kommune.dk"] as const),
    inLines(KSK, "DNSKEY 257", "DNSKEY 385"),
    keyFault("no-key-matches-ds"),
  ],
  [
    ...(["the key with the DS is no zone key", "kommune.dk/A", "kommune.dk"] as const),
    inLines(KSK, "DNSKEY 257", "DNSKEY 1"),
    keyFault("no-key-matches-ds"),
  ],
  [
    ...(["the key with the DS has another protocol", "kommune.dk/A", "kommune.dk"] as const),
    inLines(KSK, "DNSKEY 257 3", "DNSKEY 257 4"),
    keyFault("no-key-matches-ds"),
  ],
  [
    "the DS was changed",
    "kommune.dk/A",
    "dk",
    inLines(DS, /.$/, (l) => (l === "0" ? "1" : "0")),
    dsFault("signature-invalid"),
  ],
  ["the DS has no signature", "kommune.dk/A", "dk", without(DS_SIGNATURE), dsFault("no-signature")],
  ["the DS has an old signature", "kommune.dk/A", "dk", expired(DS_SIGNATURE), dsFault("signature-expired")],
  [
    "the DS was taken away",
    "kommune.dk/A",
    "dk",
    without(/^kommune\.dk\. \d+ IN (RRSIG )?DS /),
    dsFault("denial-invalid"),
  ],
  [
    ...(["the parent's denials are gone", "unsigned.dk/A", "dk"] as const),
    without(/ NSEC3 /),
    fault("denial-missing", "dk.", "unsigned.dk.", "DS"),
  ],
  [
    ...(["the root's key is another", "kommune.dk/A", "root"] as const),
    without(/^\. \d+ IN DNSKEY 257/),
    fault("no-key-matches-anchor", ".", ".", "DNSKEY"),
  ],
];

const WILD = /^\*\.wild\.kommune\.dk\. \d+ IN RRSIG NSEC /;
const DENIALS: readonly Row[] = [
  [
    ...(["a name error has no NSEC", "nx.kommune.dk/A", "kommune.dk"] as const),
    without(/ NSEC /),
    fault("denial-missing", "kommune.dk.", "nx.kommune.dk.", "DS"),
  ],
  [
    ...(["an NSEC has no signature", "kommune.dk/LOC", "kommune.dk"] as const),
    without(/ IN RRSIG NSEC /),
    nsecFault("no-signature", "kommune.dk."),
  ],
  [
    ...(["an NSEC has an old signature", "kommune.dk/LOC", "kommune.dk"] as const),
    expired(/ RRSIG NSEC /),
    nsecFault("signature-expired", "kommune.dk."),
  ],
  [
    ...(["an NSEC was changed", "kommune.dk/TXT", "kommune.dk"] as const),
    all(without(/^kommune\.dk\. \d+ IN (RRSIG )?TXT /), inLines(/^kommune\.dk\. \d+ IN NSEC /, " TXT ", " ")),
    nsecFault("signature-invalid", "kommune.dk."),
  ],
  [
    ...(["the record that is there was taken away", "kommune.dk/TXT", "kommune.dk"] as const),
    without(/^kommune\.dk\. \d+ IN (RRSIG )?TXT /),
    fault("denial-invalid", "kommune.dk.", "kommune.dk.", "TXT"),
  ],
  [
    ...(["an NSEC3 has an old signature", "nsec3.test/LOC", "nsec3.test"] as const),
    expired(/ RRSIG NSEC3 /),
    { reason: "signature-expired", zone: "nsec3.test.", record: { name: expect.anything(), type: "NSEC3" } as never },
  ],
  [
    ...(["NSEC3 records use an unknown hash", "nsec3.test/LOC", "nsec3.test"] as const),
    inLines(/ IN NSEC3 /, "NSEC3 1 ", "NSEC3 2 "),
    fault("denial-missing", "nsec3.test.", "nsec3.test.", "LOC"),
  ],
  [
    ...(["NSEC3 records have unknown flags", "nsec3.test/LOC", "nsec3.test"] as const),
    inLines(/ IN NSEC3 /, "NSEC3 1 0 ", "NSEC3 1 2 "),
    fault("denial-missing", "nsec3.test.", "nsec3.test.", "LOC"),
  ],
  [
    ...(["a wildcard's denial has no signature", "x.wild.kommune.dk/MX", "kommune.dk"] as const),
    without(WILD),
    nsecFault("no-signature", "*.wild.kommune.dk."),
  ],
];

describe.each([
  ["an answer of which", ANSWERS],
  ["a chain of which", CHAIN],
  ["a denial of which", DENIALS],
])("%s", (_, rows) => {
  test.each(rows)("%s is bogus", (_what, question, file, edit, expected) => {
    expect(judge(question, { [file]: edit })).toMatchObject({ status: "bogus", ...expected });
  });
});

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
