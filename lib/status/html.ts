import { printable } from "../reports/printable.ts";

/** HTML that is safe to send: only `html` and `raw` make it, so data that looks like it is still data. */
export class Html {
  readonly #text: string;

  constructor(text: string, key: typeof KEY) {
    if (key !== KEY) throw new Error("only html and raw make Html");
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

const KEY = Symbol("html");

/** What may stand between `${` and `}`: text is escaped, Html passes, lists are joined, null, undefined and false are nothing. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

/**
 * HTML with every interpolation escaped, for text and for attribute values in double quotes. Control, reordering and
 * invisible characters are shown as \u{...}. Never put an interpolation anywhere else: not as a tag, a name, or unquoted.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const [first = "", ...rest] = strings;
  return new Html(first + rest.map((text, index) => shown(parts[index]) + text).join(""), KEY);
}

/** HTML that is a constant in our own code; the type lets nothing be interpolated. */
export function raw(strings: TemplateStringsArray): Html {
  return new Html(strings[0] ?? "", KEY);
}

function shown(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.toString();
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  return part.map(shown).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function escaped(text: string): string {
  return printable(text).replace(/[&<>"'`]/gu, (character) => ENTITIES[character] ?? "");
}

/** The first segment below /v1 of every route a page may link to. */
const LINKED = [
  ...["status", "requirements", "assets", "changes", "regressions", "runs", "report", "evidence"],
] as const;

/** A path and query of our own, percent-encoded. */
export type Href = string & { readonly brand?: "href" };

/** `/v1/assets/domain%3Aexample.dk`: a path on this host to one of our own routes, whatever the segments hold (RFC 3986 section 3.3). */
export function href(
  segments: readonly [(typeof LINKED)[number], ...string[]],
  query: Readonly<Record<string, string | null>> = {},
): Href {
  const [route, ...rest] = segments;
  if (!LINKED.includes(route)) throw new Error(`no route of ours: ${route as string}`);
  const path = ["/v1", route, ...rest.map(segment)].join("/");
  return withQuery(path, new URLSearchParams(definedOf(query)));
}

/** What this page is addressed by, with some of its query replaced; null removes. What is no path of ours gives the overview. */
export function hereWith(here: string, query: Readonly<Record<string, string | null>>): Href {
  const mark = here.indexOf("?");
  const path = mark === -1 ? here : here.slice(0, mark);
  const search = new URLSearchParams(mark === -1 ? "" : here.slice(mark + 1));
  for (const name of Object.keys(query)) search.delete(name);
  for (const [name, value] of Object.entries(definedOf(query))) search.set(name, value);
  return withQuery(OWN_PATH.test(path) ? path : "/v1/status", search);
}

/** Below /v1, in characters that a path may hold: never another host, never a scheme, never a way up. */
const OWN_PATH = /^\/v1(?:\/(?!\.{1,2}(?:\/|$))[\w.~!$&'()*+,;=:@%-]+)+$/u;

function withQuery(path: string, query: URLSearchParams): Href {
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function definedOf(query: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** A lone surrogate cannot be encoded, and a segment of dots would be a way up. */
function segment(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed());
  return /^\.{1,2}$/u.test(encoded) ? encoded.replaceAll(".", "%252E") : encoded;
}
