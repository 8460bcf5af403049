import { readEscape } from "../name-text.ts";
import { WireProblem } from "../octet-reader.ts";

/** The octets that text with \X and \DDD escapes stands for; other characters count as UTF-8. Throws WireProblem. */
export function unescapeOctets(text: string): Uint8Array {
  const octets: number[] = [];
  for (let at = 0; at < text.length;) {
    if (text.charAt(at) !== "\\") {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      octets.push(...new TextEncoder().encode(character));
      at += character.length;
      continue;
    }
    const escape = readEscape(text, at + 1);
    if (escape === null) throw new WireProblem("a malformed escape");
    octets.push(escape.octet);
    at = escape.next;
  }
  return Uint8Array.from(octets);
}

/** Octets as a quoted string of the master-file format (RFC 1035 section 5.1). */
export function quoteOctets(octets: Uint8Array): string {
  return `"${Array.from(octets, quotedOctet).join("")}"`;
}

function quotedOctet(octet: number): string {
  if (octet < 0x20 || octet > 0x7e) return `\\${String(octet).padStart(3, "0")}`;
  const character = String.fromCharCode(octet);
  return character === '"' || character === "\\" ? `\\${character}` : character;
}

/** A string preceded by its length in one octet. Throws WireProblem when it is longer than 255 octets. */
export function countedOctets(octets: Uint8Array): Uint8Array {
  if (octets.length > 255) throw new WireProblem("a string is longer than 255 octets");
  return Uint8Array.of(octets.length, ...octets);
}
