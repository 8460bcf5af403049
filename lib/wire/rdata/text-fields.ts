import { Buffer } from "node:buffer";
import { fromBase32Hex, toBase32Hex } from "../base32hex.ts";
import { parseName, ROOT, type Name } from "../name.ts";
import { octetsOfText } from "../name-text.ts";
import { WireProblem, type OctetReader } from "../octet-reader.ts";
import { parseRecordType, typeName, typeNumber } from "../record-type.ts";
import type { ZoneToken } from "../zone-token.ts";
import { parseAddress } from "./address.ts";
import { ipv4Octets, ipv6Octets } from "./address-text.ts";
import { countedOctets, quoteOctets, unescapeOctets } from "./character-string.ts";
import { rdataOctets } from "./read-rdata.ts";
import { signatureTimeSeconds, signatureTimeText } from "./signature-time.ts";
import { svcParamsOctets, svcParamsText } from "./svc-params.ts";
import { readTypeBitmap, writeTypeBitmap } from "./type-bitmap.ts";

/**
 * One field of a type's master-file form: how it is written for people, and how it is read back. Both throw WireProblem.
 * A field with `rest` takes every token that is left.
 */
export interface TextField {
  readonly write: (reader: OctetReader) => string;
  readonly read: (tokens: readonly ZoneToken[], origin: Name) => Uint8Array;
  readonly rest?: true;
}

function oneToken(write: (reader: OctetReader) => string, read: (text: string, origin: Name) => Uint8Array): TextField {
  return { write, read: ([token], origin) => read(token?.text ?? "", origin) };
}

function restOfTokens(write: TextField["write"], read: TextField["read"]): TextField {
  return { write, read, rest: true };
}

function integer(octets: 1 | 2 | 4): TextField {
  return oneToken(
    (reader) => String(reader.take(octets, "a number").reduce((sum, octet) => sum * 0x100 + octet, 0)),
    (text) => integerOctets(text, octets),
  );
}

function integerOctets(text: string, octets: 1 | 2 | 4): Uint8Array {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Infinity;
  if (value >= 0x100 ** octets) throw new WireProblem(`not a number of ${octets * 8} bits`);
  const whole = Buffer.alloc(4);
  whole.writeUInt32BE(value);
  return new Uint8Array(whole.subarray(4 - octets));
}

/** Seconds, also with the units that BIND allows: 1h30m. Throws WireProblem. */
export function secondsOf(text: string): number {
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
  if (!/^(\d{1,10}|(\d{1,10}[smhdw])+)$/i.test(text)) throw new WireProblem("not a time in seconds");
  const parts = text.toLowerCase().match(/\d+[smhdw]?/g) ?? [];
  const total = parts.reduce((sum, part) => sum + Number.parseInt(part, 10) * (units[part.at(-1) ?? ""] ?? 1), 0);
  if (total > 0xffff_ffff) throw new WireProblem("not a number of 32 bits");
  return total;
}

/** The octets of a name that may be relative to `origin`, letter case kept. Throws WireProblem. */
export function nameOctets(text: string, origin: Name): Uint8Array {
  const isAbsolute = /(^|[^\\])(\\\\)*\.$/.test(text);
  const base = origin === ROOT ? "." : `.${origin}`;
  const absolute = text === "@" ? origin : isAbsolute ? text : text + base;
  const name = valueOf(parseName(absolute));
  if (name === ROOT) return Uint8Array.of(0);
  const labels = valueOf(octetsOfText(absolute));
  return Uint8Array.from([...labels.flatMap((label) => [label.length, ...label]), 0]);
}

function hexOctets(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) throw new WireProblem("not whole octets in hexadecimal");
  return new Uint8Array(Buffer.from(text, "hex"));
}

function joined(tokens: readonly ZoneToken[]): string {
  return tokens.map((token) => token.text).join("");
}

function hexText(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}

/** The last field of a type that has no text form without it. */
function someOf(octets: Uint8Array): Uint8Array {
  if (octets.length === 0) throw new WireProblem("the last field is empty");
  return octets;
}

/** Throws the problem of a Parsed result, hands out its value otherwise. */
function valueOf<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string },
): T {
  if (!result.ok) throw new WireProblem(result.problem);
  return result.value;
}

export const U8 = integer(1);
export const U16 = integer(2);
export const U32 = integer(4);

export const SECONDS = oneToken(U32.write, (text) => integerOctets(String(secondsOf(text)), 4));

export const NAME = oneToken((reader) => reader.name("a name"), nameOctets);

export const IPV4 = oneToken((reader) => valueOf(parseAddress(reader.take(4, "an address"))), ipv4Octets);

export const IPV6 = oneToken((reader) => valueOf(parseAddress(reader.take(16, "an address"))), ipv6Octets);

export const TYPE = oneToken(
  (reader) => typeName(reader.u16("a type")),
  (text) => integerOctets(String(typeNumber(valueOf(parseRecordType(text)))), 2),
);

export const TIME = oneToken(
  (reader) => signatureTimeText(reader.u32("a time")),
  (text) => integerOctets(String(signatureTimeSeconds(text)), 4),
);

/** A character-string in quotes. */
export const STRING = oneToken(
  (reader) => quoteOctets(reader.counted("a string")),
  (text) => countedOctets(unescapeOctets(text)),
);

/** A character-string of letters and digits, without quotes: the CAA tag. */
export const TAG = oneToken(
  (reader) => {
    const tag = Buffer.from(reader.counted("a tag")).toString("latin1");
    if (!/^[A-Za-z0-9]+$/.test(tag)) throw new WireProblem("the tag is not letters and digits");
    return tag;
  },
  (text) => countedOctets(Buffer.from(text, "latin1")),
);

export const SALT = oneToken(
  (reader) => hexText(reader.counted("a salt")) || "-",
  (text) => countedOctets(text === "-" ? new Uint8Array() : hexOctets(text)),
);

export const BASE32HEX = oneToken(
  (reader) => toBase32Hex(reader.counted("a hash")),
  (text) => countedOctets(valueOf(fromBase32Hex(text))),
);

export const HEX_REST = restOfTokens(
  (reader) => hexText(someOf(reader.rest())),
  (tokens) => someOf(hexOctets(joined(tokens))),
);

export const BASE64_REST = restOfTokens(
  (reader) => Buffer.from(someOf(reader.rest())).toString("base64"),
  (tokens) => someOf(valueOf(rdataOctets(joined(tokens)))),
);

/** A string in quotes that fills the RDATA and has no length octet. */
export const STRING_REST = oneToken((reader) => quoteOctets(reader.rest()), unescapeOctets);

export const STRINGS = restOfTokens(
  (reader) => {
    someOf(reader.bytes);
    const strings: string[] = [];
    while (reader.left > 0) strings.push(quoteOctets(reader.counted("a string")));
    return strings.join(" ");
  },
  (tokens) => someOf(Buffer.concat(tokens.map((token) => countedOctets(unescapeOctets(token.text))))),
);

export const TYPES = restOfTokens(
  (reader) => [...readTypeBitmap(reader)].join(" "),
  (tokens) => writeTypeBitmap(tokens.map((token) => valueOf(parseRecordType(token.text)))),
);

export const SVC_PARAMS = restOfTokens(svcParamsText, (tokens) => svcParamsOctets(tokens.map((token) => token.text)));
