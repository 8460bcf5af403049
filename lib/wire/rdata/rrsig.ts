import { Buffer } from "node:buffer";
import { toWire, type Name } from "../name.ts";
import { WireProblem } from "../octet-reader.ts";
import type { Parsed } from "../parsed.ts";
import { typeName, type RecordType } from "../record-type.ts";
import { readRdata } from "./read-rdata.ts";

/** RFC 4034 section 3.1. Times are seconds modulo 2^32, to be compared in serial number arithmetic (section 3.1.5). */
export interface Rrsig {
  readonly typeCovered: RecordType;
  readonly algorithm: number;
  readonly labels: number;
  readonly originalTtl: number;
  readonly expiration: number;
  readonly inception: number;
  readonly keyTag: number;
  readonly signer: Name;
  readonly signature: Uint8Array;
  /** The RDATA before the signature with the signer in lower case: the beginning of what is signed (section 3.1.8.1). */
  readonly signedPrefix: Uint8Array;
}

const FIXED_OCTETS = 18;

/** Reads the RDATA of an RRSIG record. The signature is not empty. */
export function parseRrsig(data: string | Uint8Array): Parsed<Rrsig> {
  return readRdata(data, (reader) => {
    const typeCovered = typeName(reader.u16("the type covered"));
    const algorithm = reader.u8("the algorithm");
    const labels = reader.u8("the label count");
    const originalTtl = reader.u32("the original TTL");
    const expiration = reader.u32("the expiration");
    const inception = reader.u32("the inception");
    const keyTag = reader.u16("the key tag");
    const signer = reader.name("the signer");
    const signature = reader.rest();
    if (signature.length === 0) throw new WireProblem("the signature is empty");
    const signedPrefix = Buffer.concat([reader.bytes.subarray(0, FIXED_OCTETS), toWire(signer)]);
    return {
      ...{ typeCovered, algorithm, labels, originalTtl, expiration, inception, keyTag },
      ...{ signer, signature, signedPrefix },
    };
  });
}
