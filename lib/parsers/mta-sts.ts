/** MTA-STS (RFC 8461): the record that announces a policy, the policy, and which mail servers it names. */
import { Buffer } from "node:buffer";
import type { Name } from "../wire/name.ts";
import { withoutMargins } from "./tag-list.ts";
import { hasVersion, isMeantAs, readFields } from "./versioned-fields.ts";

/** What the TXT record at `_mta-sts` says: `id` changes whenever the policy does. */
export interface MtaStsRecord {
  readonly id: string;
}

/** `unrelated`: some other text. `version`: meant as one, but senders discard it, since it does not begin with `v=STSv1;`. */
export type MtaStsRecordProblem = "unrelated" | "version" | "fields" | "no-id" | "id";

export type ParsedMtaStsRecord =
  { readonly ok: true; readonly value: MtaStsRecord } | { readonly ok: false; readonly problem: MtaStsRecordProblem };

export interface MtaStsPolicy {
  readonly mode: "enforce" | "testing" | "none";
  /** Seconds. */
  readonly maxAge: number;
  /** Lower case, "*." in front where any one label may stand; in the order of the file. */
  readonly mx: readonly string[];
}

export type MtaStsPolicyProblem =
  "too-long" | "line" | "version" | "no-version" | "mode" | "no-mode" | "max-age" | "no-max-age" | "mx" | "no-mx";

/** `line`: the one at fault, from 1; null for what is missing. */
export type ParsedMtaStsPolicy =
  | { readonly ok: true; readonly value: MtaStsPolicy }
  | { readonly ok: false; readonly problem: MtaStsPolicyProblem; readonly line: number | null };

const VERSION = "STSv1";
const ID = /^[A-Za-z0-9]{1,32}$/;

/** Reads the text of one TXT record, its strings joined, one character per octet (RFC 8461 section 3.1). */
export function parseMtaStsRecord(text: string): ParsedMtaStsRecord {
  if (!hasVersion(text, VERSION)) return { ok: false, problem: isMeantAs(text, VERSION) ? "version" : "unrelated" };
  const fields = readFields(text, ["id"]);
  if (fields === null) return { ok: false, problem: "fields" };
  const id = fields.get("id");
  if (id === undefined) return { ok: false, problem: "no-id" };
  return ID.test(id) ? { ok: true, value: { id } } : { ok: false, problem: "id" };
}

/** RFC 8461 section 3.3 suggests that senders read no more. */
export const MAX_POLICY_OCTETS = 0x1_0000;
const MAX_MX = 256;
/** RFC 8461 section 3.2: a year. */
const LONGEST_AGE = 31_557_600;

const FIELD = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):[ \t]*(.*)$/;
/** UTF-8 without control characters; blanks at the end are gone already. */
const EXTENSION_VALUE = /^[\x20-\x7e\x80-\xff]+$/;
const HOST_PATTERN = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST_PATTERN = 255;

/** What each field may hold: its value, or the problem. */
const VALUES: Readonly<Record<string, { readonly holds: (value: string) => boolean; readonly problem: Problem }>> = {
  version: { holds: (value) => value === VERSION, problem: "version" },
  mode: { holds: (value) => MODES.some((mode) => mode === value), problem: "mode" },
  max_age: { holds: (value) => /^[0-9]{1,10}$/.test(value) && Number(value) <= LONGEST_AGE, problem: "max-age" },
  mx: { holds: isPattern, problem: "mx" },
};

type Problem = MtaStsPolicyProblem;
const MODES = ["enforce", "testing", "none"] as const;

/**
 * Reads a policy file (RFC 8461 section 3.2). Of a field that is there twice the first counts, except `mx`; unknown ones are
 * passed over. Empty lines, which the grammar does not have, are passed over too: files end in them.
 */
export function parseMtaStsPolicy(octets: Uint8Array): ParsedMtaStsPolicy {
  if (octets.length > MAX_POLICY_OCTETS) return { ok: false, problem: "too-long", line: null };
  const fields = new Map<string, string>();
  const mx: string[] = [];
  for (const [index, line] of linesOf(octets).entries()) {
    if (line === "") continue;
    const [, name = "", value = ""] = FIELD.exec(line) ?? [];
    const problem = fields.has(name) ? null : problemWith(name, value);
    if (problem !== null) return { ok: false, problem, line: index + 1 };
    if (mx.length >= MAX_MX) return { ok: false, problem: "too-long", line: index + 1 };
    if (name === "mx") mx.push(value.toLowerCase());
    else if (!fields.has(name)) fields.set(name, value);
  }
  return policyOf(fields, mx);
}

function linesOf(octets: Uint8Array): readonly string[] {
  const lines = Buffer.from(octets).toString("latin1").split("\n");
  return lines.map((line) => withoutMargins(line.endsWith("\r") ? line.slice(0, -1) : line));
}

function problemWith(name: string, value: string): Problem | null {
  if (name === "" || !EXTENSION_VALUE.test(value)) return "line";
  const rule = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  return rule === undefined || rule.holds(value) ? null : rule.problem;
}

function policyOf(fields: ReadonlyMap<string, string>, mx: readonly string[]): ParsedMtaStsPolicy {
  const missing = (problem: Problem): ParsedMtaStsPolicy => ({ ok: false, problem, line: null });
  const mode = MODES.find((each) => each === fields.get("mode"));
  const maxAge = fields.get("max_age");
  if (!fields.has("version")) return missing("no-version");
  if (mode === undefined) return missing("no-mode");
  if (maxAge === undefined) return missing("no-max-age");
  if (mx.length === 0 && mode !== "none") return missing("no-mx");
  return { ok: true, value: { mode, maxAge: Number(maxAge), mx } };
}

function isPattern(value: string): boolean {
  return value.length <= LONGEST_PATTERN && HOST_PATTERN.test(value.toLowerCase());
}

/** Whether a pattern of a policy means this mail server: "*." stands for exactly one label (RFC 8461 section 4.1). */
export function meansMailServer(pattern: string, server: Name): boolean {
  const host = server.slice(0, -1);
  if (!pattern.startsWith("*.")) return host === pattern;
  const dot = host.indexOf(".");
  return dot > 0 && host.slice(dot + 1) === pattern.slice("*.".length);
}
