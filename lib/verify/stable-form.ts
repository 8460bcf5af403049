import { createHash } from "node:crypto";
import type { Observation } from "../core/observation.ts";

/** Lists in the order in which things happened to arrive: which comes first is no part of what was seen. */
const UNORDERED = new Set([
  ...["answer", "authority", "additional", "book", "servers"],
  ...["byParent", "byZone", "withoutAddress", "namesBelow"],
]);

/**
 * Every look sees others: a time to live counts down in a cache, the texts of SMTP replies hold the time of day, pages hold
 * counters and news, and how many connections a profile took depends on what broke.
 */
const PASSING = new Set(["ttl", "lines", "sha256", "octets", "connections"]);

/** Header fields that something is judged by; others hold the date, cookies and numbers of requests. */
const JUDGED_FIELDS = new Set(["strict-transport-security", "location", "refresh", "content-type"]);

/**
 * One text for what was seen, whenever it was seen: without times, times to live, what servers say in words, pages and header fields
 * that nothing is judged by, and with lists that have no order sorted.
 * The visit's random name stays in: whether a denial covers it decides verdicts, so two visits that asked for different names
 * have not seen the same. Two observations share a text only if nothing that is judged differs.
 */
export function stableText({ kind, asset, target, result }: Observation): string {
  return textOf({ kind, asset, target, result }, "");
}

/** SHA-256 of a text as a content address: `sha256:` and hex. */
export function addressOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** `fields` of an HTTP answer are pairs of name and value. */
function isJudgedField(field: unknown): boolean {
  return !Array.isArray(field) || typeof field[0] !== "string" || JUDGED_FIELDS.has(field[0]);
}

function textOf(value: unknown, key: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const members = (key === "fields" ? value.filter(isJudgedField) : value).map((member) => textOf(member, ""));
    return `[${(UNORDERED.has(key) ? members.sort() : members).join(",")}]`;
  }
  let members = "";
  for (const name of Object.keys(value).sort()) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member === undefined || PASSING.has(name)) continue;
    members += `${members === "" ? "" : ","}${JSON.stringify(name)}:${textOf(member, name)}`;
  }
  return `{${members}}`;
}
