import { createHash } from "node:crypto";
import type { Observation } from "../core/observation.ts";

/** Lists in the order in which things happened to arrive: which comes first is no part of what was seen. */
const UNORDERED = new Set([
  ...["answer", "authority", "additional", "book", "servers"],
  ...["byParent", "byZone", "withoutAddress", "namesBelow"],
]);

/** A time to live counts down in a cache, and the texts of SMTP replies hold the time of day: every look sees others. */
const PASSING = new Set(["ttl", "lines"]);

/**
 * One text for what was seen, whenever it was seen: without times, times to live and what servers say in words, and with lists that have no order sorted.
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

function textOf(value: unknown, key: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const members = value.map((member) => textOf(member, ""));
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
