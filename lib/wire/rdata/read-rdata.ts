import { Buffer } from "node:buffer";
import { OctetReader, WireProblem } from "../octet-reader.ts";
import { malformed, parsed, type Parsed } from "../parsed.ts";

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The octets of a record's `data`, which must be base64 without white space. */
export function rdataOctets(data: string): Parsed<Uint8Array> {
  if (data.length % 4 !== 0 || !BASE64.test(data)) return malformed("the data is not base64");
  return parsed(new Uint8Array(Buffer.from(data, "base64")));
}

/** Runs `read` over RDATA given as base64 or octets. Whatever it leaves unread is a problem, as is every WireProblem it throws. */
export function readRdata<T>(data: string | Uint8Array, read: (reader: OctetReader) => T): Parsed<T> {
  const octets = typeof data === "string" ? rdataOctets(data) : parsed(data);
  if (!octets.ok) return octets;
  const reader = new OctetReader(octets.value);
  try {
    const value = read(reader);
    return reader.left === 0 ? parsed(value) : malformed("octets are left over after the last field");
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}
