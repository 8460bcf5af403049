import { malformed, parsed, type Parsed } from "../wire/parsed.ts";
import type { Dnskey } from "../wire/rdata/dnskey.ts";
import { RSA_ALGORITHMS } from "./algorithm.ts";

/** Big-endian, without leading zero octets. */
export interface RsaKey {
  readonly exponent: Uint8Array;
  readonly modulus: Uint8Array;
}

/** RFC 5702 section 2: the modulus of a DNSSEC key has at most this many bits. */
const LARGEST_MODULUS_BITS = 4096;
const SMALLEST_MODULUS_BITS = 512;
/** Larger exponents make verification slow and serve nobody; the longest in use have 33 bits. */
const LARGEST_EXPONENT_OCTETS = 8;

/** Reads the public key field of an RSA DNSKEY (RFC 3110 section 2) and refuses keys that protect nothing or cost too much. */
export function parseRsaKey(publicKey: Uint8Array): Parsed<RsaKey> {
  const short = publicKey[0] ?? 0;
  const start = short === 0 ? 3 : 1;
  const length = short === 0 ? (publicKey[1] ?? 0) * 0x100 + (publicKey[2] ?? 0) : short;
  if (length === 0 || start + length >= publicKey.length) return malformed("the RSA key is cut short");
  const exponent = withoutLeadingZeros(publicKey.subarray(start, start + length));
  const modulus = withoutLeadingZeros(publicKey.subarray(start + length));
  const bits = bitLength(modulus);
  if (bits < SMALLEST_MODULUS_BITS || bits > LARGEST_MODULUS_BITS) return malformed("the RSA modulus is out of bounds");
  if (exponent.length > LARGEST_EXPONENT_OCTETS) return malformed("the RSA exponent is out of bounds");
  if (isEven(modulus) || isEven(exponent) || bitLength(exponent) < 2) return malformed("these numbers are no RSA key");
  return parsed({ exponent, modulus });
}

/** The bits of an RSA key's modulus, whatever else is wrong with the key; null for other algorithms and unreadable keys. */
export function rsaModulusBits(key: Pick<Dnskey, "algorithm" | "publicKey">): number | null {
  if (!RSA_ALGORITHMS.has(key.algorithm)) return null;
  const short = key.publicKey[0] ?? 0;
  const start = short === 0 ? 3 : 1;
  const length = short === 0 ? (key.publicKey[1] ?? 0) * 0x100 + (key.publicKey[2] ?? 0) : short;
  const bits = bitLength(withoutLeadingZeros(key.publicKey.subarray(start + length)));
  return length === 0 || bits === 0 ? null : bits;
}

function withoutLeadingZeros(octets: Uint8Array): Uint8Array {
  const first = octets.findIndex((octet) => octet !== 0);
  return first === -1 ? new Uint8Array() : octets.subarray(first);
}

function bitLength(octets: Uint8Array): number {
  const first = octets[0];
  return first === undefined ? 0 : (octets.length - 1) * 8 + (32 - Math.clz32(first));
}

function isEven(octets: Uint8Array): boolean {
  return ((octets.at(-1) ?? 0) & 1) === 0;
}
