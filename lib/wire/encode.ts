import { Buffer } from "node:buffer";
import { DNSSEC_OK_BIT, EXTENDED_ERROR_OPTION, PADDING_OPTION } from "./edns.ts";
import { flagBits } from "./flags.ts";
import type { Flag, Question, Reply, ResourceRecord } from "./message.ts";
import { toWire, type Name } from "./name.ts";
import { OctetWriter } from "./octet-writer.ts";
import { typeNumber } from "./record-type.ts";

/** A query with EDNS (RFC 6891). */
export interface QueryOptions {
  readonly id: number;
  readonly question: Question;
  readonly recursionDesired: boolean;
  readonly checkingDisabled: boolean;
  readonly dnssecOk: boolean;
  readonly udpPayloadSize: number;
  /** Whether the letter with this index, counted over the name, is sent in upper case (draft-vixie-dnsext-dns0x20). */
  readonly mixCase?: (letterIndex: number) => boolean;
  /** Pads the query to a multiple of this many octets (RFC 7830, RFC 8467 section 4.1). */
  readonly padTo?: number;
}

/** A response, as a server would send it. */
export interface MessageOptions {
  readonly id: number;
  readonly flags: readonly Flag[];
  /** With the EDNS extension bits, which need `edns`. */
  readonly rcode: number;
  readonly question: Question | null;
  /** The question's name in the letter case of the query. */
  readonly questionWire?: Uint8Array;
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
  readonly edns: Reply["edns"];
  /** Longest message to send: if it does not fit, TC is set and every record but OPT is left out. */
  readonly truncateTo?: number;
}

const CLASS_IN = 1;
const RESPONSE_BIT = 0x8000;
const OPT_TYPE = 41;
const OPTION_HEADER_OCTETS = 4;

/** Encodes a query for one question of class IN, with one OPT record. */
export function encodeQuery(options: QueryOptions): Uint8Array {
  const writer = new OctetWriter();
  const flags: Flag[] = [];
  if (options.recursionDesired) flags.push("rd");
  if (options.checkingDisabled) flags.push("cd");
  writer.u16(options.id, flagBits(flags), 1, 0, 0, 1);
  writer.raw(mixedCase(toWire(options.question.name), options.mixCase ?? (() => false)));
  writer.u16(typeNumber(options.question.type), CLASS_IN);
  const bare = writer.length + OPT_FIXED_OCTETS;
  const padding = options.padTo === undefined ? [] : [paddingOption(bare, options.padTo)];
  writeOpt(writer, { udpSize: options.udpPayloadSize, dnssecOk: options.dnssecOk, extendedRcode: 0 }, padding);
  return writer.finish();
}

/** An OPT record without options: root owner, type, class, TTL and RDLENGTH. */
const OPT_FIXED_OCTETS = 11;

function paddingOption(bareLength: number, block: number): EdnsOption {
  const before = bareLength + OPTION_HEADER_OCTETS;
  return { code: PADDING_OPTION, value: new Uint8Array((block - (before % block)) % block) };
}

function mixedCase(wire: Uint8Array, isUpper: (letterIndex: number) => boolean): Uint8Array {
  let letters = 0;
  // A length octet is at most 63 and never looks like a letter.
  return wire.map((octet) => {
    if (octet < 0x61 || octet > 0x7a) return octet;
    letters += 1;
    return isUpper(letters - 1) ? octet - 0x20 : octet;
  });
}

/** Encodes a response. Owner names are compressed, RDATA is sent as it is. */
export function encodeMessage(options: MessageOptions): Uint8Array {
  const whole = encodeWhole(options);
  if (options.truncateTo === undefined || whole.length <= options.truncateTo) return whole;
  const flags: readonly Flag[] = [...options.flags, "tc"];
  return encodeWhole({ ...options, flags, answer: [], authority: [], additional: [] });
}

function encodeWhole(options: MessageOptions): Uint8Array {
  const { question, answer, authority, additional, edns } = options;
  const writer = new OctetWriter();
  writer.u16(options.id, RESPONSE_BIT | flagBits(options.flags) | (options.rcode & 0xf));
  writer.u16(question === null ? 0 : 1, answer.length, authority.length, additional.length + (edns === null ? 0 : 1));
  if (question !== null) writeQuestion(writer, question, options.questionWire);
  for (const record of [...answer, ...authority, ...additional]) writeRecord(writer, record);
  if (edns !== null) {
    const errors = edns.errors.map(({ code, text }) => ({
      code: EXTENDED_ERROR_OPTION,
      value: Buffer.concat([Uint8Array.of(code >> 8, code & 0xff), Buffer.from(text)]),
    }));
    writeOpt(writer, { ...edns, extendedRcode: options.rcode >> 4 }, errors);
  }
  return writer.finish();
}

function writeQuestion(writer: OctetWriter, question: Question, wire: Uint8Array | undefined): void {
  writer.nameAs(question.name, wire ?? toWire(question.name));
  writer.u16(typeNumber(question.type), CLASS_IN);
}

function writeRecord(writer: OctetWriter, record: ResourceRecord): void {
  const data = Buffer.from(record.data, "base64");
  writer.name(record.name satisfies Name);
  writer.u16(typeNumber(record.type), CLASS_IN);
  writer.u32(record.ttl);
  writer.u16(data.length);
  writer.raw(data);
}

interface EdnsOption {
  readonly code: number;
  readonly value: Uint8Array;
}

function writeOpt(
  writer: OctetWriter,
  fields: { readonly udpSize: number; readonly dnssecOk: boolean; readonly extendedRcode: number },
  options: readonly EdnsOption[],
): void {
  writer.raw(Uint8Array.of(0));
  writer.u16(OPT_TYPE, fields.udpSize, fields.extendedRcode << 8, fields.dnssecOk ? DNSSEC_OK_BIT : 0);
  writer.u16(options.reduce((total, { value }) => total + OPTION_HEADER_OCTETS + value.length, 0));
  for (const { code, value } of options) {
    writer.u16(code, value.length);
    writer.raw(value);
  }
}
