import { createHash } from "node:crypto";
import type { Observation } from "../core/observation.ts";

/** Lists in the order in which things happened to arrive: which comes first is no part of what was seen. */
const UNORDERED = new Set([
  ...["answer", "authority", "additional", "book", "servers"],
  ...["byParent", "byZone", "withoutAddress", "namesBelow"],
]);

/** Counts down in a cache, so that every look sees another one. */
const TIME_TO_LIVE = "ttl";

/** Stands between the parts of a text around the random name: outside the quotes, so that no text can imitate it. */
const RANDOM_NAME = "@";

/**
 * One text for what was seen, whenever it was seen: without time and times to live, with lists that have no order sorted,
 * and with the visit's random name left out of every text. Two observations share it only if nothing else differs.
 */
export function stableText({ kind, asset, target, result }: Observation): string {
  return textOf({ kind, asset, target, result }, "", randomNameOf(result));
}

/** SHA-256 of a text as a content address: `sha256:` and hex. */
export function addressOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** Null where there is none: a name too long to put a label before stands for itself. */
function randomNameOf(result: Observation["result"]): string | null {
  if (result.state === "unobserved") return null;
  const { randomName, domain } = result.value;
  return typeof randomName === "string" && randomName !== domain ? randomName : null;
}

function textOf(value: unknown, key: string, randomName: string | null): string {
  if (typeof value === "string") return quoted(value, randomName);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const members = value.map((member) => textOf(member, "", randomName));
    return `[${(UNORDERED.has(key) ? members.sort() : members).join(",")}]`;
  }
  let members = "";
  for (const name of Object.keys(value).sort()) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member === undefined || name === TIME_TO_LIVE) continue;
    members += `${members === "" ? "" : ","}${JSON.stringify(name)}:${textOf(member, name, randomName)}`;
  }
  return `{${members}}`;
}

function quoted(text: string, randomName: string | null): string {
  if (randomName === null || !text.includes(randomName)) return JSON.stringify(text);
  return text
    .split(randomName)
    .map((part) => JSON.stringify(part))
    .join(RANDOM_NAME);
}
