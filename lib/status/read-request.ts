import type { Language } from "../core/messages.ts";
import type { Leaf } from "../inventory/leaf.ts";
import { printable } from "../reports/printable.ts";
import { openCursor, type Walk } from "./cursor.ts";
import { languageParameter } from "./parameters.ts";
import { malformed, missing } from "./refusal.ts";
import { type AnyAsked, DEFAULT_LIMIT, type Parameter, type Parameters } from "./route.ts";
import type { Match } from "./match-route.ts";

/** Says how a page is to look, not what is on it: a cursor is good whatever these are. */
const OF_THE_PAGE_ONLY = ["cursor", "limit", "lang"];

/** What cursors are made for and opened with. */
export interface Seal {
  readonly municipality: string;
  readonly secret: string;
}

/** Reads and checks all that was asked, and names the walk that its cursors belong to. Refuses with 400, or 404 for names. */
export function readRequest(
  { route, parameters }: Match,
  query: URLSearchParams,
  language: Language,
  { municipality, secret }: Seal,
): { readonly asked: AnyAsked; readonly walk: Walk } {
  const known: Parameters = { ...route.queryParameters, lang: languageParameter };
  const given = readQuery(query, known);
  const path = valuesOf(parameters, route.pathParameters);
  const values = valuesOf(given, known);
  const kept = Object.entries(given).filter(([name]) => !OF_THE_PAGE_ONLY.includes(name));
  const walk: Walk = { municipality, route: route.id, query: { ...parameters, ...Object.fromEntries(kept) } };
  const limit = typeof values.limit === "number" ? values.limit : DEFAULT_LIMIT;
  const position =
    given.cursor === undefined || route.position === null
      ? null
      : openCursor(given.cursor, route.position, walk, secret);
  if (given.cursor !== undefined && position === null) throw badCursor();
  return { asked: { path, query: values, position, limit, language }, walk };
}

/** `?lang=` decides before anything else is looked at, so that a refusal is in that language too. */
export function languageAsked(query: URLSearchParams): Language | null {
  const read = languageParameter.read(query.get("lang") ?? "");
  return read.ok ? read.value : null;
}

function readQuery(query: URLSearchParams, known: Parameters): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const [name, text] of query) {
    if (!Object.hasOwn(known, name)) throw unknownParameter(name, Object.keys(known));
    if (Object.hasOwn(given, name)) throw repeated(name);
    given[name] = text;
  }
  return given;
}

function valuesOf(texts: Readonly<Record<string, string>>, parameters: Parameters): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, valueOf(name, text, parameters[name])]));
}

function valueOf(name: string, text: string, parameter: Parameter<unknown> | undefined): unknown {
  const read: Leaf<unknown> | undefined = parameter?.read(text);
  if (read === undefined) throw new Error(`the route does not declare ${name}`);
  if (read.ok) return read.value;
  const { da, en } = read.expected;
  const shown = quoted(text);
  const refuse = parameter?.otherwise === 404 ? missing : malformed;
  const kind = parameter?.otherwise === 404 ? "not-found" : "bad-parameter";
  throw refuse(kind, `${name}: ${shown}. Forventet: ${da}.`, `${name}: ${shown}. Expected: ${en}.`);
}

const LONGEST_QUOTED = 100;

/** Of what others send only so much is said back, and nothing that a terminal would act on. */
function quoted(text: string): string {
  const short = text.length > LONGEST_QUOTED ? `${text.slice(0, LONGEST_QUOTED)}…` : text;
  return `"${printable(short)}"`;
}

function unknownParameter(name: string, known: readonly string[]) {
  const all = known.join(", ");
  return malformed(
    "unknown-parameter",
    `${quoted(name)} er ingen parameter her. Forventet: ${all}.`,
    `${quoted(name)} is no parameter here. Expected: ${all}.`,
  );
}

function repeated(name: string) {
  return malformed(
    "repeated-parameter",
    `${name} er angivet flere gange. Forventet: højst én gang.`,
    `${name} is given more than once. Expected: once at most.`,
  );
}

function badCursor() {
  return malformed(
    "bad-cursor",
    "cursor passer ikke til denne forespørgsel. Forventet: en værdi, som feltet next har haft i svar på samme forespørgsel.",
    "cursor does not fit this request. Expected: a value that the field next has had in an answer to the same request.",
  );
}
