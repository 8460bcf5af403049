import { malformed, parsed, type Parsed } from "./parsed.ts";

const DIGITS = "0123456789abcdefghijklmnopqrstuv";
const BITS = 5;
const ALPHABET = /^[0-9a-v]*$/i;

/** Base 32 with extended hex alphabet, in lower case and without padding, as in NSEC3 owner names (RFC 4648 section 7, RFC 5155). */
export function toBase32Hex(octets: Uint8Array): string {
  let text = "";
  let pending = 0;
  let bits = 0;
  for (const octet of octets) {
    pending = (pending << 8) | octet;
    for (bits += 8; bits >= BITS; bits -= BITS) text += DIGITS.charAt((pending >> (bits - BITS)) & 0x1f);
    pending &= 0xff;
  }
  return bits === 0 ? text : text + DIGITS.charAt((pending << (BITS - bits)) & 0x1f);
}

/** Reads base 32 with extended hex alphabet in either case. Padding, impossible lengths and left-over bits that are set are problems. */
export function fromBase32Hex(text: string): Parsed<Uint8Array> {
  const octets: number[] = [];
  let pending = 0;
  let bits = 0;
  if (!ALPHABET.test(text)) return malformed("a character is not of the base32hex alphabet");
  for (const character of text.toLowerCase()) {
    pending = ((pending << BITS) | DIGITS.indexOf(character)) & 0xfff;
    bits += BITS;
    if (bits < 8) continue;
    bits -= 8;
    octets.push((pending >> bits) & 0xff);
  }
  const isWhole = bits < BITS && (pending & ((1 << bits) - 1)) === 0;
  return isWhole ? parsed(Uint8Array.from(octets)) : malformed("the base32hex text ends in the middle of an octet");
}
