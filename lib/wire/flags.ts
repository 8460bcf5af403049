import type { Flag } from "./message.ts";

/** The flags' bits in the second 16 bits of the header, in the order in which a Reply lists them (RFC 1035, RFC 4035 section 3). */
const FLAG_BITS: readonly (readonly [Flag, number])[] = [
  ["aa", 0x0400],
  ["tc", 0x0200],
  ["rd", 0x0100],
  ["ra", 0x0080],
  ["ad", 0x0020],
  ["cd", 0x0010],
];

/** The names of the flags that are set in the header field. */
export function readFlags(field: number): readonly Flag[] {
  return FLAG_BITS.filter(([, bit]) => (field & bit) !== 0).map(([flag]) => flag);
}

/** The header bits of `flags`. */
export function flagBits(flags: readonly Flag[]): number {
  return FLAG_BITS.reduce((field, [flag, bit]) => (flags.includes(flag) ? field | bit : field), 0);
}
