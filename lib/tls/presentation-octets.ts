import { Buffer } from "node:buffer";
import { type OctetReader, WireProblem } from "../wire/octet-reader.ts";

/** The presentation language of TLS (RFC 8446 section 3): numbers and vectors with their length before them. */

const OCTET = 0x100;

/** A number in `width` octets, most significant first. Throws a RangeError rather than write another number. */
export function number(value: number, width: 1 | 2 | 3): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value >= OCTET ** width)
    throw new RangeError(`${value} does not fit in ${width} octets`);
  return Uint8Array.from({ length: width }, (_, index) => Math.floor(value / OCTET ** (width - 1 - index)) % OCTET);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** The parts as one vector, its length before it in `width` octets. */
export function vector(width: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(...parts);
  return concat(number(content.length, width), content);
}

/** A vector of 16-bit numbers. */
export function vectorOfU16(width: 1 | 2, values: readonly number[]): Uint8Array {
  return vector(width, ...values.map((value) => number(value, 2)));
}

/** Reads three octets as a number. Throws WireProblem. */
export function readU24(reader: OctetReader, what: string): number {
  return reader.u8(what) * OCTET * OCTET + reader.u16(what);
}

/** Reads a vector's content, a view. Throws WireProblem. */
export function readVector(reader: OctetReader, width: 1 | 2 | 3, what: string): Uint8Array {
  const length = width === 1 ? reader.u8(what) : width === 2 ? reader.u16(what) : readU24(reader, what);
  return reader.take(length, what);
}

/** Throws WireProblem when octets are left over. */
export function expectEnd(reader: OctetReader, what: string): void {
  if (reader.left > 0) throw new WireProblem(`${what}: ${reader.left} octets are left over`);
}
