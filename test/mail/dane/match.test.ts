import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Buffer } from "node:buffer";
import { createHash, X509Certificate } from "node:crypto";
import { matchDane } from "../../../lib/mail/dane/match.ts";
import { name } from "../../../lib/wire/name.ts";
import { CERTIFICATE_NAMES, derOf, recordOf, VECTORS } from "./vectors.ts";

const NOW = Date.parse("2026-11-23T10:00:00.000Z");
const HOST = "mx.kommune.dk";

describe("vectors", () => {
  test.each(VECTORS.map((vector) => [vector.name, vector] as const))("%s", (_, vector) => {
    const { records, chain, names = [HOST], at, expect: wanted } = vector;
    const moment = at === undefined ? NOW : Date.parse(at);
    const match = matchDane(records.map(recordOf), chain.map(derOf), names.map(name), moment);
    const told = match.state === "matched" ? { depth: match.depth } : { why: match.why };
    expect(told).toEqual(wanted);
  });

  test("the order of records does not matter", () => {
    for (const { records, chain, names = [HOST], at } of VECTORS) {
      const moment = at === undefined ? NOW : Date.parse(at);
      const judge = (list: readonly string[]) =>
        matchDane(list.map(recordOf), chain.map(derOf), names.map(name), moment).state;
      expect(judge(records.toReversed())).toBe(judge(records));
    }
  });
});

/** What node:crypto alone says that a record is about. */
function isAbout({ selector, matchingType, association }: ReturnType<typeof recordOf>, der: Uint8Array): boolean {
  const x509 = new X509Certificate(der);
  const octets = selector === 0 ? der : x509.publicKey.export({ format: "der", type: "spki" });
  const hash = (algorithm: string) => createHash(algorithm).update(octets).digest();
  const expected = matchingType === 0 ? octets : hash(matchingType === 1 ? "sha256" : "sha512");
  return Buffer.from(association).equals(Buffer.from(expected));
}

/** An independent judge: slower, and knowing only what X509Certificate knows. */
function mayMatch(records: readonly ReturnType<typeof recordOf>[], chain: readonly Uint8Array[]): boolean {
  const [leaf] = chain;
  if (leaf === undefined) return false;
  if (records.some((record) => record.usage === 3 && isAbout(record, leaf))) return true;
  const own = new X509Certificate(leaf);
  const isInDate = Date.parse(own.validFrom) <= NOW && NOW <= Date.parse(own.validTo);
  if (own.checkHost(HOST) === undefined || !isInDate) return false;
  const anchors = records.filter(({ usage }) => usage === 2);
  const inFull = anchors.filter(({ selector, matchingType }) => selector === 0 && matchingType === 0);
  const others = [...chain.slice(1), ...inFull.map(({ association }) => association)].map(
    (der) => new X509Certificate(der),
  );
  const keys = anchors
    .filter(({ selector, matchingType }) => selector === 1 && matchingType === 0)
    .flatMap(({ association }) =>
      CERTIFICATE_NAMES.map((one) => new X509Certificate(derOf(one)).publicKey).filter((key) =>
        Buffer.from(association).equals(key.export({ format: "der", type: "spki" })),
      ),
    );
  const reached = [own];
  for (const one of reached) {
    reached.push(...others.filter((other) => !reached.includes(other) && one.verify(other.publicKey)));
  }
  const isNamed = reached.slice(1).some((one) => anchors.some((anchor) => isAbout(anchor, one.raw)));
  return isNamed || reached.some((one) => keys.some((key) => one.verify(key)));
}

describe("properties", () => {
  const certificate = fc.constantFrom(...CERTIFICATE_NAMES);
  const record = fc
    .tuple(fc.constantFrom(0, 1, 2, 2, 3), fc.constantFrom(0, 1), fc.constantFrom(0, 1, 2), certificate)
    .map(([usage, selector, type, about]) => recordOf(`${usage} ${selector} ${type} ${about}`));
  const family = fc.constantFrom(
    ["ecdsa", "intermediate", "root"],
    ["deep", "below-narrow", "narrow", "root"],
    ["below-bound", "bound", "root"],
    ["plain", "rogue", "intermediate"],
  );
  const chain = fc.oneof(fc.array(certificate, { minLength: 1, maxLength: 5 }), family);

  test("what matches does so by what node:crypto alone can see, too", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), chain, (records, names) => {
        const ders = names.map(derOf);
        const match = matchDane(records, ders, [name(HOST)], NOW);
        if (match.state === "matched") expect(mayMatch(records, ders)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("octets that are no certificates never match a digest, and never throw", () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 4 }),
        fc.array(fc.uint8Array(), { maxLength: 4 }),
        (records, ders) => {
          expect(matchDane(records, ders, [name(HOST)], NOW).state).toBe("unmatched");
        },
      ),
    );
  });

  test("one changed octet in the server's certificate ends every match by its digest", () => {
    const octets = derOf("ecdsa");
    fc.assert(
      fc.property(fc.nat(octets.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(octets, (octet, index) => (index === at ? octet ^ change : octet));
        expect(matchDane([recordOf("3 0 1 ecdsa")], [changed], [], NOW).state).toBe("unmatched");
        expect(
          matchDane([recordOf("2 1 1 intermediate")], [changed, derOf("intermediate")], [name(HOST)], NOW).state,
        ).toBe("unmatched");
      }),
    );
  });
});

test("a hostile chain of look-alikes ends", () => {
  const chain = [derOf("plain"), ...Array.from({ length: 400 }, () => derOf("rogue")), derOf("intermediate")];
  expect(matchDane([recordOf("2 1 1 root")], chain, [name(HOST)], NOW).state).toBe("unmatched");
});
