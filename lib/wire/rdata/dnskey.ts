import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** RFC 4034 section 2.1. `keyTag` is computed over this record (appendix B). CDNSKEY has the same form (RFC 7344). */
export interface Dnskey {
  readonly flags: number;
  readonly protocol: number;
  readonly algorithm: number;
  readonly publicKey: Uint8Array;
  readonly keyTag: number;
}

/** RSA/MD5 counts its key tag differently (RFC 4034 appendix B.1). */
const RSA_MD5 = 1;

/** Reads the RDATA of a DNSKEY or CDNSKEY record. */
export function parseDnskey(data: string | Uint8Array): Parsed<Dnskey> {
  return readRdata(data, (reader) => {
    const flags = reader.u16("the flags");
    const protocol = reader.u8("the protocol");
    const algorithm = reader.u8("the algorithm");
    const publicKey = reader.rest();
    const keyTag = algorithm === RSA_MD5 ? modulusTag(publicKey) : checksumTag(reader.bytes);
    return { flags, protocol, algorithm, publicKey, keyTag };
  });
}

function checksumTag(rdata: Uint8Array): number {
  let sum = 0;
  for (const [index, octet] of rdata.entries()) sum += index % 2 === 0 ? octet * 0x100 : octet;
  return (sum + Math.floor(sum / 0x1_0000)) % 0x1_0000;
}

/** The upper 16 of the lowest 24 bits of the modulus, which ends the key. */
function modulusTag(publicKey: Uint8Array): number {
  return (publicKey.at(-3) ?? 0) * 0x100 + (publicKey.at(-2) ?? 0);
}
