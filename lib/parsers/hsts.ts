/** The Strict-Transport-Security header field: RFC 6797 section 6.1. */
import { HeaderReader } from "./http-token.ts";

/** One field as a browser understands it. */
export interface HstsField {
  /** Seconds; 0 switches the policy off (section 6.1.1). Numbers beyond MAX_AGE_LIMIT count as that. */
  readonly maxAge: number;
  readonly includeSubDomains: boolean;
  /** Whether the directive `preload` stands there without a value. RFC 6797 does not know it: hstspreload.org does. */
  readonly preload: boolean;
  /** Names of the other directives, lower case: at most eight, each of at most 32 characters. */
  readonly unknown: readonly string[];
}

/**
 * Why the whole field counts for nothing (section 6.1, rule 4). `syntax`: not a list of directives. `repeated`: a directive
 * stands there twice (rule 2), whatever it means. `max-age-missing`; `max-age-value`: no value, or one that is not digits
 * alone. `include-sub-domains-value`: it takes none (section 6.1.2). `too-long`: more than we read.
 */
export type HstsProblem =
  "syntax" | "repeated" | "max-age-missing" | "max-age-value" | "include-sub-domains-value" | "too-long";

export type ParsedHsts =
  { readonly ok: true; readonly value: HstsField } | { readonly ok: false; readonly problem: HstsProblem };

/** Seconds, about 68 years. RFC 6797 sets no bound; RFC 9111 section 1.2.2 gives caches this one for the same number. */
export const MAX_AGE_LIMIT = 2_147_483_648;

/** Octets. The probe takes no more for all fields together. */
const MAX_LENGTH = 65_536;

const MAX_UNKNOWN = 8;
const MAX_NAME = 32;

/** Directives by lower-case name; null where there is no value. */
type Directives = ReadonlyMap<string, string | null>;

/** Reads one field value, one character per octet (latin1). Several fields are never joined: the first one counts (section 8.1). */
export function parseHsts(text: string): ParsedHsts {
  if (text.length > MAX_LENGTH) return invalid("too-long");
  const directives = readDirectives(text);
  if (typeof directives === "string") return invalid(directives);
  const maxAge = directives.get("max-age");
  if (maxAge === undefined) return invalid("max-age-missing");
  if (maxAge === null || !/^[0-9]+$/.test(maxAge)) return invalid("max-age-value");
  if (typeof directives.get("includesubdomains") === "string") return invalid("include-sub-domains-value");
  return {
    ok: true,
    value: {
      maxAge: Math.min(Number(maxAge), MAX_AGE_LIMIT),
      includeSubDomains: directives.has("includesubdomains"),
      preload: directives.get("preload") === null,
      unknown: unknownOf(directives),
    },
  };
}

function invalid(problem: HstsProblem): ParsedHsts {
  return { ok: false, problem };
}

/** `[ directive ] *( ";" [ directive ] )`, blanks allowed around every part (RFC 2616 section 2.1, implied LWS). */
function readDirectives(text: string): Directives | "syntax" | "repeated" {
  const reader = new HeaderReader(text);
  const directives = new Map<string, string | null>();
  let isRepeated = false;
  for (;;) {
    reader.skipBlanks();
    const name = reader.token()?.toLowerCase();
    if (name !== undefined) {
      const value = readValue(reader);
      if (value === "syntax") return "syntax";
      isRepeated ||= directives.has(name);
      directives.set(name, value.text);
    }
    if (reader.isAtEnd()) return isRepeated ? "repeated" : directives;
    if (!reader.take(";")) return "syntax";
  }
}

function readValue(reader: HeaderReader): { readonly text: string | null } | "syntax" {
  reader.skipBlanks();
  if (!reader.take("=")) return { text: null };
  reader.skipBlanks();
  const text = reader.peek() === '"' ? reader.quotedString() : reader.token();
  reader.skipBlanks();
  return text === null ? "syntax" : { text };
}

function unknownOf(directives: Directives): readonly string[] {
  const known = new Set(["max-age", "includesubdomains"]);
  const names = [...directives].filter(([name, value]) => !known.has(name) && !(name === "preload" && value === null));
  return names.slice(0, MAX_UNKNOWN).map(([name]) => name.slice(0, MAX_NAME));
}
