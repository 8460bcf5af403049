import type { Name } from "../name.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** Reads the one name that NS, CNAME, DNAME and PTR records hold (RFC 1035 section 3.3, RFC 6672). */
export function parseTargetName(data: string | Uint8Array): Parsed<Name> {
  return readRdata(data, (reader) => reader.name("the target"));
}
