import { describe, expect, test } from "@jest/globals";
import { DNSSEC_POLICY } from "../../data/dnssec-policy.ts";
import { provenDenialRecords, type DenialRecords } from "../../lib/dnssec/denial-records.ts";
import { Recall } from "../../lib/dnssec/recall.ts";
import { openSession, type ValidationContext } from "../../lib/dnssec/session.ts";
import { createSignatureMemo } from "../../lib/dnssec/signature-memo.ts";
import { zoneKeysOf } from "../../lib/dnssec/zone-key.ts";
import type { ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { readZone, TEST_TIME } from "./support/signed-zones.ts";
import { makeKey, signSet, signed, type SigningOptions } from "./support/signer.ts";

const DAY = 86_400;
const key = makeKey("example.");
const zone = key.zone;
const EXPIRED = { expiration: TEST_TIME - 1 };

function read(
  authority: readonly ResourceRecord[],
  denialSets: number = DNSSEC_POLICY.bounds.denialSets,
): DenialRecords {
  const policy = { ...DNSSEC_POLICY, bounds: { ...DNSSEC_POLICY.bounds, denialSets } };
  const context: ValidationContext = {
    anchors: [],
    at: TEST_TIME,
    policy,
    memo: createSignatureMemo(),
    keySets: new Recall(),
    answers: new WeakMap(),
  };
  const signer = { zone, keys: zoneKeysOf([key.record]) };
  return provenDenialRecords(
    authority,
    signer,
    openSession(context, () => undefined),
  );
}

function nsec(owner: string, options?: SigningOptions): readonly ResourceRecord[] {
  return signed(key, `${owner} 60 IN NSEC z.example. A`, options);
}

const HASH = "0".repeat(32);
const NEXT = "1".repeat(32);

/** `parameters`: hash algorithm, flags, iterations, salt. */
function nsec3Text(label: string, parameters = "1 0 0 -"): string {
  return `${label}.example. 60 IN NSEC3 ${parameters} ${NEXT} A`;
}

function useOf(owner: string, type: string): unknown {
  const times = { inception: TEST_TIME - 7 * DAY, expiration: TEST_TIME + 7 * DAY };
  return { zone, name: name(owner), type, algorithm: 15, keyTag: key.keyTag, ...times };
}

function problem(reason: string, owner: string, type: string): unknown {
  return { reason, record: { name: name(owner), type } };
}

const NOTHING = { nsecs: [], nsecUses: [], nsec3Groups: [], problem: null };

describe("records with good signatures", () => {
  test("of type NSEC are told with their uses", () => {
    expect(read(nsec("a.example."))).toEqual({
      nsecs: [{ owner: name("a.example."), next: name("z.example."), types: new Set(["A"]) }],
      nsecUses: [useOf("a.example.", "NSEC")],
      ...{ nsec3Groups: [], problem: null },
    });
  });

  test("of type NSEC3 are told with their uses, by hash parameters", () => {
    const texts = [nsec3Text(HASH), nsec3Text(NEXT, "1 1 0 -"), nsec3Text("2".repeat(32), "1 0 7 ab")];
    const record = { ownerHash: HASH, nextHash: NEXT, optOut: false, types: new Set(["A"]) };
    const found = read(texts.flatMap((text) => signed(key, text)));
    expect(found.nsec3Groups.map((group) => ({ ...group, salt: Buffer.from(group.salt).toString("hex") }))).toEqual([
      {
        ...{ salt: "", iterations: 0, records: [record, { ...record, ownerHash: NEXT, optOut: true }] },
        uses: [useOf(`${HASH}.example.`, "NSEC3"), useOf(`${NEXT}.example.`, "NSEC3")],
      },
      {
        ...{ salt: "ab", iterations: 7, records: [{ ...record, ownerHash: "2".repeat(32) }] },
        uses: [useOf(`${"2".repeat(32)}.example.`, "NSEC3")],
      },
    ]);
    expect(found).toMatchObject({ nsecs: [], nsecUses: [], problem: null });
  });

  test("come in one order, whatever theirs was", () => {
    const [a, b, c] = [nsec("a.example."), nsec("b.example."), nsec("c.example.")];
    const sorted = [name("a.example."), name("b.example."), name("c.example.")];
    for (const order of [
      [a, b, c],
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ]) {
      expect(read(order.flat()).nsecs.map(({ owner }) => owner)).toEqual(sorted);
    }
  });
});

describe("records of no account", () => {
  test("are those outside the zone: they are not even a problem", () => {
    expect(read(nsec("a.other."))).toEqual(NOTHING);
    expect(read([...nsec("a.other."), ...nsec("a.example.")], 1)).toMatchObject({ nsecs: [{}], problem: null });
  });

  test("are NSEC3 records of an unknown hash or with unknown flags, also beside a known one", () => {
    expect(read(signed(key, nsec3Text(HASH, "2 0 0 -")))).toEqual(NOTHING);
    expect(read(signed(key, nsec3Text(HASH, "1 2 0 -")))).toEqual(NOTHING);
    expect(read(signed(key, `${nsec3Text(HASH)}\n${nsec3Text(HASH, "2 0 0 -")}`))).toEqual(NOTHING);
  });
});

describe("more RRsets than the policy allows", () => {
  test("are not read at all, and the first type is told", () => {
    const many = [...nsec("a.example."), ...nsec("b.example.")];
    expect(read(many, 1)).toEqual({ ...NOTHING, problem: problem("work-limit", "example.", "NSEC") });
    const mixed = [...signed(key, nsec3Text(HASH)), ...nsec("a.example.")];
    expect(read(mixed, 1)).toEqual({ ...NOTHING, problem: problem("work-limit", "example.", "NSEC") });
    const hashed = [HASH, NEXT].flatMap((label) => signed(key, nsec3Text(label)));
    expect(read(hashed, 1)).toEqual({ ...NOTHING, problem: problem("work-limit", "example.", "NSEC3") });
  });

  test("are more than the number it gives, which is still read", () => {
    expect(read([...nsec("a.example."), ...nsec("b.example.")], 2)).toMatchObject({ nsecs: [{}, {}], problem: null });
  });
});

describe("signed records that break the form", () => {
  const malformed = (owner: string, type: string): unknown => ({
    ...NOTHING,
    problem: problem("malformed", owner, type),
  });

  test("of type NSEC: unreadable, two at a name, or made from a wildcard", () => {
    const [record] = readZone("a.example. 60 IN NSEC z.example. A");
    if (record === undefined) throw new Error("no record");
    const unreadable = { ...record, data: Buffer.from([9, 9]).toString("base64") };
    expect(read([unreadable, signSet(key, [unreadable])])).toEqual(malformed("a.example.", "NSEC"));
    const two = signed(key, "a.example. 60 IN NSEC z.example. A\na.example. 60 IN NSEC y.example. A");
    expect(read(two)).toEqual(malformed("a.example.", "NSEC"));
    const expanded = nsec("a.example.", { labels: 1, owner: name("*.example.") });
    expect(read(expanded)).toEqual(malformed("a.example.", "NSEC"));
  });

  test("of type NSEC3: unreadable, or not at a hash directly below the apex", () => {
    const [record] = readZone(nsec3Text(HASH));
    if (record === undefined) throw new Error("no record");
    const unreadable = { ...record, data: Buffer.from([1, 0]).toString("base64") };
    expect(read([unreadable, signSet(key, [unreadable])])).toEqual(malformed(`${HASH}.example.`, "NSEC3"));
    for (const label of [`${HASH}0`, `0${HASH}`, `-${HASH}`, `${HASH}-`, `w${HASH.slice(1)}`, `${HASH}.sub`]) {
      expect(read(signed(key, nsec3Text(label)))).toEqual(malformed(`${label}.example.`, "NSEC3"));
    }
  });
});

describe("the problem that is told", () => {
  const told = (...records: readonly ResourceRecord[][]): unknown => read(records.flat()).problem;
  const unsigned = (owner: string): ResourceRecord[] => [...readZone(`${owner} 60 IN NSEC z.example. A`)];
  const expired = (owner: string): ResourceRecord[] => [...nsec(owner, EXPIRED)];

  test("is the one closest to a good signature", () => {
    const first = problem("signature-expired", "a.example.", "NSEC");
    const second = problem("signature-expired", "b.example.", "NSEC");
    expect(told(unsigned("a.example."), expired("b.example."))).toEqual(second);
    expect(told(expired("a.example."), unsigned("b.example."))).toEqual(first);
  });

  test("is the first of equals by owner, and NSEC before NSEC3", () => {
    const first = problem("signature-expired", "a.example.", "NSEC");
    expect(told(expired("a.example."), expired("b.example."))).toEqual(first);
    expect(told(expired("b.example."), expired("a.example."))).toEqual(first);
    const hashed = [...signed(key, nsec3Text(HASH), EXPIRED)];
    const beside = problem("signature-expired", `${HASH}.example.`, "NSEC");
    expect(told(hashed, expired(`${HASH}.example.`))).toEqual(beside);
  });

  test("is told beside records that are good", () => {
    expect(read([...nsec("a.example."), ...nsec("b.example.", EXPIRED)])).toMatchObject({
      nsecs: [{ owner: "a.example." }],
      problem: { reason: "signature-expired", record: { name: "b.example.", type: "NSEC" } },
    });
  });
});
