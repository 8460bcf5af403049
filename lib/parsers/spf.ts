import { Buffer } from "node:buffer";
import { parseDirective, parseModifier, type Directive, type Modifier, type TermProblem } from "./spf-term.ts";
import type { MacroString } from "./spf-macro.ts";

export { MECHANISMS, type Directive, type Mechanism, type Modifier, type Qualifier } from "./spf-term.ts";
export type { Macro, MacroString } from "./spf-macro.ts";

/** An SPF record (RFC 7208 section 4.6). Terms stand in the order of the record. */
export interface SpfRecord {
  readonly directives: readonly Directive[];
  readonly redirect: MacroString | null;
  readonly explanation: MacroString | null;
  /** Every modifier, those among them that nobody knows. */
  readonly modifiers: readonly Modifier[];
}

export type SpfProblem = TermProblem | "repeated-modifier" | "too-many-terms";

/** `term`: the one at fault, as it stands in the record, with any octets whatever. */
export type ParsedSpf =
  | { readonly ok: true; readonly value: SpfRecord }
  | { readonly ok: false; readonly problem: SpfProblem; readonly term: string };

/** More than fits with sense into one TXT record of 65,535 octets: only "a a a" could have more. */
const MAX_TERMS = 10_000;

const VERSION = /^v=spf1(?: |$)/i;
const VERSION_LENGTH = "v=spf1".length;

/**
 * The text of a TXT record that is an SPF record, one character per octet: its strings joined without space, `v=spf1`, and then
 * a space or the end (RFC 7208 sections 3.3 and 4.5). Null for any other TXT record.
 */
export function spfText(strings: readonly Uint8Array[]): string | null {
  const text = strings.map((octets) => Buffer.from(octets).toString("latin1")).join("");
  return VERSION.test(text) ? text : null;
}

/** Reads a record that `spfText` has selected, strictly: one fault anywhere is the fault of the whole (RFC 7208 section 4.6). */
export function parseSpf(text: string): ParsedSpf {
  const terms = text
    .slice(VERSION_LENGTH)
    .split(" ")
    .filter((term) => term !== "");
  const directives: Directive[] = [];
  const modifiers: Modifier[] = [];
  for (const term of terms) {
    if (directives.length + modifiers.length >= MAX_TERMS) return { ok: false, problem: "too-many-terms", term };
    const modifier = parseModifier(term);
    const read = modifier ?? parseDirective(term);
    if (!read.ok) return { ok: false, problem: read.problem as SpfProblem, term };
    if ("name" in read.value) {
      const { name } = read.value;
      const isOnce = name === "redirect" || name === "exp";
      if (isOnce && modifiers.some((other) => other.name === name))
        return { ok: false, problem: "repeated-modifier", term };
      modifiers.push(read.value);
    } else {
      directives.push(read.value);
    }
  }
  const valueOf = (name: string): MacroString | null => modifiers.find((one) => one.name === name)?.value ?? null;
  return {
    ok: true,
    value: { directives, redirect: valueOf("redirect"), explanation: valueOf("exp"), modifiers },
  };
}
