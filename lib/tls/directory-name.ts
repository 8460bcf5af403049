import { Buffer, isUtf8 } from "node:buffer";
import { type DerElement, TAG, within } from "./der.ts";

/** How the octets of each string type are read; others are compared as they stand. */
const STRINGS: Readonly<Record<number, (octets: Buffer) => string>> = {
  // UTF8String
  0x0c: (octets) => (isUtf8(octets) ? octets.toString("utf8") : hexOf(octets)),
  // PrintableString, IA5String, VisibleString, and TeletexString, which is read as Latin-1 by common usage
  0x13: (octets) => octets.toString("latin1"),
  0x14: (octets) => octets.toString("latin1"),
  0x16: (octets) => octets.toString("latin1"),
  0x1a: (octets) => octets.toString("latin1"),
  // BMPString
  0x1e: (octets) => (octets.length % 2 === 0 ? Buffer.from(octets).swap16().toString("utf16le") : hexOf(octets)),
};

/**
 * The parts of a Name from the top down, in a form in which equal parts are equal: without case and doubled spaces, whatever the
 * string type, attributes of one part in one order (RFC 5280 section 7.1, as OpenSSL does it). Throws WireProblem.
 */
export function readDirectoryName(name: DerElement): readonly string[] {
  return within(name)
    .all("a name's part")
    .map((set) => {
      const attributes = within(set).all("a name's attribute");
      return attributes.map(normalAttribute).toSorted().join("+");
    });
}

/** Whether the name is the tree's top or below it. */
export function isDirectoryBelow(name: readonly string[], tree: readonly string[]): boolean {
  return tree.every((part, depth) => part === name[depth]);
}

function normalAttribute(attribute: DerElement): string {
  const pair = within(attribute);
  const type = pair.expect(TAG.oid, "an attribute's type");
  const { tag, content } = pair.next("an attribute's value");
  pair.end("a name's attribute");
  const text = STRINGS[tag]?.(Buffer.from(content));
  const value = text === undefined ? `${String(tag)}#${hexOf(content)}` : JSON.stringify(normalText(text));
  return `${hexOf(type.content)}=${value}`;
}

/** Letters and spaces beyond ASCII stay as they are, as in OpenSSL. */
function normalText(text: string): string {
  const words = text.split(/[ \t\n\v\f\r]+/u).filter((word) => word !== "");
  return words.join(" ").replace(/[A-Z]/gu, (letter) => letter.toLowerCase());
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}
