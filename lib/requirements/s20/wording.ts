import { plainTime as plainSeconds } from "../wording.ts";

export { plainList, plainName } from "../wording.ts";

const MILLISECONDS = 1000;

/** Epoch milliseconds as "2026-11-23 10:00 UTC". */
export function plainTime(milliseconds: number): string {
  return plainSeconds(milliseconds / MILLISECONDS);
}
