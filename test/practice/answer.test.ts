import { describe, expect, test } from "@jest/globals";
import { answerFromZone, type Answer } from "../../lib/practice/answer.ts";
import type { Zone } from "../../lib/practice/zone.ts";
import type { ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { RCODE } from "../../lib/wire/rcode.ts";
import { proveText, zoneOf } from "./prove-zone.ts";

const signed = zoneOf(proveText("nsec"));
const unsigned = zoneOf(proveText("unsigned"));

function ask(zone: Zone, owner: string, type: string, dnssecOk = false): Answer {
  return answerFromZone(zone, { name: name(owner === "@" ? "prove.dk" : `${owner}.prove.dk`), type }, dnssecOk);
}

function marks(records: readonly ResourceRecord[]): readonly string[] {
  return records.map(({ name: owner, type }) => `${owner} ${type}`);
}

describe("answerFromZone", () => {
  test("adds glue of both families to a referral, and the address of a server elsewhere in the zone", () => {
    const referral = ask(unsigned, "host.open", "A");
    expect(referral).toMatchObject({ rcode: RCODE.NOERROR, authoritative: false, answer: [] });
    expect(marks(referral.authority)).toEqual(["open.prove.dk. NS", "open.prove.dk. NS"]);
    expect(marks(referral.additional).toSorted()).toEqual([
      "ns1.open.prove.dk. A",
      "ns1.open.prove.dk. AAAA",
      "ns1.prove.dk. A",
      "ns1.prove.dk. AAAA",
    ]);
  });

  test("answers DS at a cut with authority, and refers for it below the cut", () => {
    expect(ask(signed, "shut", "DS", true)).toMatchObject({ authoritative: true, rcode: RCODE.NOERROR });
    expect(marks(ask(signed, "shut", "DS", true).answer)).toEqual(["shut.prove.dk. DS", "shut.prove.dk. RRSIG"]);
    expect(ask(signed, "host.shut", "DS", true).authoritative).toBe(false);
  });

  test.each([
    ["@", "SOA"],
    ["nope", "A"],
    ["mail", "TXT"],
    ["a.wild", "A"],
    ["a.wild", "AAAA"],
    ["www.old", "A"],
    ["open", "A"],
    ["shut", "A"],
    ["shut", "DS"],
  ])("without DO, %s %s carries no RRSIG, no NSEC, and no DS but on demand", (owner, type) => {
    const answer = ask(signed, owner, type);
    const types = [...answer.answer, ...answer.authority, ...answer.additional].map((record) => record.type);
    expect(types.filter((each) => ["RRSIG", "NSEC"].includes(each))).toEqual([]);
    if (type !== "DS") expect(types).not.toContain("DS");
    expect(marks(answer.authority)).toEqual(marks(ask(unsigned, owner, type).authority));
    expect(marks(answer.answer)).toEqual(marks(ask(unsigned, owner, type).answer));
  });

  test("gives the SOA of a denial the TTL of negative answers, and its signature too", () => {
    const denial = ask(signed, "nope", "A", true).authority.filter(({ name: owner }) => owner === "prove.dk.");
    expect(denial.map(({ type, ttl }) => [type, ttl])).toEqual(
      expect.arrayContaining([
        ["SOA", 300],
        ["RRSIG", 300],
      ]),
    );
    expect(ask(signed, "@", "SOA").answer[0]?.ttl).toBe(3_600);
  });

  test("puts the name asked on what a wildcard gives, signatures included", () => {
    const { answer, authority } = ask(signed, "a.b.wild", "TXT", true);
    expect(marks(answer)).toEqual(["a.b.wild.prove.dk. TXT", "a.b.wild.prove.dk. RRSIG"]);
    expect(marks(authority)).toEqual(["*.wild.prove.dk. NSEC", "*.wild.prove.dk. RRSIG"]);
  });

  test("does not apply a wildcard below a name that exists", () => {
    expect(ask(signed, "x.set.wild", "A").rcode).toBe(RCODE.NXDOMAIN);
    expect(ask(signed, "under.tom", "A").rcode).toBe(RCODE.NOERROR);
  });

  test("makes an unsigned CNAME from a DNAME and follows it", () => {
    expect(marks(ask(signed, "www.old", "A", true).answer)).toEqual([
      "old.prove.dk. DNAME",
      "old.prove.dk. RRSIG",
      "www.old.prove.dk. CNAME",
      "www.new.prove.dk. A",
      "www.new.prove.dk. RRSIG",
    ]);
    expect(marks(ask(signed, "www.old", "CNAME").answer)).toEqual(["old.prove.dk. DNAME", "www.old.prove.dk. CNAME"]);
  });

  test("follows aliases once round a loop and no further", () => {
    const { rcode, answer } = ask(signed, "round", "A");
    expect(rcode).toBe(RCODE.NOERROR);
    expect(marks(answer)).toEqual(["round.prove.dk. CNAME", "trip.prove.dk. CNAME"]);
  });

  test("says NXDOMAIN of an alias's missing target (RFC 6604)", () => {
    expect(ask(signed, "gone", "A").rcode).toBe(RCODE.NXDOMAIN);
  });

  test("leaves a target in another zone, or below a cut, to the resolver", () => {
    expect(marks(ask(signed, "away", "A").answer)).toEqual(["away.prove.dk. CNAME"]);
    expect(ask(signed, "into", "A", true)).toMatchObject({ authoritative: true, authority: [] });
  });

  test("gives everything at a name for ANY, and only signatures for RRSIG", () => {
    expect(new Set(ask(signed, "mail", "ANY").answer.map(({ type }) => type))).toEqual(new Set(["A", "NSEC"]));
    expect(new Set(ask(signed, "mail", "RRSIG").answer.map(({ type }) => type))).toEqual(new Set(["RRSIG"]));
  });

  test("knows no names that only NSEC3 records have (RFC 5155 section 7.2.8)", () => {
    const zone = zoneOf(proveText("nsec3"));
    const hashed = /^(\S+)\.prove\.dk\.\s.*\sNSEC3\s/mu.exec(proveText("nsec3"))?.[1] ?? "";
    expect(ask(zone, hashed, "NSEC3", true).rcode).toBe(RCODE.NXDOMAIN);
  });
});

describe("answerFromZone on zones that are wrong on purpose", () => {
  const without = (text: string, line: RegExp) => zoneOf(text.replaceAll(line, ""));

  test("serves a set without its signatures where they are missing", () => {
    const zone = without(proveText("nsec"), /^mail\.prove\.dk\.\s.*\sRRSIG\s+A .*$/gmu);
    expect(marks(ask(zone, "mail", "A", true).answer)).toEqual(["mail.prove.dk. A"]);
    expect(marks(ask(signed, "mail", "A", true).answer)).toEqual(["mail.prove.dk. A", "mail.prove.dk. RRSIG"]);
  });

  test.each([
    ["nsec", /^.*\s(NSEC|RRSIG\s+NSEC)\s.*$/gmu],
    ["nsec3", /^.*\s(NSEC3|RRSIG\s+NSEC3)\s.*$/gmu],
  ] as const)("denies with a signed SOA alone where %s records are missing", (kind, proofs) => {
    const { rcode, authority } = ask(without(proveText(kind), proofs), "nope", "A", true);
    expect(rcode).toBe(RCODE.NXDOMAIN);
    expect(marks(authority)).toEqual(["prove.dk. SOA", "prove.dk. RRSIG"]);
  });

  test("uses the chain that is there when NSEC3PARAM is missing", () => {
    const zone = without(proveText("nsec3"), /^\S+\s+\d+ IN (NSEC3PARAM|RRSIG\s+NSEC3PARAM)\s.*$/gmu);
    expect(ask(zone, "nope", "A", true).authority).toEqual(
      ask(zoneOf(proveText("nsec3")), "nope", "A", true).authority,
    );
  });

  test("answers from a zone without SOA", () => {
    const zone = zoneOf("@ 60 IN A 185.20.20.1\n");
    expect(ask(zone, "@", "A").answer).toHaveLength(1);
    expect(ask(zone, "nope", "A", true)).toMatchObject({ rcode: RCODE.NXDOMAIN, authority: [] });
  });

  test("serves a signature that covers nothing only when signatures are asked for", () => {
    const zone = without(proveText("nsec"), /^mail\.prove\.dk\.\s.*\sIN\s+A\s.*$/gmu);
    expect(ask(zone, "mail", "A", true).answer).toEqual([]);
    expect(marks(ask(zone, "mail", "RRSIG").answer)).toContain("mail.prove.dk. RRSIG");
  });
});
