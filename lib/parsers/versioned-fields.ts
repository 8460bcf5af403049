/** The records of MTA-STS and TLS reports: a version, then fields between semicolons (RFC 8461 section 3.1, RFC 8460 section 3). */
import { withoutMargins } from "./tag-list.ts";

/** Octets. A record with the longest destinations in use has some hundreds. */
const MAX_LENGTH = 8_192;
const MAX_FIELDS = 64;

/** Blanks and quotes around the version that are looked past. */
const MARGIN = 16;

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;
/** What a field of unknown meaning may hold; fields that are known have rules of their own. */
const EXTENSION_VALUE = /^[\x21-\x3a\x3c\x3e-\x7e]+$/;

/** Whether a text counts as a record of this version at all: both RFCs discard whatever does not begin so, and then a semicolon. */
export function hasVersion(text: string, version: string): boolean {
  return text.startsWith(`v=${version};`);
}

/** Whether a text was probably meant as a record of the version, although it may not count as one. */
export function isMeantAs(text: string, version: string): boolean {
  const start = text.slice(0, version.length + MARGIN).replaceAll(/[\s"';]/g, "");
  return start.toLowerCase().startsWith(`v=${version.slice(0, -1)}`.toLowerCase());
}

/**
 * The fields after the version, the first of each name (RFC 8461 section 3.2; RFC 8460 is silent). Null when anything in the
 * record is against the grammar: then the whole record counts for nothing. `known`: names whose values are not judged here.
 */
export function readFields(text: string, known: readonly string[]): ReadonlyMap<string, string> | null {
  if (text.length > MAX_LENGTH) return null;
  const pieces = text.split(";").slice(1).map(withoutMargins);
  if (pieces.at(-1) === "") pieces.pop();
  if (pieces.length === 0 || pieces.length > MAX_FIELDS) return null;
  const fields = new Map<string, string>();
  for (const piece of pieces) {
    const equals = piece.indexOf("=");
    const [name, value] = [piece.slice(0, Math.max(equals, 0)), piece.slice(equals + 1)];
    if (!NAME.test(name) || !(known.includes(name) || EXTENSION_VALUE.test(value))) return null;
    if (!fields.has(name)) fields.set(name, value);
  }
  return fields;
}
