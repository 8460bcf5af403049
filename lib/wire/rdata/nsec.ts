import type { Name } from "../name.ts";
import type { Parsed } from "../parsed.ts";
import type { RecordType } from "../record-type.ts";
import { readRdata } from "./read-rdata.ts";
import { readTypeBitmap } from "./type-bitmap.ts";

/** RFC 4034 section 4.1. */
export interface Nsec {
  readonly next: Name;
  readonly types: ReadonlySet<RecordType>;
}

/** Reads the RDATA of an NSEC record. */
export function parseNsec(data: string | Uint8Array): Parsed<Nsec> {
  return readRdata(data, (reader) => ({ next: reader.name("the next name"), types: readTypeBitmap(reader) }));
}
