import { Buffer } from "node:buffer";
import type { ResourceRecord } from "./message.ts";
import type { Name } from "./name.ts";
import { WireProblem } from "./octet-reader.ts";
import { malformed, parsed, type Parsed } from "./parsed.ts";
import { rdataOctets, readRdata } from "./rdata/read-rdata.ts";
import { TEXT_LAYOUTS } from "./rdata/text-layouts.ts";
import type { RecordType } from "./record-type.ts";
import { zoneLines, type ZoneToken } from "./zone-token.ts";

const RDATA_LIMIT = 0xffff;

/**
 * A record's data for people, in master-file form with names in lower case. Unknown types, and data that is not what its type
 * demands, are written as RFC 3597 section 5 says.
 */
export function formatRdata(record: Pick<ResourceRecord, "type" | "data">): string {
  const layout = TEXT_LAYOUTS.get(record.type);
  if (layout !== undefined) {
    const text = readRdata(record.data, (reader) => layout.map((field) => field.write(reader)));
    if (text.ok) return text.value.filter((part) => part !== "").join(" ");
  }
  const octets = rdataOctets(record.data);
  const hex = octets.ok ? Buffer.from(octets.value).toString("hex") : "";
  return `\\# ${hex.length / 2} ${hex}`.trimEnd();
}

/**
 * The RDATA octets of master-file text, names being relative to `origin`. Any type may be in the form of RFC 3597 section 5,
 * whose octets are taken as they are.
 */
export function parseRdataText(type: RecordType, text: string, origin: Name): Parsed<Uint8Array> {
  try {
    const lines = zoneLines(text);
    if (lines.length > 1) return malformed("the data is of several lines");
    return parsed(rdataOfTokens(type, lines[0]?.tokens ?? [], origin));
  } catch (error) {
    if (error instanceof WireProblem) return malformed(error.message);
    throw error;
  }
}

/** As parseRdataText, for text that is split already. Throws WireProblem. */
export function rdataOfTokens(type: RecordType, tokens: readonly ZoneToken[], origin: Name): Uint8Array {
  const [first] = tokens;
  if (first?.text === "\\#" && !first.quoted) return genericRdata(tokens.slice(1));
  const layout = TEXT_LAYOUTS.get(type);
  if (layout === undefined) throw new WireProblem(`the text form of ${type} is not known, only \\# is`);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const field of layout) {
    const own = tokens.slice(at, field.rest === true ? tokens.length : at + 1);
    if (own.length === 0 && field.rest !== true) throw new WireProblem(`the ${type} record has too few fields`);
    parts.push(field.read(own, origin));
    at += own.length;
  }
  if (at < tokens.length) throw new WireProblem(`the ${type} record has too many fields`);
  return bounded(Buffer.concat(parts));
}

/** Length and hexadecimal octets (RFC 3597 section 5). */
function genericRdata(tokens: readonly ZoneToken[]): Uint8Array {
  const [length, ...rest] = tokens.map((token) => token.text);
  const hex = rest.join("");
  const isWhole = /^([0-9a-f]{2})*$/i.test(hex) && /^\d{1,5}$/.test(length ?? "");
  if (!isWhole || Number(length) !== hex.length / 2)
    throw new WireProblem("the \\# form does not have the length it says");
  return bounded(Buffer.from(hex, "hex"));
}

function bounded(octets: Uint8Array): Uint8Array {
  if (octets.length > RDATA_LIMIT) throw new WireProblem("the data is longer than 65535 octets");
  return new Uint8Array(octets);
}
