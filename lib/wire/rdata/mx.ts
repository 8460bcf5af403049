import type { Name } from "../name.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** RFC 1035 section 3.3.9. The root as exchange means "no mail here" (RFC 7505). */
export interface Mx {
  readonly preference: number;
  readonly exchange: Name;
}

/** Reads the RDATA of an MX record. */
export function parseMx(data: string | Uint8Array): Parsed<Mx> {
  return readRdata(data, (reader) => ({
    preference: reader.u16("the preference"),
    exchange: reader.name("the exchange"),
  }));
}
