import type { Language } from "../core/messages.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  da: "januar februar marts april maj juni juli august september oktober november december".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};

const UNITS = [
  { length: DAY, da: ["dag", "dage"], en: ["day", "days"] },
  { length: HOUR, da: ["time", "timer"], en: ["hour", "hours"] },
  { length: MINUTE, da: ["minut", "minutter"], en: ["minute", "minutes"] },
  { length: SECOND, da: ["sekund", "sekunder"], en: ["second", "seconds"] },
] as const;

/** Danish civil time, whatever the machine is set to. */
const COPENHAGEN = new Intl.DateTimeFormat("en-GB", {
  ...{ timeZone: "Europe/Copenhagen", hourCycle: "h23", timeZoneName: "longOffset" },
  ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" },
});

type Part = "year" | "month" | "day" | "hour" | "minute" | "second" | "timeZoneName";

function danishParts(milliseconds: number): Readonly<Record<Part, string>> {
  const parts = COPENHAGEN.formatToParts(milliseconds).map(({ type, value }) => [type, value]);
  return Object.fromEntries(parts) as Readonly<Record<Part, string>>;
}

/** "23. november 2026 kl. 11.02" in Danish time; `moment` is ISO 8601 or epoch milliseconds. What is no moment is shown as it is. */
export function momentWords(moment: string | number, language: Language): string {
  if (millisecondsOf(moment) === null) return String(moment);
  return `${dateWords(moment, language)}${language === "da" ? "" : " at"} ${timeWords(moment, language)}`;
}

/** "kl. 11.02" in Danish time. */
export function timeWords(moment: string | number, language: Language): string {
  const at = millisecondsOf(moment);
  if (at === null) return String(moment);
  const { hour, minute } = danishParts(at);
  const season = seasonWords(at, language);
  return language === "da" ? `kl. ${hour}.${minute}${season}` : `${hour}:${minute}${season}`;
}

/** "23. november 2026" in Danish time. */
export function dateWords(moment: string | number, language: Language): string {
  const at = millisecondsOf(moment);
  if (at === null) return String(moment);
  const { year, month, day } = danishParts(at);
  const name = MONTHS[language][Number(month) - 1] ?? month;
  return language === "da" ? `${Number(day)}. ${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

/** "11.02.13" in Danish time: for lines at a terminal. */
export function clockWords(moment: string | number, language: Language): string {
  const at = millisecondsOf(moment);
  if (at === null) return String(moment);
  const { hour, minute, second } = danishParts(at);
  return [hour, minute, second].join(language === "da" ? "." : ":");
}

/** "2 timer og 10 minutter": the two largest units, rounded down. Less than a second is none. */
export function durationWords(milliseconds: number, language: Language): string {
  const first = UNITS.findIndex(({ length }) => milliseconds >= length);
  const used = first === -1 ? UNITS.slice(-1) : UNITS.slice(first, first + 2);
  let left = Math.max(0, milliseconds);
  const parts = used.flatMap((unit, index) => {
    const count = Math.floor(left / unit.length);
    left -= count * unit.length;
    const [one, many] = unit[language];
    return count === 0 && (index > 0 || first !== -1) ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return parts.join(language === "da" ? " og " : " and ");
}

/** The hour that the end of summer time repeats is told apart; otherwise nothing is added. */
function seasonWords(at: number, language: Language): string {
  const here = danishParts(at);
  const isRepeated = [at - HOUR, at + HOUR].some((other) => {
    const there = danishParts(other);
    return there.hour === here.hour && there.day === here.day;
  });
  if (!isRepeated) return "";
  const isSummer = here.timeZoneName === "GMT+02:00";
  if (language === "da") return isSummer ? " (sommertid)" : " (vintertid)";
  return isSummer ? " (summer time)" : " (winter time)";
}

function millisecondsOf(moment: string | number): number | null {
  const at = typeof moment === "number" ? moment : Date.parse(moment);
  return Number.isFinite(at) && Math.abs(at) <= LATEST ? at : null;
}

/** ECMA-262 section 21.4.1.1: beyond this no date exists, and formatting throws. */
const LATEST = 8_640_000_000_000_000;
