import { createPublicKey, verify, type JsonWebKey, type KeyObject } from "node:crypto";
import { malformed, parsed, type Parsed } from "../wire/parsed.ts";
import type { Dnskey } from "../wire/rdata/dnskey.ts";
import { ALGORITHM } from "./algorithm.ts";
import { parseRsaKey } from "./rsa-key.ts";

/** A key that can verify signatures of its algorithm. Never throws: a malformed signature does not verify. */
export interface PublicKey {
  readonly verifies: (signed: Uint8Array, signature: Uint8Array) => boolean;
}

interface Curve {
  readonly kty: "EC" | "OKP";
  readonly crv: string;
  /** Octets of one coordinate (EC) or of the whole key (OKP). */
  readonly size: number;
  readonly hash: string | null;
  readonly signatureSize: number;
}

/** RFC 6605 section 4; RFC 8080 sections 3 and 4. */
const CURVES: ReadonlyMap<number, Curve> = new Map<number, Curve>([
  [ALGORITHM.ECDSAP256SHA256, { kty: "EC", crv: "P-256", size: 32, hash: "sha256", signatureSize: 64 }],
  [ALGORITHM.ECDSAP384SHA384, { kty: "EC", crv: "P-384", size: 48, hash: "sha384", signatureSize: 96 }],
  [ALGORITHM.ED25519, { kty: "OKP", crv: "Ed25519", size: 32, hash: null, signatureSize: 64 }],
  [ALGORITHM.ED448, { kty: "OKP", crv: "Ed448", size: 57, hash: null, signatureSize: 114 }],
]);

/** RFC 5702 section 3. */
const RSA_HASHES: ReadonlyMap<number, string> = new Map([
  [ALGORITHM.RSASHA256, "sha256"],
  [ALGORITHM.RSASHA512, "sha512"],
]);

/** The key in a DNSKEY record, ready to verify; a problem when its algorithm cannot be computed or its octets are no such key. */
export function publicKeyOf(key: Pick<Dnskey, "algorithm" | "publicKey">): Parsed<PublicKey> {
  const rsaHash = RSA_HASHES.get(key.algorithm);
  if (rsaHash !== undefined) return rsaPublicKey(key.publicKey, rsaHash);
  const curve = CURVES.get(key.algorithm);
  return curve === undefined ? malformed("the algorithm is not computed here") : curvePublicKey(key.publicKey, curve);
}

/** The strength in bits that people quote for a key: the RSA modulus or the curve's size; null when unreadable. */
export function curveBits(algorithm: number): number | null {
  const curve = CURVES.get(algorithm);
  if (curve === undefined) return null;
  return algorithm === ALGORITHM.ED448 ? 456 : curve.size * 8;
}

function rsaPublicKey(octets: Uint8Array, hash: string): Parsed<PublicKey> {
  const numbers = parseRsaKey(octets);
  if (!numbers.ok) return numbers;
  const { exponent, modulus } = numbers.value;
  const key = importJwk({ kty: "RSA", e: base64url(exponent), n: base64url(modulus) });
  if (!key.ok) return key;
  return parsed({ verifies: (signed, signature) => verifies(hash, signed, key.value, signature) });
}

function curvePublicKey(octets: Uint8Array, curve: Curve): Parsed<PublicKey> {
  const coordinates = curve.kty === "EC" ? 2 : 1;
  if (octets.length !== coordinates * curve.size) return malformed(`the ${curve.crv} key has the wrong length`);
  const x = base64url(octets.subarray(0, curve.size));
  const y = curve.kty === "EC" ? { y: base64url(octets.subarray(curve.size)) } : {};
  const key = importJwk({ kty: curve.kty, crv: curve.crv, x, ...y });
  if (!key.ok) return key;
  return parsed({
    verifies: (signed, signature) =>
      signature.length === curve.signatureSize && verifies(curve.hash, signed, key.value, signature),
  });
}

/** OpenSSL refuses points that are not on the curve and numbers that are no key, by throwing. */
function importJwk(jwk: JsonWebKey): Parsed<KeyObject> {
  try {
    return parsed(createPublicKey({ key: jwk, format: "jwk" }));
  } catch {
    return malformed("the octets are no key of their algorithm");
  }
}

function verifies(hash: string | null, signed: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  try {
    return verify(hash, signed, { key, dsaEncoding: "ieee-p1363" }, signature);
  } catch {
    return false;
  }
}

function base64url(octets: Uint8Array): string {
  return Buffer.from(octets).toString("base64url");
}
