import { WireProblem } from "../octet-reader.ts";
import type { Parsed } from "../parsed.ts";
import { readRdata } from "./read-rdata.ts";

/** Reads the character-strings of a TXT or SPF record, at least one (RFC 1035 section 3.3.14). */
export function parseTxt(data: string | Uint8Array): Parsed<readonly Uint8Array[]> {
  return readRdata(data, (reader) => {
    const strings: Uint8Array[] = [];
    while (reader.left > 0) strings.push(reader.counted("a character-string"));
    if (strings.length === 0) throw new WireProblem("there is no character-string");
    return strings;
  });
}
