import { Buffer } from "node:buffer";
import type { ExtendedError, Reply } from "./message.ts";
import { OctetReader } from "./octet-reader.ts";

/** Option codes (RFC 7830, RFC 8914) and the DO bit among the OPT record's flags (RFC 3225). */
export const PADDING_OPTION = 12;
export const EXTENDED_ERROR_OPTION = 15;
export const DNSSEC_OK_BIT = 0x8000;

/** Explanations are for people: a handful, each of one line, is enough. */
const EXTENDED_ERROR_LIMIT = 8;
const EXTENDED_ERROR_TEXT_LIMIT = 200;

/** What an OPT record says, with the upper bits of the response code as `extendedRcode` (RFC 6891 section 6.1.3). */
export interface Opt {
  readonly edns: NonNullable<Reply["edns"]>;
  readonly extendedRcode: number;
}

/** Reads an OPT record's fields. Throws WireProblem when its options do not fill the RDATA exactly. */
export function readOpt(recordClass: number, ttl: number, rdata: Uint8Array): Opt {
  const errors: ExtendedError[] = [];
  const reader = new OctetReader(rdata);
  while (reader.left > 0) {
    const code = reader.u16("an EDNS option code");
    const value = reader.take(reader.u16("an EDNS option length"), "an EDNS option");
    if (code !== EXTENDED_ERROR_OPTION || errors.length === EXTENDED_ERROR_LIMIT) continue;
    // An explanation too short to hold its code explains nothing; the answer it comes with is still an answer.
    if (value.length >= 2) errors.push(readExtendedError(value));
  }
  const dnssecOk = (ttl & DNSSEC_OK_BIT) !== 0;
  return { edns: { udpSize: recordClass, dnssecOk, errors }, extendedRcode: ttl >>> 24 };
}

function readExtendedError(value: Uint8Array): ExtendedError {
  const code = (value[0] ?? 0) * 0x100 + (value[1] ?? 0);
  const text = Buffer.from(value.subarray(2, 2 + 4 * EXTENDED_ERROR_TEXT_LIMIT)).toString("utf8");
  return { code, text: Array.from(printable(text)).slice(0, EXTENDED_ERROR_TEXT_LIMIT).join("").trimEnd() };
}

/** Controls, direction marks, private and unassigned characters, odd spaces and undecodable octets become question marks. */
function printable(text: string): string {
  return text.replace(/(?! )[\p{C}\p{Z}\ufffd]/gu, "?");
}
