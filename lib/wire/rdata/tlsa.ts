import { WireProblem } from "../octet-reader.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** RFC 6698 section 2.1; SMIMEA has the same form (RFC 8162). */
export interface Tlsa {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly association: Uint8Array;
}

/** Reads the RDATA of a TLSA or SMIMEA record. The association data is not empty; its length is not judged here. */
export function parseTlsa(data: string | Uint8Array): Parsed<Tlsa> {
  return readRdata(data, (reader) => {
    const usage = reader.u8("the certificate usage");
    const selector = reader.u8("the selector");
    const matchingType = reader.u8("the matching type");
    const association = reader.rest();
    if (association.length === 0) throw new WireProblem("the association data is empty");
    return { usage, selector, matchingType, association };
  });
}
