import { parseDate } from "../inventory/moment.ts";
import { usageError } from "./cli-error.ts";

const DATE_LENGTH = "2026-11-23".length;

/** Reads a date (YYYY-MM-DD, UTC) that is not in the future at `now` (epoch milliseconds), or throws a usage error. */
export function pastDay(option: string, text: string, now: number): string {
  const date = parseDate(text);
  if (!date.ok) {
    throw usageError(
      `${option}: ${text} er ingen dato. Skriv den som 2026-11-23.`,
      `${option}: ${text} is no date. Write it as 2026-11-23.`,
    );
  }
  const today = new Date(now).toISOString().slice(0, DATE_LENGTH);
  if (date.value <= today) return date.value;
  throw usageError(
    `${option}: ${text} ligger i fremtiden; i dag er ${today} (UTC).`,
    `${option}: ${text} is in the future; today is ${today} (UTC).`,
  );
}
