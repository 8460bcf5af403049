import { Buffer } from "node:buffer";
import { typeName, typeNumber } from "../../lib/wire/record-type.ts";
import { RDATA_LAYOUTS, type RdataField } from "../../lib/wire/rdata/layout.ts";
import type { Random } from "./random.ts";
import { RDATA_PARSERS } from "./rdata-parsers.ts";

const HEADER_OCTETS = 12;
/** Type, class, TTL and RDLENGTH. */
const RECORD_FIXED_OCTETS = 10;
const POINTER_MASK = 0x3fff;
const SHORT = 64;
const LONG = 1_500;
const TYPES: readonly number[] = [...new Set([...RDATA_LAYOUTS.keys(), ...RDATA_PARSERS.keys(), "OPT", "HTTPS"])].map(
  typeNumber,
);

/** A message that may be anything: noise, noise behind a sound header, or records whose parts are each right or wrong. */
export function randomMessage(random: Random, samples: readonly Uint8Array[]): Uint8Array {
  const kind = random.below(10);
  if (kind === 0) return random.octets(random.below(random.chance(0.05) ? LONG : SHORT));
  if (kind === 1) return joined([header(random, [1, 1, 1, 1]), random.octets(random.below(LONG))]);
  if (kind <= 5) return composedMessage(random);
  return damaged(random, random.pick(samples));
}

/** Cuts, overwrites, moves and flips octets of a message that was sound. */
export function damaged(random: Random, sample: Uint8Array): Uint8Array {
  let bytes: Uint8Array = sample.slice();
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const at = damagedPlace(random, bytes.length);
    const length = random.below(random.chance(0.8) ? 8 : bytes.length + 1);
    const kind = random.below(6);
    if (kind === 0) bytes = bytes.slice(0, at);
    else if (kind === 1) bytes.set(random.octets(length).subarray(0, bytes.length - at), at);
    else if (kind === 2) bytes = joined([bytes.subarray(0, at), random.octets(length), bytes.subarray(at)]);
    else if (kind === 3) bytes.copyWithin(at, random.below(bytes.length + 1), at + length);
    else if (kind === 4) bytes = joined([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else flipBit(random, bytes);
  }
  return bytes;
}

/** Mostly behind the header, since hardly anything is read behind a wrong one. */
function damagedPlace(random: Random, length: number): number {
  const first = random.chance(0.9) ? Math.min(HEADER_OCTETS, length) : 0;
  return first + random.below(length - first + 1);
}

/** Flips one bit in place; an empty message stays as it is. */
export function flipBit(random: Random, bytes: Uint8Array): void {
  const bit = random.below(bytes.length * 8);
  const octet = bytes[bit >> 3];
  if (octet !== undefined) bytes[bit >> 3] = octet ^ (0x80 >> (bit & 7));
}

function composedMessage(random: Random): Uint8Array {
  const counts = [random.chance(0.9) ? 1 : random.below(3), random.below(4), random.below(3), random.below(3)];
  const parts = [header(random, counts)];
  let length = HEADER_OCTETS;
  const add = (part: Uint8Array): void => {
    parts.push(part);
    length += part.length;
  };
  if (counts[0] !== 0) add(joined([questionName(random, length), u16(random.pick(TYPES)), u16(1)]));
  const records = (counts[1] ?? 0) + (counts[2] ?? 0) + (counts[3] ?? 0);
  for (let index = 0; index < records; index += 1) add(record(random, length));
  if (random.chance(0.02)) add(random.octets(1 + random.below(4)));
  return joined(parts);
}

function header(random: Random, counts: readonly number[]): Uint8Array {
  const flags = random.chance(0.5) ? 0x8180 : random.below(0x1_0000);
  const off = (count: number): number => (random.chance(0.02) ? random.below(0x1_0000) : count);
  return joined([u16(random.below(0x1_0000)), u16(flags), ...counts.map((count) => u16(off(count)))]);
}

function record(random: Random, offset: number): Uint8Array {
  const owner = random.chance(0.1) ? Uint8Array.of(0) : nameOctets(random, offset);
  const type = random.chance(0.95) ? random.pick(TYPES) : random.below(0x1_0000);
  const recordClass = random.chance(0.9) ? 1 : random.below(0x1_0000);
  const fixed = [u16(type), u16(recordClass), random.octets(4)];
  const rdata = rdataOctets(random, offset + owner.length + RECORD_FIXED_OCTETS, type);
  const length = random.chance(0.98) ? rdata.length : random.below(0x100);
  return joined([owner, ...fixed, u16(length), rdata]);
}

/** What the type asks for, or names, numbers and strings in a row. */
function rdataOctets(random: Random, offset: number, type: number): Uint8Array {
  const layout = RDATA_LAYOUTS.get(typeName(type));
  const noise = Array.from({ length: random.below(5) }, () =>
    random.pick<RdataField>(["name", 1, 2, 4, 18, 20, "rest"]),
  );
  const fields = layout === undefined || random.chance(0.1) ? noise : layout.fields;
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const field of fields) {
    const part = fieldOctets(random, offset + length, field);
    parts.push(part);
    length += part.length;
  }
  return joined(parts);
}

function fieldOctets(random: Random, offset: number, field: RdataField): Uint8Array {
  if (field === "name") return nameOctets(random, offset);
  if (typeof field === "number") return random.octets(field);
  const octets = random.octets(random.below(40));
  return field === "string" ? joined([Uint8Array.of(octets.length), octets]) : octets;
}

/** Labels that end in the root, in a pointer to somewhere (mostly back), or seldom not at all. */
function nameOctets(random: Random, offset: number): Uint8Array {
  const parts: Uint8Array[] = [];
  const count = random.chance(0.01) ? 140 : random.below(4);
  for (let left = count; left > 0; left -= 1) {
    const length = random.chance(0.02) ? random.below(0x100) : 1 + random.below(4);
    parts.push(Uint8Array.of(length), random.octets(length));
  }
  if (random.chance(0.5)) parts.push(Uint8Array.of(0));
  else if (random.chance(0.98)) parts.push(u16(0xc000 | pointerTarget(random, offset)));
  return joined(parts);
}

/** Nothing stands before the question that it could point to. */
function questionName(random: Random, offset: number): Uint8Array {
  return random.chance(0.1) ? nameOctets(random, offset) : Uint8Array.of(1, random.below(0x100), 2, 0x64, 0x6b, 0);
}

function pointerTarget(random: Random, offset: number): number {
  if (random.chance(0.9)) return HEADER_OCTETS;
  const earlier = HEADER_OCTETS + random.below(Math.max(1, offset - HEADER_OCTETS));
  return random.chance(0.9) ? earlier & POINTER_MASK : random.below(POINTER_MASK + 1);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
