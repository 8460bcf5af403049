import { describe, expect, test } from "@jest/globals";
import type { Classification } from "../../lib/dnssec/classification.ts";
import type { TrustAnchor } from "../../lib/dnssec/trust-anchor.ts";
import { createValidator } from "../../lib/dnssec/validator.ts";
import type { Reply, ResourceRecord } from "../../lib/wire/message.ts";
import { name, type Name } from "../../lib/wire/name.ts";
import { ask } from "./support/judge.ts";
import { readZone, TEST_TIME } from "./support/signed-zones.ts";
import { anchorOf, keyRecord, makeKey, signSet, signed, worldOf, type SigningOptions } from "./support/signer.ts";

const key = makeKey("example.");
const anchors: readonly TrustAnchor[] = [anchorOf(key)];
const validator = createValidator({ anchors, at: TEST_TIME });

/** No zone begins at "www" and the likes: the apex's only NSEC shows it for names that are not at hand otherwise. */
const noCut = { rcode: 3, authority: signed(key, "example. 60 IN NSEC example. NS SOA RRSIG NSEC DNSKEY") };

function judge(question: string, replies: Readonly<Record<string, Partial<Reply>>>): Classification {
  const owner = question.split("/")[0] ?? "";
  return validator.classify(ask(question), worldOf(key, { [`${owner}/DS`]: noCut, ...replies }));
}

function answerWith(records: readonly ResourceRecord[]): Classification {
  return judge("www.example/A", { "www.example/A": { answer: records } });
}

const A = "www.example. 60 IN A 192.0.2.1";
const [a] = readZone(A);
if (a === undefined) throw new Error("no record");

describe("the validity of a signature", () => {
  const at = (options: SigningOptions): string => {
    const found = answerWith(signed(key, A, options));
    return found.status === "bogus" ? found.reason : found.status;
  };

  test("includes its first and its last second", () => {
    expect(at({ inception: TEST_TIME })).toBe("secure");
    expect(at({ inception: TEST_TIME + 1 })).toBe("signature-not-yet-valid");
    expect(at({ expiration: TEST_TIME })).toBe("secure");
    expect(at({ expiration: TEST_TIME - 1 })).toBe("signature-expired");
  });

  test("may reach over the turn of the 32-bit clock in 2106", () => {
    const late = createValidator({ anchors, at: 2 ** 32 + 5 });
    const times = { inception: 2 ** 32 - 1000, expiration: 2 ** 32 + 1000 };
    const world = worldOf(key, {
      "example/DNSKEY": { answer: [key.record, signSet(key, [key.record], times)] },
      "www.example/A": { answer: signed(key, A, times) },
      "www.example/DS": {
        ...noCut,
        authority: signed(key, "example. 60 IN NSEC example. NS SOA RRSIG NSEC DNSKEY", times),
      },
    });
    expect(late.classify(ask("www.example/A"), world)).toMatchObject({ status: "secure", expiresAt: 2 ** 32 + 1000 });
  });
});

describe("the signature that ends last", () => {
  test("is the one that counts for the forecast, in any order", () => {
    const soon = signSet(key, [a], { expiration: TEST_TIME + 100 });
    const late = signSet(key, [a], { expiration: TEST_TIME + 5000 });
    for (const order of [
      [soon, late],
      [late, soon],
    ]) {
      const found = answerWith([a, ...order]);
      expect(found.status === "secure" && found.expiresAt).toBe(TEST_TIME + 5000);
    }
  });

  test("is passed over when it is not good", () => {
    const soon = signSet(key, [a], { expiration: TEST_TIME + 100 });
    const late = signSet(key, [a], { expiration: TEST_TIME + 5000, signature: Buffer.alloc(64) });
    const found = answerWith([a, late, soon]);
    expect(found.status === "secure" && found.expiresAt).toBe(TEST_TIME + 100);
  });
});

describe("TTLs", () => {
  test("are capped by the original TTL and by the end of the signature", () => {
    const ttl = (record: ResourceRecord, options: SigningOptions): unknown => {
      const found = answerWith([record, signSet(key, [record], options)]);
      return found.status === "secure" && found.records[0]?.ttl;
    };
    expect(ttl({ ...a, ttl: 60 }, { originalTtl: 3600 })).toBe(60);
    expect(ttl({ ...a, ttl: 9999 }, { originalTtl: 3600 })).toBe(3600);
    expect(ttl({ ...a, ttl: 9999 }, { originalTtl: 3600, expiration: TEST_TIME + 7 })).toBe(7);
  });
});

describe("duplicates", () => {
  test("of records and signatures count once", () => {
    const records = signed(key, A);
    expect(answerWith([...records, ...records])).toMatchObject({
      status: "secure",
      records: [{ name: "www.example." }],
    });
  });
});

describe("unreadable data", () => {
  test("in a signature is malformed, unless another is good", () => {
    const broken = { ...a, type: "RRSIG", data: "AAE=" };
    expect(answerWith([a, broken])).toMatchObject({ status: "bogus", reason: "malformed" });
    expect(answerWith([a, broken, signSet(key, [a])])).toMatchObject({ status: "secure" });
  });

  test("in a record is malformed", () => {
    expect(answerWith([{ ...a, data: "!" }, signSet(key, [a])])).toMatchObject({
      status: "bogus",
      reason: "malformed",
    });
  });

  test("in a CNAME is malformed, though it is signed", () => {
    const cname = { ...a, type: "CNAME", data: Buffer.from([9, 9]).toString("base64") };
    expect(answerWith([cname, signSet(key, [cname])])).toMatchObject({ status: "bogus", reason: "malformed" });
  });

  test("in a signed DS RRset is malformed, and is not taken for an unsigned delegation", () => {
    const ds = { ...a, type: "DS", data: "AAE=" };
    const replies = { "www.example/DS": { answer: [ds, signSet(key, [ds])] }, "www.example/MX": {} };
    expect(judge("www.example/MX", replies)).toMatchObject({
      status: "bogus",
      reason: "malformed",
      record: { type: "DS" },
    });
  });
});

describe("two CNAME records, validly signed", () => {
  test("are malformed", () => {
    const records = signed(key, "www.example. 60 IN CNAME a.example.\nwww.example. 60 IN CNAME b.example.");
    expect(answerWith(records)).toMatchObject({ status: "bogus", reason: "malformed" });
  });
});

describe("keys", () => {
  const other = makeKey("example.", 256);
  const withKeys = (records: readonly ResourceRecord[], answer: readonly ResourceRecord[]): Classification =>
    judge("www.example/A", {
      "example/DNSKEY": { answer: [...records, signSet(key, records)] },
      "www.example/A": { answer },
    });

  test("that the anchored key signs for may sign", () => {
    expect(withKeys([key.record, other.record], signed(other, A))).toMatchObject({ status: "secure" });
    expect(withKeys([key.record], signed(other, A))).toMatchObject({ status: "bogus", reason: "no-matching-key" });
  });

  test.each([["no zone keys", 0x0001]])("that are %s may not", (_, flags) => {
    const bad = makeKey("example.", flags);
    expect(withKeys([key.record, bad.record], signed(bad, A))).toMatchObject({
      status: "bogus",
      reason: "no-matching-key",
    });
  });

  test("that are revoked still may: the flag concerns trust anchors only", () => {
    const revoked = makeKey("example.", 0x0180);
    expect(withKeys([key.record, revoked.record], signed(revoked, A))).toMatchObject({ status: "secure" });
  });

  test("that are no point on the curve verify nothing", () => {
    const octets = Buffer.alloc(64, 7);
    const record = keyRecord("example.", octets, 256, 13);
    const bad = { ...other, record, keyTag: 0 };
    const rrsig = signSet(bad, [a], { keyTag: tagFor(record) });
    const data = Buffer.from(rrsig.data, "base64");
    data[2] = 13;
    const found = withKeys([key.record, record], [a, { ...rrsig, data: data.toString("base64") }]);
    expect(found).toMatchObject({ status: "bogus", reason: "malformed-key" });
  });

  test("of another zone do not count, though its name stands in the signature", () => {
    const foreign = makeKey("other.");
    const rrsig = signSet(foreign, [a], { signer: name("example.") });
    expect(withKeys([key.record], [a, rrsig])).toMatchObject({ status: "bogus", reason: "no-matching-key" });
  });

  test("may not sign what lies outside their zone", () => {
    const outside = { ...a, name: name("www.other.") };
    const world = worldOf(key, { "www.other/A": { answer: [outside, signSet(key, [outside])] } });
    expect(validator.classify(ask("www.other/A"), world)).toMatchObject({
      status: "indeterminate",
      reason: "no-trust-anchor",
    });
  });

  function tagFor(record: ResourceRecord): number {
    const octets = Buffer.from(record.data, "base64");
    let sum = 0;
    for (const [index, octet] of octets.entries()) sum += index % 2 === 0 ? octet << 8 : octet;
    return (sum + (sum >> 16)) & 0xffff;
  }
});

describe("several NSEC3 chains in one reply", () => {
  const nsec3 = (owner: string, next: string, rest: string): readonly ResourceRecord[] =>
    signed(key, `${owner}.example. 60 IN NSEC3 1 ${rest.replace("NEXT", next)}`);
  const zeros = "0".repeat(32);
  const ones = `${"0".repeat(31)}1`;
  // Without salt and iterations, "example." hashes to 3msev9usmd4br9s97v51r2tdvmr9iqo1.
  const APEX = "3msev9usmd4br9s97v51r2tdvmr9iqo1";

  test("are judged apart: one that proves is enough", () => {
    const good = nsec3(APEX, zeros, "0 0 - NEXT NS SOA RRSIG DNSKEY NSEC3PARAM");
    const strange = nsec3(zeros, ones, "0 7 ab NEXT A");
    const tooMuch = nsec3(ones, zeros, "0 200 - NEXT A");
    for (const authority of [
      [...strange, ...good],
      [...good, ...tooMuch],
      [...tooMuch, ...good],
    ]) {
      expect(judge("example/TXT", { "example/TXT": { authority } })).toMatchObject({
        status: "secure",
        answer: "nodata",
      });
    }
    expect(judge("example/TXT", { "example/TXT": { authority: strange } })).toMatchObject({ reason: "denial-invalid" });
    expect(judge("example/TXT", { "example/TXT": { authority: [...strange, ...tooMuch] } })).toMatchObject({
      status: "insecure",
      reason: "nsec3-iterations",
    });
  });

  test("do not mix: records of two chains prove nothing together", () => {
    const half = nsec3(APEX, `${APEX.slice(0, -1)}2`, "0 0 - NEXT NS SOA RRSIG DNSKEY NSEC3PARAM");
    const other = nsec3(ones, zeros, "0 0 ab NEXT A");
    const reply = { rcode: 3, authority: [...half, ...other] };
    expect(judge("q.example/A", { "q.example/A": reply, "q.example/DS": reply })).toMatchObject({
      status: "bogus",
      reason: "denial-invalid",
    });
  });

  test.each([
    ["an owner that is no hash", () => nsec3("short", zeros, "0 0 - NEXT A")],
    ["an owner deeper in the zone", () => nsec3(`${APEX}.deeper`, zeros, "0 0 - NEXT A")],
    ["a next hash of another length", () => nsec3(APEX, "0".repeat(24), "0 0 - NEXT A")],
  ])("%s is malformed", (_, authority) => {
    expect(judge("example/TXT", { "example/TXT": { authority: authority() } })).toMatchObject({
      status: "bogus",
      reason: "malformed",
    });
  });
});

describe("a wildcard that delegates", () => {
  test("is not taken for a zone cut (RFC 4592 section 4.6)", () => {
    const ds = { name: name("x.example."), type: "DS", ttl: 60, data: Buffer.alloc(36, 1).toString("base64") };
    const rrsig = signSet(key, [ds], { labels: 1, owner: "*.example." as Name });
    const proof = signed(key, "*.example. 60 IN NSEC example. DS NS RRSIG NSEC");
    const replies = { "x.example/DS": { answer: [ds, rrsig], authority: proof }, "x.example/A": {} };
    expect(judge("x.example/A", replies)).toMatchObject({
      status: "bogus",
      reason: "malformed",
      record: { type: "DS" },
    });
  });
});

describe("an NXDOMAIN proof under NOERROR", () => {
  test("does not count, a NODATA proof under NXDOMAIN does", () => {
    const nsecs = signed(key, "example. 60 IN NSEC example. NS SOA RRSIG NSEC DNSKEY");
    expect(judge("q.example/A", { "q.example/A": { rcode: 3, authority: nsecs } })).toMatchObject({
      answer: "nxdomain",
    });
    expect(judge("q.example/A", { "q.example/A": { rcode: 0, authority: nsecs } })).toMatchObject({
      status: "bogus",
      reason: "denial-invalid",
    });
    expect(judge("example/TXT", { "example/TXT": { rcode: 3, authority: nsecs } })).toMatchObject({
      status: "secure",
      answer: "nodata",
    });
  });
});

describe("the SOA of a denial", () => {
  const nsecs = signed(key, "example. 60 IN NSEC example. NS SOA RRSIG NSEC DNSKEY");
  const soa = "example. 60 IN SOA a.example. b.example. 1 2 3 4 5";

  test("must be good when it is there", () => {
    const with_ = (extra: readonly ResourceRecord[]) =>
      judge("example/TXT", { "example/TXT": { authority: [...nsecs, ...extra] } });
    expect(with_([])).toMatchObject({ status: "secure" });
    expect(with_(signed(key, soa))).toMatchObject({ status: "secure" });
    expect(with_(readZone(soa))).toMatchObject({ status: "bogus", reason: "no-signature", record: { type: "SOA" } });
    expect(with_(readZone(soa.replace("example.", "sub.example.")))).toMatchObject({ status: "secure" });
    expect(with_(signed(key, soa, { expiration: TEST_TIME - 1 }))).toMatchObject({ reason: "signature-expired" });
  });

  test("counts in the forecast", () => {
    const authority = [...nsecs, ...signed(key, soa, { expiration: TEST_TIME + 9 })];
    const found = judge("example/TXT", { "example/TXT": { authority } });
    expect(found.status === "secure" && found.expiresAt).toBe(TEST_TIME + 9);
  });
});
