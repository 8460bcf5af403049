import { WireProblem } from "../octet-reader.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** RFC 4034 section 5.1; CDS has the same form (RFC 7344). */
export interface Ds {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Uint8Array;
}

/** Reads the RDATA of a DS or CDS record. The digest is not empty; whether its length suits its type is not judged here. */
export function parseDs(data: string | Uint8Array): Parsed<Ds> {
  return readRdata(data, (reader) => {
    const keyTag = reader.u16("the key tag");
    const algorithm = reader.u8("the algorithm");
    const digestType = reader.u8("the digest type");
    const digest = reader.rest();
    if (digest.length === 0) throw new WireProblem("the digest is empty");
    return { keyTag, algorithm, digestType, digest };
  });
}
