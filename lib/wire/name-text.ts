import { malformed, parsed, type Parsed } from "./parsed.ts";

/** Octets in a label and in a whole name with its length octets (RFC 1035 section 2.3.4). */
export const LABEL_LIMIT = 63;
export const NAME_LIMIT = 255;

/** A name of 255 octets with every octet written as \DDD, and then some. */
const TEXT_LIMIT = 1_024;

/** What the master-file format gives a meaning, besides white space and controls (RFC 1035 section 5.1). */
const RESERVED = new Set('."();@$\\');

const PRESENTED: readonly string[] = Array.from({ length: 256 }, (_, octet) => {
  const character = String.fromCharCode(octet);
  if (octet <= 0x20 || octet >= 0x7f) return `\\${String(octet).padStart(3, "0")}`;
  return RESERVED.has(character) ? `\\${character}` : character;
});

/** One octet of a label as presentation text: itself, \X or \DDD. */
export function presentOctet(octet: number): string {
  return PRESENTED[octet] ?? "";
}

/** ASCII upper case to lower case, every other octet as it is (RFC 4343 section 3). */
export function lowerOctet(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
}

/** The labels of a presentation name as octets, case kept, without checking their lengths. A final dot ends the last label. */
export function octetsOfText(text: string): Parsed<readonly (readonly number[])[]> {
  if (text.length > TEXT_LIMIT) return malformed("the name is far too long");
  const labels: number[][] = [];
  let label: number[] = [];
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (character === ".") {
      labels.push(label);
      label = [];
      at += 1;
    } else if (character === "\\") {
      const escape = readEscape(text, at + 1);
      if (escape === null) return malformed("the name has a malformed escape");
      label.push(escape.octet);
      at = escape.next;
    } else if (!isPlain(character)) {
      return malformed(`the name has the character U+${hex(character)}, which must be escaped`);
    } else {
      label.push(character.charCodeAt(0));
      at += 1;
    }
  }
  if (label.length > 0) labels.push(label);
  return parsed(labels);
}

function isPlain(character: string): boolean {
  return character > " " && character < "\x7f" && !RESERVED.has(character);
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}

/** The octet that \X or \DDD stands for (RFC 1035 section 5.1), `at` being the place after the backslash; null if malformed. */
export function readEscape(text: string, at: number): { readonly octet: number; readonly next: number } | null {
  const digits = /^\d{3}/.exec(text.slice(at, at + 3));
  if (digits !== null) {
    const octet = Number(digits[0]);
    return octet > 255 ? null : { octet, next: at + 3 };
  }
  const character = text.charAt(at);
  if (character < " " || character > "~" || /\d/.test(character)) return null;
  return { octet: character.charCodeAt(0), next: at + 1 };
}
