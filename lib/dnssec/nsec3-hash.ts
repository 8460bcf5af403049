import { hash } from "node:crypto";
import { toBase32Hex } from "../wire/base32hex.ts";
import { toWire, type Name } from "../wire/name.ts";

/** The only hash that NSEC3 has (RFC 5155 section 11). */
export const NSEC3_SHA1 = 1;
export const NSEC3_HASH_OCTETS = 20;

/** The hashed owner name as an NSEC3 owner's first label, base32hex in lower case (RFC 5155 sections 3.3 and 5). */
export function hashName(name: Name, salt: Uint8Array, iterations: number): string {
  let digest: Uint8Array = toWire(name);
  for (let round = 0; round <= iterations; round += 1) {
    digest = hash("sha1", Buffer.concat([digest, salt]), { outputEncoding: "buffer" });
  }
  return toBase32Hex(digest);
}
