import { accepted, expected, type Leaf } from "./leaf.ts";

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/u;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/u;
const DAY = 86_400_000;
const COPENHAGEN = new Intl.DateTimeFormat("en-US", { timeZone: "Europe/Copenhagen", timeZoneName: "longOffset" });

/** Reads a date or a moment with an offset as epoch milliseconds. A plain date is the start of that day in Denmark. */
export function parseStart(text: string): Leaf<number> {
  return parseMoment(text, 0);
}

/** As parseStart, but a plain date is the last millisecond of that day in Denmark. */
export function parseEnd(text: string): Leaf<number> {
  return parseMoment(text, 1);
}

/** Reads a plain calendar date and keeps it as text. */
export function parseDate(text: string): Leaf<string> {
  return midnightUtcOf(text) === null ? notADate() : accepted(text);
}

function parseMoment(text: string, daysAfter: 0 | 1): Leaf<number> {
  const midnight = midnightUtcOf(text);
  if (midnight !== null) return accepted(midnightInDenmark(midnight + daysAfter * DAY) - daysAfter);
  if (!DATE_TIME.test(text) || midnightUtcOf(text.slice(0, 10)) === null) return notADate();
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? notADate() : accepted(moment);
}

function midnightUtcOf(text: string): number | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const moment = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== text ? null : moment;
}

/** Danish clocks change at 01:00 UTC, never at midnight, so the offset just before midnight is the one that holds. */
function midnightInDenmark(midnightUtc: number): number {
  const part = COPENHAGEN.formatToParts(midnightUtc - DAY / 8).find(({ type }) => type === "timeZoneName");
  const match = /GMT([+-]\d{2}):(\d{2})/u.exec(part?.value ?? "");
  const minutes = match === null ? 0 : Number(match[1]) * 60 + Number(match[2]);
  return midnightUtc - minutes * 60_000;
}

function notADate(): { readonly ok: false; readonly expected: { da: string; en: string } } {
  return expected(
    "en dato, der findes, f.eks. 2027-06-30, eller et tidspunkt som 2027-06-30T12:00:00+02:00",
    "a date that exists, such as 2027-06-30, or a moment such as 2027-06-30T12:00:00+02:00",
  );
}
