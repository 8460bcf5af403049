import type { Name } from "../../wire/name.ts";

/** A name as people write it: without the final dot, except the root's. */
export function plainName(name: Name): string {
  return name === "." ? "." : name.slice(0, -1);
}

/** Epoch milliseconds as "2026-11-23 10:00 UTC". */
export function plainTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A list for a sentence, each entry once. */
export function plainList(entries: readonly string[]): string {
  return [...new Set(entries)].join(", ");
}
