import { accepted, expected, type Leaf } from "./leaf.ts";

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
/** Longer waits than a year are mistakes, and timers overflow soon after. */
const LONGEST = 366 * 86_400_000;

/** Reads a length of time such as 10m, 90s or 6h as milliseconds, above zero and at most a year. */
export function parseDuration(text: string): Leaf<number> {
  const match = /^(\d{1,9})(ms|s|m|h|d|w)$/u.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]) * (UNITS[match[2] ?? ""] ?? Number.NaN);
  if (value > 0 && value <= LONGEST) return accepted(value);
  return expected(
    "et tidsrum på højst et år: et tal og ms, s, m, h, d eller w, f.eks. 10m",
    "a length of time of at most a year: a number and ms, s, m, h, d or w, such as 10m",
  );
}
