import type { RecordRef } from "../dnssec/outcome.ts";
import type { Name } from "../wire/name.ts";

/** A name as people write it: without the final dot, except the root's. */
export function plainName(name: Name): string {
  return name === "." ? "." : name.slice(0, -1);
}

/** A record set as people speak of it: its type, and its owner when that is not the zone's apex. */
export function plainRecord({ name, type }: RecordRef, zone: Name): string {
  return name === zone ? type : `${type} for ${plainName(name)}`;
}

/** Seconds since 1970 as "2026-11-23 10:00 UTC". */
export function plainTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A list for a sentence, each entry once. */
export function plainList(entries: readonly (string | number)[]): string {
  return [...new Set(entries)].join(", ");
}
