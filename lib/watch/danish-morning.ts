const DAY = 86_400_000;
const DIGEST_HOUR = "07";
/** Denmark's only two offsets from UTC: winter and summer. */
const OFFSETS = ["+01:00", "+02:00"] as const;
const MONDAY = 1;

const CLOCK = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/Copenhagen",
  hourCycle: "h23",
  ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit" },
});

/** Seven o'clock in Denmark on one date: when people who come to work want to know what happened. */
export interface Morning {
  /** The Danish date, YYYY-MM-DD. */
  readonly date: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The latest morning at or before `now` (epoch milliseconds). Pure. */
export function latestMorning(now: number): Morning {
  const { date } = danishTime(now);
  const at = morningOf(date);
  return at <= now ? { date, at } : morningBefore(date);
}

/** The morning of a Danish date, epoch milliseconds. */
export function morningOf(date: string): number {
  const moments = OFFSETS.map((offset) => Date.parse(`${date}T${DIGEST_HOUR}:00:00${offset}`));
  // Clocks are set at night, so exactly one of the two is seven o'clock there.
  const at = moments.find((moment) => danishTime(moment).hour === DIGEST_HOUR);
  if (at === undefined) throw new Error(`${date} has no morning in Denmark`);
  return at;
}

export function isMonday({ date }: Morning): boolean {
  return new Date(date).getUTCDay() === MONDAY;
}

/** The morning after. */
export function morningAfter({ date }: Morning): Morning {
  return neighbour(date, DAY);
}

function morningBefore(date: string): Morning {
  return neighbour(date, -DAY);
}

/** Calendar dates are counted in UTC, where every day has 24 hours. */
function neighbour(date: string, distance: number): Morning {
  const other = new Date(Date.parse(date) + distance).toISOString().slice(0, date.length);
  return { date: other, at: morningOf(other) };
}

function danishTime(moment: number): { readonly date: string; readonly hour: string } {
  const parts = new Map(CLOCK.formatToParts(moment).map(({ type, value }) => [type, value]));
  const [year, month, day, hour] = (["year", "month", "day", "hour"] as const).map((type) => parts.get(type) ?? "");
  return { date: `${String(year)}-${String(month)}-${String(day)}`, hour: String(hour) };
}
