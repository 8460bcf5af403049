const DAY_LENGTH = "2026-11-23".length;
const DAY_SECONDS = 86_400;
const WEEK_DAYS = 7;
/** 1970-01-01 was a Thursday: so many days after a Monday. */
const FIRST_MONDAY = 3;

/**
 * How long what reports taught is kept, in days, and how old a report may be: half a year. Senders' addresses, even as blocks,
 * may concern persons, and a selector that has not been seen for so long proves nothing of today.
 */
export const KEPT_DAYS = 182;

/** The UTC day, YYYY-MM-DD, of a moment in seconds since 1970. */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, DAY_LENGTH);
}

/** The Monday that the moment's week begins with. */
export function weekOf(seconds: number): string {
  const day = Math.floor(seconds / DAY_SECONDS);
  return dayOf(Math.max(0, day - ((day + FIRST_MONDAY) % WEEK_DAYS)) * DAY_SECONDS);
}

/** The weeks that are kept at a moment, oldest first; the oldest may have begun a little before KEPT_DAYS ago. */
export function keptWeeks(seconds: number): readonly string[] {
  const first = Date.parse(weekOf(seconds - KEPT_DAYS * DAY_SECONDS)) / 1000;
  const weeks: string[] = [];
  for (let at = first; at <= seconds; at += WEEK_DAYS * DAY_SECONDS) weeks.push(dayOf(at));
  return weeks;
}
