import { WireProblem, type OctetReader } from "../octet-reader.ts";
import { typeName, typeNumber, type RecordType } from "../record-type.ts";

const WINDOW_OCTETS = 32;
const OPT = 41;
const FIRST_QUERY_TYPE = 249;
const LAST_QUERY_TYPE = 255;

/**
 * Reads type bitmaps up to the end (RFC 4034 section 4.1.2): windows in ascending order, each of 1 to 32 octets. Bits of
 * pseudo-types are ignored, as that section demands; NXNAME (RFC 9824) is not one of them.
 */
export function readTypeBitmap(reader: OctetReader): ReadonlySet<RecordType> {
  const types = new Set<RecordType>();
  let previous = -1;
  while (reader.left > 0) {
    const window = reader.u8("a type bitmap window");
    if (window <= previous) throw new WireProblem("the type bitmap windows are not in ascending order");
    previous = window;
    const length = reader.u8("a type bitmap length");
    if (length < 1 || length > WINDOW_OCTETS) throw new WireProblem("a type bitmap is not 1 to 32 octets long");
    addTypes(types, window, reader.take(length, "a type bitmap"));
  }
  return types;
}

function addTypes(types: Set<RecordType>, window: number, bitmap: Uint8Array): void {
  for (const [index, octet] of bitmap.entries()) {
    for (let bit = 0; bit < 8; bit += 1) {
      const number = window * 256 + index * 8 + bit;
      if ((octet & (0x80 >> bit)) !== 0 && !isPseudoType(number)) types.add(typeName(number));
    }
  }
}

function isPseudoType(number: number): boolean {
  return number === 0 || number === OPT || (number >= FIRST_QUERY_TYPE && number <= LAST_QUERY_TYPE);
}

/** The bitmaps of `types` in the shortest form (RFC 4034 section 4.1.2). */
export function writeTypeBitmap(types: Iterable<RecordType>): Uint8Array {
  const windows = new Map<number, Uint8Array>();
  for (const number of [...types].map(typeNumber).sort((a, b) => a - b)) {
    const bitmap = windows.get(number >> 8) ?? new Uint8Array(WINDOW_OCTETS);
    const index = (number & 0xff) >> 3;
    bitmap[index] = (bitmap[index] ?? 0) | (0x80 >> (number & 7));
    windows.set(number >> 8, bitmap);
  }
  const octets: number[] = [];
  for (const [window, bitmap] of windows) {
    const length = bitmap.findLastIndex((octet) => octet !== 0) + 1;
    octets.push(window, length, ...bitmap.subarray(0, length));
  }
  return Uint8Array.from(octets);
}
