import { malformed, parsed, type Parsed } from "../wire/parsed.ts";

/** Letters of RFC 7208 section 7.2; c, r and t stand in explanations only. */
export type MacroLetter = "s" | "l" | "o" | "d" | "i" | "p" | "h" | "c" | "r" | "t" | "v";

/** `%{letter…}`, not expanded yet. */
export interface Macro {
  readonly kind: "macro";
  readonly letter: MacroLetter;
  /** An upper-case letter: the value is URL-escaped (RFC 7208 section 7.3). */
  readonly isEscaped: boolean;
  /** How many parts are kept, from the right; null for all. */
  readonly parts: number | null;
  readonly isReversed: boolean;
  /** Where the value is split; "." when none is given. */
  readonly delimiters: string;
}

/** `%%`, `%_` and `%-` are text already. */
export type MacroPart = { readonly kind: "text"; readonly text: string } | Macro;

/** A macro-string as parsed; expanding it takes a sender. */
export type MacroString = readonly MacroPart[];

export type MacroProblem = "macro" | "characters" | "domain" | "macro-letter";

const MACRO = /%(?:\{([slodiphcrtv])(\d*)(r?)([.\-+,/_=]*)\}|([%_-]))/iy;
const LITERAL = /[\x21-\x24\x26-\x7e]+/y;
const EXPANSIONS: Readonly<Record<string, string>> = { "%": "%", _: " ", "-": "%20" };

/** RFC 7208 section 7.3 asks for at least 127; no name has more labels. */
const MAX_PARTS = 127;

/** Reads a macro-string (RFC 7208 section 12). The problem is one of MacroProblem. */
export function parseMacroString(text: string): Parsed<MacroString> {
  const read = readParts(text);
  return typeof read === "string" ? malformed(read) : parsed(read.parts);
}

/** Reads a domain-spec: a macro-string that ends in a macro or in a top label (RFC 7208 sections 7.1 and 12). */
export function parseDomainSpec(text: string): Parsed<MacroString> {
  const read = readParts(text);
  if (typeof read === "string") return malformed(read);
  const { parts, lastLiteral } = read;
  if (parts.some((part) => part.kind === "macro" && "crt".includes(part.letter))) return malformed("macro-letter");
  if (parts.length === 0 || (lastLiteral !== null && !endsInTopLabel(lastLiteral))) return malformed("domain");
  return parsed(parts);
}

/** `lastLiteral`: what follows the last macro; null when the text ends in one. */
function readParts(text: string): { parts: MacroPart[]; lastLiteral: string | null } | MacroProblem {
  const parts: MacroPart[] = [];
  let lastLiteral: string | null = null;
  for (let at = 0; at < text.length;) {
    const pattern = text[at] === "%" ? MACRO : LITERAL;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return text[at] === "%" ? "macro" : "characters";
    at = pattern.lastIndex;
    lastLiteral = pattern === LITERAL ? match[0] : null;
    const part = pattern === LITERAL ? textPart(match[0]) : macroPart(match);
    if (part === null) return "macro";
    parts.push(part);
  }
  return { parts, lastLiteral };
}

function textPart(text: string): MacroPart {
  return { kind: "text", text };
}

/** Null for a count of zero parts, which must not be (RFC 7208 section 7.3). */
function macroPart([, letter, digits = "", reverse = "", delimiters = "", escape]: RegExpExecArray): MacroPart | null {
  if (letter === undefined) return textPart(EXPANSIONS[escape ?? ""] ?? "");
  const parts = digits === "" ? null : Math.min(Number(digits), MAX_PARTS);
  if (parts === 0) return null;
  const lower = letter.toLowerCase() as MacroLetter;
  return {
    kind: "macro",
    letter: lower,
    isEscaped: letter !== lower,
    parts,
    isReversed: reverse !== "",
    delimiters: delimiters === "" ? "." : delimiters,
  };
}

/** `"." toplabel [ "." ]`: letters, digits and inner hyphens, and not digits alone. */
function endsInTopLabel(literal: string): boolean {
  const text = literal.endsWith(".") ? literal.slice(0, -1) : literal;
  const dot = text.lastIndexOf(".");
  const label = text.slice(dot + 1);
  return dot >= 0 && /^[a-z0-9-]+$/i.test(label) && /[a-z-]/i.test(label) && !/^-|-$/.test(label);
}
