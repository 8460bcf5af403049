import { describe, expect, test } from "@jest/globals";
import { DNSSEC_POLICY } from "../../data/dnssec-policy.ts";
import { proveDenial, proveExpansion, type DenialClaim } from "../../lib/dnssec/denial.ts";
import { hashName } from "../../lib/dnssec/nsec3-hash.ts";
import { Recall } from "../../lib/dnssec/recall.ts";
import { openSession, type Session, type ValidationContext } from "../../lib/dnssec/session.ts";
import { createSignatureMemo } from "../../lib/dnssec/signature-memo.ts";
import { zoneKeysOf } from "../../lib/dnssec/zone-key.ts";
import type { ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { RCODE } from "../../lib/wire/rcode.ts";
import { TEST_TIME } from "./support/signed-zones.ts";
import { makeKey, signed } from "./support/signer.ts";

const key = makeKey("example.");
const signer = { zone: key.zone, keys: zoneKeysOf([key.record]) };

function sessionWith(hashesPerQuestion: number = DNSSEC_POLICY.bounds.hashesPerQuestion): Session {
  const policy = { ...DNSSEC_POLICY, bounds: { ...DNSSEC_POLICY.bounds, hashesPerQuestion } };
  const context: ValidationContext = {
    anchors: [],
    at: TEST_TIME,
    policy,
    memo: createSignatureMemo(),
    keySets: new Recall(),
    answers: new WeakMap(),
  };
  return openSession(context, () => undefined);
}

function claim(
  owner: string,
  type: string,
  authority: readonly ResourceRecord[],
  rcode: number = RCODE.NOERROR,
): DenialClaim {
  return { name: name(owner), type, rcode, authority };
}

const hash = (owner: string): string => hashName(name(owner), new Uint8Array(), 0);
const APEX_TYPES = "NS SOA RRSIG DNSKEY";
/** The only NSEC of its zone. */
const LONE_NSEC = signed(key, `example. 60 IN NSEC example. ${APEX_TYPES} NSEC`);

/** A record of a chain without salt and extra iterations; when it is the only one, it covers all but its owner. */
function nsec3(owner: string, types: string, flags = 0, next: string = owner): readonly ResourceRecord[] {
  return signed(key, `${hash(owner)}.example. 60 IN NSEC3 1 ${flags} 0 - ${hash(next)} ${types}`);
}

const LONE_NSEC3 = nsec3("example.", APEX_TYPES);
const OPT_OUT_NSEC3 = nsec3("example.", APEX_TYPES, 1);

const byNsec = { method: "nsec", uses: [{ type: "NSEC", name: "example." }], nsec3: null };
const byNsec3 = (optOut: boolean): unknown => ({
  ...{ method: "nsec3", uses: [{ type: "NSEC3" }], nsec3: { iterations: 0, saltLength: 0, optOut } },
});

describe("a proven denial", () => {
  test("by NSEC says what there is, and how that was proven", () => {
    expect(proveDenial(claim("example.", "TXT", LONE_NSEC), signer, sessionWith())).toMatchObject({
      ...{ kind: "nodata", types: new Set([...APEX_TYPES.split(" "), "NSEC"]), nameExists: true, proof: byNsec },
    });
    const nxdomain = claim("q.example.", "A", LONE_NSEC, RCODE.NXDOMAIN);
    expect(proveDenial(nxdomain, signer, sessionWith())).toMatchObject({
      ...{ kind: "nxdomain", types: null, nameExists: false, proof: byNsec },
    });
  });

  test("by the NXNAME of the name itself is compact", () => {
    const authority = signed(key, "q.example. 60 IN NSEC \\000.q.example. RRSIG NSEC NXNAME");
    expect(proveDenial(claim("q.example.", "A", authority), signer, sessionWith())).toMatchObject({
      ...{ kind: "nxdomain", types: null, nameExists: false },
      proof: { method: "compact", uses: [{ name: "q.example." }], nsec3: null },
    });
  });

  test("by NSEC3 says what there is, and how the records are made", () => {
    expect(proveDenial(claim("example.", "TXT", LONE_NSEC3), signer, sessionWith())).toMatchObject({
      ...{ kind: "nodata", types: new Set(APEX_TYPES.split(" ")), nameExists: true, proof: byNsec3(false) },
    });
    const nxdomain = claim("q.example.", "A", LONE_NSEC3, RCODE.NXDOMAIN);
    expect(proveDenial(nxdomain, signer, sessionWith())).toMatchObject({
      ...{ kind: "nxdomain", types: null, nameExists: false, proof: byNsec3(false) },
    });
  });

  test("tells of opt-out when one of its records has it", () => {
    const plain = nsec3("example.", APEX_TYPES, 0, "www.example.");
    const optOut = nsec3("www.example.", "A", 1, "example.");
    expect(proveDenial(claim("example.", "TXT", [...plain, ...optOut]), signer, sessionWith())).toMatchObject({
      ...{ kind: "nodata", proof: { method: "nsec3", uses: [{}, {}], nsec3: { optOut: true } } },
    });
    expect(proveDenial(claim("q.example.", "DS", OPT_OUT_NSEC3), signer, sessionWith())).toMatchObject({
      ...{ kind: "insecure", reason: "opt-out", proof: byNsec3(true) },
    });
  });
});

describe("that nothing is closer than a wildcard", () => {
  const apex = name("example.");
  const expansion = (authority: readonly ResourceRecord[], encloser = apex): unknown =>
    proveExpansion(claim("a.b.example.", "A", authority), encloser, signer, sessionWith());

  test("is proven by NSEC or by NSEC3", () => {
    expect(expansion(LONE_NSEC)).toMatchObject({ kind: "proven", proof: byNsec });
    expect(expansion(LONE_NSEC3)).toMatchObject({ kind: "proven", proof: byNsec3(false) });
  });

  test("cannot be known under opt-out", () => {
    expect(expansion(OPT_OUT_NSEC3)).toMatchObject({ kind: "insecure", reason: "opt-out", proof: byNsec3(true) });
  });

  test("is not proven by records that say nothing of the closer name, nor by none", () => {
    const missing = { kind: "unproven", reason: "wildcard-proof-missing", record: { name: "a.b.example.", type: "A" } };
    expect(expansion(nsec3("b.example.", "A"))).toEqual(missing);
    expect(expansion(nsec3("b.example.", "A", 1))).toEqual(missing);
    expect(expansion(signed(key, "a.b.example. 60 IN NSEC example. A"))).toEqual(missing);
    expect(expansion([])).toEqual(missing);
  });
});

describe("hashing", () => {
  const nxdomain = claim("q.example.", "A", LONE_NSEC3, RCODE.NXDOMAIN);
  /** The name, its closest encloser and the wildcard. */
  const HASHES = 3;

  test("is done once for each name, and counted", () => {
    const session = sessionWith();
    expect(proveDenial(nxdomain, signer, session)).toMatchObject({ kind: "nxdomain" });
    expect(session.spent.hashes).toBe(HASHES);
  });

  test("ends where the policy says, and the proof with it", () => {
    expect(proveDenial(nxdomain, signer, sessionWith(HASHES))).toMatchObject({ kind: "nxdomain" });
    const session = sessionWith(HASHES - 1);
    expect(proveDenial(nxdomain, signer, session)).toEqual({
      ...{ kind: "unproven", reason: "work-limit", record: { name: "q.example.", type: "A" } },
    });
    expect(session.spent.hashes).toBe(HASHES - 1);
  });
});
