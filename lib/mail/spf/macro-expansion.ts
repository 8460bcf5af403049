import { Buffer } from "node:buffer";
import type { Macro, MacroString } from "../../parsers/spf.ts";
import { malformed, type Parsed } from "../../wire/parsed.ts";
import { lowerOctet, presentOctet } from "../../wire/name-text.ts";
import { type Name, parseName } from "../../wire/name.ts";

/** What a letter stands for in one evaluation; null where that cannot be known (RFC 7208 section 7.2). */
export type MacroValues = (letter: Macro["letter"]) => string | null;

/** RFC 7208 section 7.3: longer names lose labels from the left. */
const MAX_NAME_LENGTH = 253;

/** The text that a macro-string stands for; null when a letter in it is not known. */
export function expand(text: MacroString, values: MacroValues): string | null {
  let expanded = "";
  for (const part of text) {
    const piece = part.kind === "text" ? part.text : expandMacro(part, values);
    if (piece === null) return null;
    expanded += piece;
  }
  return expanded;
}

function expandMacro(macro: Macro, values: MacroValues): string | null {
  const value = values(macro.letter);
  if (value === null) return null;
  const parts = splitAt(value, macro.delimiters);
  const ordered = macro.isReversed ? parts.reverse() : parts;
  const kept = macro.parts === null ? ordered : ordered.slice(-macro.parts);
  const joined = kept.join(".");
  return macro.isEscaped ? escapeUrl(joined) : joined;
}

function splitAt(value: string, delimiters: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at <= value.length; at += 1) {
    if (at < value.length && !delimiters.includes(value.charAt(at))) continue;
    parts.push(value.slice(start, at));
    start = at + 1;
  }
  return parts;
}

/** Whatever is not unreserved in RFC 3986 section 2.3. */
function escapeUrl(text: string): string {
  return text.replace(
    /[^A-Za-z0-9\-._~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** The DNS name that expanded text asks for; what makes none (RFC 7208 section 4.8 leaves that open) is a problem. */
export function targetName(expanded: string): Parsed<Name> {
  let text = expanded.endsWith(".") ? expanded.slice(0, -1) : expanded;
  while (text.length > MAX_NAME_LENGTH) {
    const dot = text.indexOf(".");
    if (dot === -1) return malformed("a label is too long");
    text = text.slice(dot + 1);
  }
  if (text === "") return malformed("the name is empty");
  return parseName(text.split(".").map(presentLabel).join("."));
}

function presentLabel(label: string): string {
  return Array.from(Buffer.from(label, "latin1"), (octet) => presentOctet(lowerOctet(octet))).join("");
}
