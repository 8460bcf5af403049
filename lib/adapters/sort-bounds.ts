import type { Range } from "../ports.ts";
import { AFTER_ALL, keyText } from "./key-text.ts";

/** Both ends belong to it; an end that is missing is open. As stored, see key-text.ts. */
export interface SortBounds {
  readonly low?: string;
  readonly high?: string;
}

/** The one stretch of stored sort keys that a range asks for, or null when nothing can lie in it. */
export function sortBounds({ from, to, prefix }: Range): SortBounds | null {
  const low = higher(written(from), written(prefix));
  const high = lower(written(to), prefix === undefined ? undefined : `${keyText(prefix)}${AFTER_ALL}`);
  if (high === "" || (low !== undefined && high !== undefined && low > high)) return null;
  return { ...(low !== undefined && low !== "" && { low }), ...(high !== undefined && { high }) };
}

function written(key: string | undefined): string | undefined {
  return key === undefined ? undefined : keyText(key);
}

function higher(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}

function lower(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
