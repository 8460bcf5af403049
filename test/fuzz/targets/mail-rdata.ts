import { Buffer } from "node:buffer";
import { toWire } from "../../../lib/wire/name.ts";
import { parseCaa } from "../../../lib/wire/rdata/caa.ts";
import { parseMx } from "../../../lib/wire/rdata/mx.ts";
import { parseTlsa } from "../../../lib/wire/rdata/tlsa.ts";
import { parseTxt } from "../../../lib/wire/rdata/txt.ts";
import { damaged } from "../random-messages.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";

/** Reads data, and writes what was read; null: it cannot be read. */
type Rewrite = (data: Uint8Array) => Uint8Array | null;

const REWRITES: Readonly<Record<string, Rewrite>> = {
  TLSA: (data) => {
    const read = parseTlsa(data);
    if (!read.ok) return null;
    const { usage, selector, matchingType, association } = read.value;
    return Uint8Array.of(usage, selector, matchingType, ...association);
  },
  MX: (data) => {
    const read = parseMx(data);
    return read.ok
      ? Uint8Array.of(read.value.preference >> 8, read.value.preference & 0xff, ...toWire(read.value.exchange))
      : null;
  },
  TXT: (data) => {
    const read = parseTxt(data);
    return read.ok ? Uint8Array.from(read.value.flatMap((string) => [string.length, ...string])) : null;
  },
  CAA: (data) => {
    const read = parseCaa(data);
    if (!read.ok) return null;
    const { flags, tag, value } = read.value;
    return Uint8Array.of(flags, tag.length, ...Buffer.from(tag, "latin1"), ...value);
  },
};

const TYPES = Object.keys(REWRITES);
const SOUND: Readonly<Record<string, readonly Uint8Array[]>> = {
  TLSA: [Uint8Array.of(3, 1, 1, ...new Uint8Array(32)), Uint8Array.of(2, 0, 2, ...new Uint8Array(64))],
  MX: [Uint8Array.of(0, 10, 2, 0x4d, 0x78, 7, ...Buffer.from("kommune"), 2, 0x64, 0x6b, 0), Uint8Array.of(0, 0, 0)],
  TXT: [Uint8Array.of(6, ...Buffer.from("v=spf1"), 5, ...Buffer.from(" -all")), Uint8Array.of(0)],
  CAA: [
    Uint8Array.of(0x80, 5, ...Buffer.from("issue"), ...Buffer.from("ca.example.org")),
    Uint8Array.of(0, 5, ...Buffer.from("iodef")),
  ],
};

function dataOf(random: Random, type: string): Uint8Array {
  if (random.chance(0.2)) return random.octets(random.below(80));
  return damaged(random, random.pick(SOUND[type] ?? []));
}

function exercise(type: string, data: Uint8Array): string {
  const rewrite = REWRITES[type];
  if (rewrite === undefined) throw new Error(`nobody reads ${type}`);
  const again = rewrite(data);
  const fromText = rewrite(new Uint8Array(Buffer.from(Buffer.from(data).toString("base64"), "base64")));
  promise((again === null) === (fromText === null), "data in base64 is read differently");
  if (again === null) return `${type}: malformed`;
  // Names and tags come out in lower case (RFC 4343 section 3, RFC 8659 section 4.1).
  const fold = (octets: Uint8Array): string => {
    const text = Buffer.from(octets).toString("latin1");
    return type === "MX" || type === "CAA" ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text;
  };
  promise(fold(again) === fold(data), "what was read is not what the data says");
  return `${type}: read`;
}

export const MAIL_RDATA: Target = {
  name: "mail-rdata",
  about: "data of TLSA, MX, TXT and CAA records is read; what was read is all that it says",
  endings: TYPES.flatMap((type) => [`${type}: read`, `${type}: malformed`]),
  prepare: async () => (random) => {
    const type = random.pick(TYPES);
    const data = dataOf(random, type);
    return { message: data, run: () => exercise(type, data) };
  },
};
