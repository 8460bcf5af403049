import { describe, expect, test } from "@jest/globals";
import { DNSSEC_POLICY } from "../../data/dnssec-policy.ts";
import type { Answer, ProvenDenial, ProvenSet } from "../../lib/dnssec/answer.ts";
import { withProvenSoa } from "../../lib/dnssec/denial-soa.ts";
import { bogus, type SignatureUse } from "../../lib/dnssec/outcome.ts";
import { Recall } from "../../lib/dnssec/recall.ts";
import { openSession, type ValidationContext } from "../../lib/dnssec/session.ts";
import { createSignatureMemo } from "../../lib/dnssec/signature-memo.ts";
import { zoneKeysOf } from "../../lib/dnssec/zone-key.ts";
import type { Reply, ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { readZone, TEST_TIME } from "./support/signed-zones.ts";
import { makeKey, signed } from "./support/signer.ts";

const key = makeKey("example.");
const zone = key.zone;
const question = { name: name("www.example."), type: "A" };
const SOA = "example. 60 IN SOA ns.example. hostmaster.example. 1 3600 600 86400 60";

const nsecUse: SignatureUse = {
  ...{ zone, name: question.name, type: "NSEC", algorithm: 15, keyTag: key.keyTag },
  ...{ inception: TEST_TIME - 1, expiration: TEST_TIME + 1 },
};
const nodata: ProvenDenial = {
  ...{ kind: "nodata", types: new Set(["TXT"]), nameExists: true },
  proof: { method: "nsec", uses: [nsecUse], nsec3: null },
};
const nxdomain: ProvenDenial = { ...nodata, kind: "nxdomain", types: null, nameExists: false };
const positive: ProvenSet = { kind: "positive", records: [], uses: [nsecUse], wildcard: null, proof: null };

function withSoa(answer: Answer, authority: readonly ResourceRecord[]): Answer {
  const context: ValidationContext = {
    anchors: [],
    at: TEST_TIME,
    policy: DNSSEC_POLICY,
    memo: createSignatureMemo(),
    keySets: new Recall(),
    answers: new WeakMap(),
  };
  const reply: Reply = {
    ...{ rcode: 0, flags: ["rd", "ra"], question, answer: [], authority, additional: [] },
    edns: { udpSize: 1232, dnssecOk: true, errors: [] },
  };
  const session = openSession(context, () => undefined);
  return withProvenSoa(answer, reply, { zone, keys: zoneKeysOf([key.record]) }, session);
}

describe.each([
  ["no data", nodata],
  ["a name error", nxdomain],
])("a denial of %s", (_, denial) => {
  test("rests on the signature of its SOA too", () => {
    const found = withSoa(denial, signed(key, SOA));
    const soaUse = {
      ...nsecUse,
      name: zone,
      type: "SOA",
      inception: expect.any(Number),
      expiration: expect.any(Number),
    };
    expect(found).toEqual({ ...denial, proof: { method: "nsec", uses: [nsecUse, soaUse], nsec3: null } });
  });

  test("is as it was without an SOA of the zone", () => {
    expect(withSoa(denial, [])).toBe(denial);
    expect(withSoa(denial, readZone(SOA.replace("example.", "sub.example.")))).toBe(denial);
  });

  test("is bogus when the signature of its SOA is not good", () => {
    const broken = { status: "bogus", zone, record: { name: zone, type: "SOA" } };
    const detail = "the SOA of the denial is not validly signed";
    expect(withSoa(denial, readZone(SOA))).toEqual({ ...broken, reason: "no-signature", detail });
    expect(withSoa(denial, signed(key, SOA, { expiration: TEST_TIME - 1 }))).toEqual({
      ...broken,
      ...{ reason: "signature-expired", detail },
    });
  });
});

describe("the SOA says nothing about", () => {
  test.each<readonly [string, Answer]>([
    ["a positive answer", positive],
    ["an alias", { kind: "alias", to: name("other.example."), by: "CNAME", set: positive }],
    ["an unprovable denial", { kind: "insecure", reason: "opt-out", proof: nodata.proof }],
    ["a failure", bogus(zone, question, "denial-missing", "the denial is not proven")],
    ["a question still to be asked", { status: "need", questions: [question] }],
  ])("%s", (_, answer) => {
    expect(withSoa(answer, readZone(SOA))).toBe(answer);
    expect(withSoa(answer, signed(key, SOA))).toBe(answer);
  });
});
