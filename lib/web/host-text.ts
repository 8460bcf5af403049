import type { Name } from "../wire/name.ts";

/** A DNS name as web addresses write it: without the final dot. */
export function hostText(name: Name): string {
  return name.slice(0, -1);
}
