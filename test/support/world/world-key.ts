import { createECDH, createHash, createPrivateKey, type KeyObject, sign } from "node:crypto";
import { digestOfKey } from "../../../lib/dnssec/zone-key.ts";
import type { ResourceRecord } from "../../../lib/wire/message.ts";
import type { Name } from "../../../lib/wire/name.ts";
import { parseDnskey } from "../../../lib/wire/rdata/dnskey.ts";

/** The one key of a zone of a made world, ECDSA P-256 (RFC 6605), the same every time: it signs keys and data alike. */
export interface WorldKey {
  readonly zone: Name;
  readonly dnskey: ResourceRecord;
  readonly keyTag: number;
  readonly secret: KeyObject;
}

export const ALGORITHM = 13;
export const DIGEST_SHA256 = 2;
export const KEY_TTL = 3600;

/** Zone key and secure entry point; DNSSEC's protocol number (RFC 4034 section 2.1). */
const KEY_FIELDS = Buffer.from([0x01, 0x01, 0x03, ALGORITHM]);
const COORDINATE_OCTETS = 32;

const keys = new Map<string, WorldKey>();

/** The key of a zone; `which` tells a zone's keys apart. */
export function keyOf(zone: Name, which: "own" | "strange" = "own"): WorldKey {
  const id = `${which} ${zone}`;
  const known = keys.get(id);
  if (known !== undefined) return known;
  const key = makeKey(zone, createHash("sha256").update(`a key for scenarios, ${id}`).digest());
  keys.set(id, key);
  return key;
}

function makeKey(zone: Name, seed: Buffer): WorldKey {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(seed);
  const point = curve.getPublicKey().subarray(1);
  const base64url = (octets: Buffer): string => octets.toString("base64url");
  const jwk = {
    ...{ kty: "EC", crv: "P-256", d: base64url(seed) },
    x: base64url(point.subarray(0, COORDINATE_OCTETS)),
    y: base64url(point.subarray(COORDINATE_OCTETS)),
  };
  const data = Buffer.concat([KEY_FIELDS, point]).toString("base64");
  const parsed = parseDnskey(data);
  if (!parsed.ok) throw new Error(parsed.problem);
  const dnskey = { name: zone, type: "DNSKEY", ttl: KEY_TTL, data };
  return { zone, dnskey, keyTag: parsed.value.keyTag, secret: createPrivateKey({ key: jwk, format: "jwk" }) };
}

/** The SHA-256 digest of a key, as a DS has it. */
export function digestOf({ zone, dnskey }: WorldKey): Buffer {
  const digest = digestOfKey(DIGEST_SHA256, zone, Buffer.from(dnskey.data, "base64"));
  if (digest === null) throw new Error("no digest");
  return digest;
}

/** The DS record of a key. */
export function dsOf(key: WorldKey): ResourceRecord {
  const head = Buffer.from([key.keyTag >> 8, key.keyTag & 0xff, ALGORITHM, DIGEST_SHA256]);
  const data = Buffer.concat([head, digestOf(key)]).toString("base64");
  return { name: key.zone, type: "DS", ttl: KEY_TTL, data };
}

const signatures = new Map<string, Buffer>();

/** The signature of these octets; what was signed before is not signed anew, so that equal zones are equal to the octet. */
export function signatureOf(key: WorldKey, octets: Uint8Array): Buffer {
  const id = `${key.zone} ${String(key.keyTag)} ${createHash("sha256").update(octets).digest("base64")}`;
  const known = signatures.get(id);
  if (known !== undefined) return known;
  const made = sign("sha256", octets, { key: key.secret, dsaEncoding: "ieee-p1363" });
  signatures.set(id, made);
  return made;
}
