import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Classification } from "../../lib/dnssec/classification.ts";
import { questionKey, type Lookup } from "../../lib/dnssec/lookup.ts";
import { createSignatureMemo } from "../../lib/dnssec/signature-memo.ts";
import { createValidator } from "../../lib/dnssec/validator.ts";
import type { Question, Reply, ResourceRecord } from "../../lib/wire/message.ts";
import type { Name } from "../../lib/wire/name.ts";
import { canonicalRdata } from "../../lib/wire/rdata/canonical.ts";
import { observed } from "../../lib/core/observation.ts";
import { ask } from "./support/judge.ts";
import { respond } from "./support/responder.ts";
import { signedZones, testAnchors, TEST_TIME } from "./support/signed-zones.ts";

const zones = signedZones();
const memo = createSignatureMemo(50_000);
const validator = createValidator({ anchors: testAnchors(), at: TEST_TIME, memo });

const QUESTIONS = [
  ...[
    "kommune.dk/A",
    "kommune.dk/MX",
    "kommune.dk/LOC",
    "nx.kommune.dk/A",
    "x.wild.kommune.dk/A",
    "x.wild.kommune.dk/MX",
  ],
  ...[
    "closer.wild.kommune.dk/A",
    "c.ent.kommune.dk/TXT",
    "alias.kommune.dk/A",
    "a.old.kommune.dk/A",
    "www.sub.kommune.dk/A",
  ],
  ...["ext.kommune.dk/A", "q.wildent.kommune.dk/A", "zz.kommune.dk/A", "plain.kommune.dk/DS", "sub.kommune.dk/DS"],
  ...[
    "nsec3.test/LOC",
    "nx.nsec3.test/A",
    "x.wild.nsec3.test/A",
    "ent.nsec3.test/A",
    "optout.test/LOC",
    "www.rolling.test/A",
  ],
].map(ask);

const truth = new Map<Question, Classification>();
const honest: Lookup = (question) => observed(respond(zones, question));

function truthOf(question: Question): Classification {
  const known = truth.get(question) ?? validator.classify(question, honest);
  truth.set(question, known);
  return known;
}

/** What a secure classification claims, without what a forger may change: order and TTL. */
function claim(found: Classification): unknown {
  if (found.status !== "secure") return found.status;
  const { answer, name, zone, wildcard, aliases } = found;
  return { answer, name, zone, wildcard, aliases, records: contentOf(found.records) };
}

function contentOf(records: readonly ResourceRecord[]): readonly string[] {
  return records
    .map(({ name, type, data }) => {
      const octets = canonicalRdata(type, Buffer.from(data, "base64"));
      return `${name} ${type} ${Buffer.from(octets).toString("hex")}`;
    })
    .sort();
}

/** Every record that the zones' owners ever signed, and the signatures: what an attacker can replay. */
const replayable = [...zones.values()].flat();
const denials = replayable.filter(({ type }) => type === "NSEC" || type === "NSEC3");

function renamed(record: ResourceRecord, name: Name | null): ResourceRecord {
  return name === null ? record : { ...record, name };
}

/** A lookup that tells `reply` for one question and the truth for the others. */
function lookupTelling(question: Question, reply: Reply): Lookup {
  return (asked) => (questionKey(asked) === questionKey(question) ? observed(reply) : honest(asked));
}

const questions = fc.constantFrom(...QUESTIONS);

/** Genuine records of the zones, those of the question's own neighbourhood more often, some under the question's name. */
function replayedSection(question: Question): fc.Arbitrary<readonly ResourceRecord[]> {
  const honestReply = respond(zones, question);
  const near = [...honestReply.answer, ...honestReply.authority];
  const anyRecord = fc.oneof(fc.constantFrom(...near), fc.constantFrom(...replayable), fc.constantFrom(...denials));
  const withSignatures = anyRecord.map((record) => [
    record,
    ...replayable.filter((other) => isSignatureAt(other, record)),
  ]);
  const owner = fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(question.name) },
  );
  return fc
    .array(fc.tuple(withSignatures, owner), { maxLength: 6 })
    .map((groups) => groups.flatMap(([records, name]) => records.map((record) => renamed(record, name))));
}

function isSignatureAt(other: ResourceRecord, record: ResourceRecord): boolean {
  return other.name === record.name && other.type === "RRSIG";
}

function forgedReply(question: Question): fc.Arbitrary<Reply> {
  const base = respond(zones, question);
  const section = (own: readonly ResourceRecord[]): fc.Arbitrary<readonly ResourceRecord[]> =>
    fc
      .tuple(fc.subarray([...own]), replayedSection(question), fc.boolean())
      .map(([kept, replayed, whole]) => [...(whole ? own : kept), ...replayed]);
  return fc
    .tuple(fc.constantFrom(0, 0, 3), section(base.answer), section(base.authority))
    .map(([rcode, answer, authority]) => ({ ...base, rcode, answer, authority }));
}

describe("what is secure is true", () => {
  test("whatever genuine records a reply is made of", () => {
    fc.assert(
      fc.property(
        questions.chain((question) => fc.tuple(fc.constant(question), forgedReply(question))),
        ([question, reply]) => {
          const found = validator.classify(question, lookupTelling(question, reply));
          if (found.status === "secure") expect(claim(found)).toEqual(claim(truthOf(question)));
          if (found.status === "insecure") expect(truthOf(question).status).toBe("insecure");
        },
      ),
      { numRuns: 600 },
    );
  });

  test("whatever genuine records the replies about the chain are made of", () => {
    const chain = ["dk/DS", "kommune.dk/DS", "kommune.dk/DNSKEY", "sub.kommune.dk/DS", "plain.kommune.dk/DS"].map(ask);
    const forged = fc.constantFrom(...chain).chain((at) => fc.tuple(fc.constant(at), forgedReply(at)));
    const asked = fc.constantFrom(...["www.sub.kommune.dk/A", "kommune.dk/A", "www.plain.kommune.dk/A"].map(ask));
    fc.assert(
      fc.property(asked, forged, (question, [at, reply]) => {
        const found = validator.classify(question, lookupTelling(at, reply));
        if (found.status === "secure") expect(claim(found)).toEqual(claim(truthOf(question)));
        if (found.status === "insecure") expect(truthOf(question).status).toBe("insecure");
      }),
      { numRuns: 400 },
    );
  });

  test("when any octet of any record is changed", () => {
    const change = questions.chain((question) => {
      const reply = respond(zones, question);
      const records = [...reply.answer, ...reply.authority];
      return fc.tuple(
        fc.constant(question),
        fc.nat(records.length - 1),
        fc.nat(10_000),
        fc.integer({ min: 1, max: 255 }),
      );
    });
    fc.assert(
      fc.property(change, ([question, index, at, mask]) => {
        const reply = respond(zones, question);
        const changed = (record: ResourceRecord, position: number): ResourceRecord =>
          position === index ? { ...record, data: flipped(record.data, at, mask) } : record;
        const answer = reply.answer.map(changed);
        const authority = reply.authority.map((record, position) => changed(record, position + answer.length));
        const found = validator.classify(question, lookupTelling(question, { ...reply, answer, authority }));
        if (found.status === "secure") expect(claim(found)).toEqual(claim(truthOf(question)));
        else expect(["bogus", "indeterminate", "insecure"]).toContain(found.status);
      }),
      { numRuns: 600 },
    );
  });
});

function flipped(data: string, at: number, mask: number): string {
  const octets = Buffer.from(data, "base64");
  const index = at % octets.length;
  octets[index] = (octets[index] ?? 0) ^ mask;
  return octets.toString("base64");
}

describe("the order of records", () => {
  test("does not matter", () => {
    const shuffled = questions.chain((question) => {
      const { answer, authority } = respond(zones, question);
      const mixed = (records: readonly ResourceRecord[]): fc.Arbitrary<ResourceRecord[]> =>
        fc.shuffledSubarray([...records], { minLength: records.length });
      return fc.tuple(fc.constant(question), mixed(answer), mixed(authority), fc.boolean());
    });
    fc.assert(
      fc.property(shuffled, ([question, answer, authority, twice]) => {
        const reply = { ...respond(zones, question), answer: twice ? [...answer, ...answer] : answer, authority };
        const found = validator.classify(question, lookupTelling(question, reply));
        expect(claim(found)).toEqual(claim(truthOf(question)));
      }),
      { numRuns: 150 },
    );
  });
});

describe("random replies", () => {
  const types = ["A", "CNAME", "DNAME", "DS", "DNSKEY", "RRSIG", "NSEC", "NSEC3", "SOA", "NS"];
  const owners = ["kommune.dk.", "www.kommune.dk.", "dk.", ".", "q.kommune.dk."] as Name[];
  const data = fc.uint8Array({ maxLength: 60 }).map((octets) => Buffer.from(octets).toString("base64"));
  const record = fc.record({
    name: fc.constantFrom(...owners),
    type: fc.constantFrom(...types),
    ttl: fc.nat(),
    data: fc.oneof(data, fc.string({ maxLength: 20 })),
  });
  const section = fc.array(record, { maxLength: 12 });

  test("never throw and are never secure", () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 2, 3, 5), section, section, (rcode, answer, authority) => {
        const lookup: Lookup = (question) => observed({ ...respond(zones, question), rcode, answer, authority });
        for (const question of ["www.kommune.dk/A", "kommune.dk/DS", "q.kommune.dk/CNAME"].map(ask)) {
          expect(["bogus", "indeterminate"]).toContain(validator.classify(question, lookup).status);
          expect(["bogus", "indeterminate"]).toContain(validator.walkToZone(question.name, lookup).status);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("below a sound chain are never secure", () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 3), section, section, (rcode, answer, authority) => {
        const question = ask("www.kommune.dk/A");
        const reply = { ...respond(zones, question), rcode, answer, authority };
        expect(["bogus", "indeterminate"]).toContain(
          validator.classify(question, lookupTelling(question, reply)).status,
        );
      }),
      { numRuns: 200 },
    );
  });
});
