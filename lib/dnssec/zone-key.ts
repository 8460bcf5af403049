import { createHash } from "node:crypto";
import type { ResourceRecord } from "../wire/message.ts";
import { toWire, type Name } from "../wire/name.ts";
import { parseDnskey, type Dnskey } from "../wire/rdata/dnskey.ts";
import type { Ds } from "../wire/rdata/ds.ts";
import { rdataOctets } from "../wire/rdata/read-rdata.ts";
import { curveBits } from "./public-key.ts";
import { rsaModulusBits } from "./rsa-key.ts";

/** A DNSKEY record with the octets that a DS is a digest of. */
export interface ZoneKey extends Dnskey {
  readonly rdata: Uint8Array;
}

/** What people want to know about a key. `bits`: modulus or curve size; null when unknown. */
export interface KeySummary {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly flags: number;
  readonly bits: number | null;
  /** Secure entry point: the flag that marks a key-signing key, without effect on validation (RFC 4034 section 2.1.1). */
  readonly sep: boolean;
  readonly revoked: boolean;
}

/** What people want to know about a DS record or trust anchor. */
export interface DsSummary {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
}

const ZONE_KEY_FLAG = 0x0100;
const REVOKE_FLAG = 0x0080;
const SEP_FLAG = 0x0001;
const DNSSEC_PROTOCOL = 3;

/** RFC 4509, RFC 6605 section 2. SHA-1 is here so that a policy may still allow it. */
const DIGEST_HASHES: ReadonlyMap<number, string> = new Map([
  [1, "sha1"],
  [2, "sha256"],
  [4, "sha384"],
]);

/** The readable keys among DNSKEY records, in an order that does not depend on theirs. */
export function zoneKeysOf(records: readonly ResourceRecord[]): readonly ZoneKey[] {
  const sorted = [...records].sort((a, b) => (a.data < b.data ? -1 : Number(a.data > b.data)));
  return sorted.flatMap(({ data }) => {
    const key = parseDnskey(data);
    const rdata = rdataOctets(data);
    return key.ok && rdata.ok ? [{ ...key.value, rdata: rdata.value }] : [];
  });
}

/**
 * Whether the key may validate zone data (RFC 4034 sections 2.1.1 and 2.1.2). The REVOKE flag concerns trust anchors that are
 * kept up to date automatically (RFC 5011 section 2.1); validators in the field heed it nowhere else, and nor does this one.
 */
export function maySignZone(key: Pick<Dnskey, "flags" | "protocol">): boolean {
  const isZoneKey = (key.flags & ZONE_KEY_FLAG) !== 0;
  return isZoneKey && key.protocol === DNSSEC_PROTOCOL;
}

/** RFC 5011 section 2.1: no trust anchor any more. */
export function isRevoked({ flags }: Pick<Dnskey, "flags">): boolean {
  return (flags & REVOKE_FLAG) !== 0;
}

/** Whether `ds` names `key`, judged by the cheap fields only. */
export function mayMatch(ds: Ds, key: Dnskey): boolean {
  return ds.keyTag === key.keyTag && ds.algorithm === key.algorithm;
}

/** Whether `ds` is the digest of this key of this zone (RFC 4034 section 5.1.4); false for digests that are not computed. */
export function isDigestOf(ds: Ds, zone: Name, key: ZoneKey): boolean {
  const digest = digestOfKey(ds.digestType, zone, key.rdata);
  return digest !== null && Buffer.from(ds.digest).equals(digest);
}

/** The DS digest of a DNSKEY's RDATA; null for digest types that are not computed. */
export function digestOfKey(digestType: number, zone: Name, rdata: Uint8Array): Buffer | null {
  const hash = DIGEST_HASHES.get(digestType);
  return hash === undefined ? null : createHash(hash).update(toWire(zone)).update(rdata).digest();
}

export function summariseKey(key: ZoneKey): KeySummary {
  const { keyTag, algorithm, flags } = key;
  const bits = rsaModulusBits(key) ?? curveBits(algorithm);
  return { keyTag, algorithm, flags, bits, sep: (flags & SEP_FLAG) !== 0, revoked: isRevoked(key) };
}
