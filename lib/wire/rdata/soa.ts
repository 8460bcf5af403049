import type { Name } from "../name.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** RFC 1035 section 3.3.13; times in seconds. */
export interface Soa {
  readonly primary: Name;
  readonly mailbox: Name;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  /** The TTL of negative answers, together with the SOA record's own (RFC 2308 section 4). */
  readonly minimum: number;
}

/** Reads the RDATA of an SOA record. */
export function parseSoa(data: string | Uint8Array): Parsed<Soa> {
  return readRdata(data, (reader) => ({
    primary: reader.name("the primary server"),
    mailbox: reader.name("the mailbox"),
    serial: reader.u32("the serial"),
    refresh: reader.u32("the refresh time"),
    retry: reader.u32("the retry time"),
    expire: reader.u32("the expiry time"),
    minimum: reader.u32("the minimum"),
  }));
}
