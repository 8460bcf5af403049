import { Buffer } from "node:buffer";
import { WireProblem, OctetReader } from "../octet-reader.ts";
import { parseAddress } from "./address.ts";
import { ipv4Octets, ipv6Octets } from "./address-text.ts";
import { countedOctets, quoteOctets, unescapeOctets } from "./character-string.ts";
import { rdataOctets } from "./read-rdata.ts";

/** SvcParamKeys by number (RFC 9460 section 14.3.2, RFC 9461, RFC 9540). */
const KEYS = ["mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp"];

interface ValueForm {
  /** Value octets to text; null when the key stands alone. */
  readonly write: (value: OctetReader) => string | null;
  readonly read: (text: string) => Uint8Array;
}

const OPAQUE: ValueForm = {
  write: (value) => (value.left === 0 ? null : quoteOctets(value.rest())),
  read: unescapeOctets,
};

const FORMS: ReadonlyMap<string, ValueForm> = new Map<string, ValueForm>([
  [
    "mandatory",
    listForm(
      (value) => keyName(value.u16("a key")),
      (text) => u16Octets(keyNumber(text)),
    ),
  ],
  ["alpn", { write: writeAlpn, read: readAlpn }],
  ["port", { write: (value) => String(value.u16("a port")), read: (text) => u16Octets(numberBelow(text, 0x1_0000)) }],
  ["ipv4hint", listForm((value) => addressText(value.take(4, "an address")), ipv4Octets)],
  ["ipv6hint", listForm((value) => addressText(value.take(16, "an address")), ipv6Octets)],
  ["ech", { write: (value) => Buffer.from(value.rest()).toString("base64"), read: base64Octets }],
]);

/** The parameters that are left in the RDATA, as key=value pairs (RFC 9460 section 2.1). Throws WireProblem. */
export function svcParamsText(reader: OctetReader): string {
  const pairs: string[] = [];
  while (reader.left > 0) {
    const key = keyName(reader.u16("a parameter key"));
    const value = new OctetReader(reader.take(reader.u16("a parameter length"), "a parameter"));
    const text = (FORMS.get(key) ?? OPAQUE).write(value);
    if (value.left > 0) throw new WireProblem(`the parameter ${key} is too long`);
    pairs.push(text === null ? key : `${key}=${text}`);
  }
  return pairs.join(" ");
}

/** The octets of key=value pairs, in the order of their keys. A key that comes twice is a problem. Throws WireProblem. */
export function svcParamsOctets(pairs: readonly string[]): Uint8Array {
  const params = new Map<number, Uint8Array>();
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    const number = keyNumber(equals < 0 ? pair : pair.slice(0, equals));
    if (params.has(number)) throw new WireProblem("a parameter comes twice");
    const form = FORMS.get(keyName(number)) ?? OPAQUE;
    params.set(number, form.read(equals < 0 ? "" : pair.slice(equals + 1)));
  }
  const sorted = [...params].sort(([a], [b]) => a - b);
  return Buffer.concat(sorted.flatMap(([key, value]) => [u16Octets(key), u16Octets(value.length), value]));
}

function keyName(number: number): string {
  return KEYS[number] ?? `key${number}`;
}

function keyNumber(text: string): number {
  const known = KEYS.indexOf(text);
  if (known >= 0) return known;
  if (!text.startsWith("key")) throw new WireProblem("an unknown parameter key");
  return numberBelow(text.slice(3), 0x1_0000);
}

function numberBelow(text: string, limit: number): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : limit;
  if (value >= limit) throw new WireProblem("not a number of 16 bits");
  return value;
}

function u16Octets(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function listForm(write: (value: OctetReader) => string, read: (text: string) => Uint8Array): ValueForm {
  return {
    write: (value) => {
      const items: string[] = [];
      while (value.left > 0) items.push(write(value));
      return items.join(",");
    },
    read: (text) => Buffer.concat(text.split(",").map(read)),
  };
}

function addressText(octets: Uint8Array): string {
  const address = parseAddress(octets);
  if (!address.ok) throw new WireProblem(address.problem);
  return address.value;
}

function base64Octets(text: string): Uint8Array {
  const octets = rdataOctets(text);
  if (!octets.ok) throw new WireProblem(octets.problem);
  return octets.value;
}

/** Commas and backslashes inside an item are escaped once more than the string they stand in (RFC 9460 appendix A.1). */
function writeAlpn(value: OctetReader): string {
  const items: string[] = [];
  while (value.left > 0) {
    const item = Buffer.from(value.counted("a protocol")).toString("latin1");
    items.push(item.replace(/[,\\]/g, "\\$&"));
  }
  return quoteOctets(Buffer.from(items.join(","), "latin1"));
}

function readAlpn(text: string): Uint8Array {
  const list = Buffer.from(unescapeOctets(text)).toString("latin1");
  const items = list.match(/(?:[^,\\]|\\[^])+/g) ?? [];
  if (items.join(",") !== list || items.length === 0) throw new WireProblem("not a list of protocols");
  return Buffer.concat(items.map((item) => countedOctets(Buffer.from(item.replace(/\\([^])/g, "$1"), "latin1"))));
}
