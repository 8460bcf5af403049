import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { answerFromZone } from "../../lib/practice/answer.ts";
import type { Zone } from "../../lib/practice/zone.ts";
import { parseName, type Name } from "../../lib/wire/name.ts";
import { RCODE } from "../../lib/wire/rcode.ts";
import { allPracticeZones } from "./practice-zones.ts";
import { proveText, zoneOf } from "./prove-zone.ts";

const zones: readonly Zone[] = [
  ...(await allPracticeZones()),
  ...(["nsec", "nsec3", "opt-out", "unsigned"] as const).map((kind) => zoneOf(proveText(kind))),
];

const label = fc.oneof(
  fc.constantFrom("*", "www", "mail", "a", "\\000", "\\.", "_tcp", "z".repeat(63)),
  fc.stringMatching(/^[a-z0-9]{1,20}$/u),
);
const type = fc.oneof(
  fc.constantFrom("A", "NS", "DS", "CNAME", "DNAME", "SOA", "MX", "TXT", "DNSKEY", "NSEC", "NSEC3", "RRSIG", "ANY"),
  fc.integer({ min: 256, max: 32_000 }).map((number) => `TYPE${String(number)}`),
);

/** A name in the zone: one that it holds, or some labels below it; too long ones are left out. */
function nameIn(zone: Zone): fc.Arbitrary<Name> {
  return fc
    .tuple(fc.array(label, { maxLength: 5 }), fc.constantFrom(...zone.names))
    .map(([labels, below]) => parseName([...labels, below === "." ? "" : below].join(".") || "."))
    .filter((name) => name.ok)
    .map((name) => (name as { value: Name }).value);
}

const inquiry = fc
  .constantFrom(...zones)
  .chain((zone) => fc.record({ zone: fc.constant(zone), name: nameIn(zone), type, dnssecOk: fc.boolean() }));

describe("answerFromZone, whatever is asked", () => {
  test("answers, and keeps the promises of each form of answer", () => {
    fc.assert(
      fc.property(inquiry, ({ zone, name, type: asked, dnssecOk }) => {
        const { rcode, authoritative, answer, authority } = answerFromZone(zone, { name, type: asked }, dnssecOk);
        expect([RCODE.NOERROR, RCODE.NXDOMAIN, RCODE.YXDOMAIN]).toContain(rcode);
        const records = [...answer, ...authority];
        if (!dnssecOk && asked !== "RRSIG") expect(records.filter((record) => record.type === "RRSIG")).toEqual([]);
        if (!authoritative) {
          expect({ rcode, answer }).toEqual({ rcode: RCODE.NOERROR, answer: [] });
          expect(authority.some((record) => record.type === "NS" && record.name !== zone.origin)).toBe(true);
        }
        expect(new Set(records.map((record) => JSON.stringify(record))).size).toBe(records.length);
      }),
      { numRuns: 3_000 },
    );
  });

  test("is the same whenever the same is asked", () => {
    fc.assert(
      fc.property(inquiry, ({ zone, name, type: asked, dnssecOk }) => {
        const question = { name, type: asked };
        expect(answerFromZone(zone, question, dnssecOk)).toEqual(answerFromZone(zone, question, dnssecOk));
      }),
      { numRuns: 300 },
    );
  });
});
