/** Distances between rounds that a schedule can keep: they divide the day, so that rounds fall on the slots the watch computes. */
export const CADENCES = ["15m", "30m", "1h", "2h", "3h", "4h", "6h", "12h", "24h"] as const;

export type Cadence = (typeof CADENCES)[number];

const HOURS_A_DAY = 24;
const MINUTES_AN_HOUR = 60;

/** As EventBridge Scheduler writes it, in UTC; the watch's slots are multiples of the cadence since 1970, which is the same. */
export function cronOf(cadence: Cadence): string {
  const count = Number.parseInt(cadence, 10);
  if (cadence.endsWith("m")) return `cron(0/${count} * * * ? *)`;
  if (count === 1) return "cron(0 * * * ? *)";
  return count === HOURS_A_DAY ? "cron(0 0 * * ? *)" : `cron(0 0/${count} * * ? *)`;
}

export function minutesOf(cadence: Cadence): number {
  const count = Number.parseInt(cadence, 10);
  return cadence.endsWith("m") ? count : count * MINUTES_AN_HOUR;
}
