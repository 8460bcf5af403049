/** The tag=value lists of DKIM and DMARC (RFC 6376 section 3.2, RFC 9989 section 4.8). */
import { malformed, parsed, type Parsed } from "../wire/parsed.ts";

/** One `name=value`. White space around both is gone; within the value it stands as it was sent, unfolded. */
export interface Tag {
  readonly name: string;
  readonly value: string;
}

/** How the two RFCs differ. Names and values keep their case: what it means is the caller's to say. */
export interface TagRules {
  readonly name: RegExp;
  /** FWS: a line break before white space is white space (RFC 5322 section 3.2.2). Else a line break is an error. */
  readonly folds: boolean;
  readonly allowsEmptyValue: boolean;
}

/** RFC 6376 section 3.2: `tag-name = ALPHA *ALNUMPUNC`, FWS around name and value, a value may be empty (`p=` revokes a key). */
export const DKIM_TAGS: TagRules = { name: /^[A-Za-z][A-Za-z0-9_]*$/, folds: true, allowsEmptyValue: true };

/** RFC 9989 section 4.8: `dmarc-tag = 1*ALPHA equals 1*dmarc-value`, only spaces and tabs around name and value. */
export const DMARC_TAGS: TagRules = { name: /^[A-Za-z]+$/, folds: false, allowsEmptyValue: false };

/** Octets; a DKIM key of 16,384 bits, the longest there is a use for, takes under 3,000. */
const MAX_LENGTH = 16_384;
const MAX_TAGS = 128;

/** Printable ASCII, spaces and tabs; no semicolon can be left. */
const VALUE = /^[\t\x20-\x7e]*$/;

/**
 * Reads a whole list; `text` has one character per octet (latin1). Tags stand in the order sent, duplicates included, which RFC
 * 6376 forbids: callers judge them. A final semicolon, with white space after it, is allowed; an empty tag elsewhere is not.
 */
export function parseTagList(text: string, rules: TagRules = DKIM_TAGS): Parsed<readonly Tag[]> {
  const pieces = splitTags(text, rules);
  if (!pieces.ok) return pieces;
  const tags: Tag[] = [];
  for (const piece of pieces.value) {
    const tag = parseTag(piece, rules);
    if (!tag.ok) return tag;
    tags.push(tag.value);
  }
  return tags.length === 0 ? malformed("there is no tag") : parsed(tags);
}

/** The pieces between semicolons, unread; what a final semicolon leaves is dropped. A problem when there is too much to read. */
export function splitTags(text: string, { folds }: Pick<TagRules, "folds">): Parsed<readonly string[]> {
  if (text.length > MAX_LENGTH) return malformed(`the list is longer than ${String(MAX_LENGTH)} octets`);
  const pieces = (folds ? text.replace(/\r\n(?=[ \t])/g, "") : text).split(";");
  if (withoutMargins(pieces.at(-1) ?? "") === "") pieces.pop();
  return pieces.length > MAX_TAGS ? malformed(`there are more than ${String(MAX_TAGS)} tags`) : parsed(pieces);
}

/** Reads one piece between semicolons. */
export function parseTag(piece: string, { name, allowsEmptyValue }: TagRules): Parsed<Tag> {
  const equals = piece.indexOf("=");
  if (equals < 0) return malformed(withoutMargins(piece) === "" ? "a tag is empty" : "a tag has no equals sign");
  const tag = { name: withoutMargins(piece.slice(0, equals)), value: withoutMargins(piece.slice(equals + 1)) };
  if (!name.test(tag.name)) return malformed("a tag's name has a character that names may not have");
  if (!VALUE.test(tag.value)) return malformed("a tag's value has a character that values may not have");
  if (tag.value === "" && !allowsEmptyValue) return malformed("a tag has no value");
  return parsed(tag);
}

/** Without spaces and tabs at both ends; no other white space, which `trim` would take too. In linear time. */
export function withoutMargins(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(octet: number): boolean {
  return octet === 0x20 || octet === 0x09;
}
