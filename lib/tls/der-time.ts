import { Buffer } from "node:buffer";
import { WireProblem } from "../wire/octet-reader.ts";
import { type DerElement, TAG } from "./der.ts";

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/** A two-digit year from here on is of the last century (RFC 5280 section 4.1.2.5.1). */
const LAST_CENTURY_FROM = 50;

/**
 * A moment as RFC 5280 section 4.1.2.5 demands it: UTCTime or GeneralizedTime with seconds, in UTC, without fractions. Epoch
 * milliseconds; the 60th second counts as the next minute's first. Throws WireProblem.
 */
export function readTime({ tag, content }: DerElement, what: string): number {
  const text = Buffer.from(content).toString("latin1");
  const form = tag === TAG.utcTime ? UTC_TIME : tag === TAG.generalizedTime ? GENERALIZED_TIME : null;
  const digits = form?.exec(text)?.slice(1).map(Number);
  if (digits === undefined) throw new WireProblem(`${what} is no time`);
  const [year, ...rest] = digits as unknown as Digits;
  return momentOf([tag === TAG.utcTime ? fullYear(year) : year, ...rest], what);
}

/** Year, month, day, hour, minute and second: the six groups of both forms. */
type Digits = readonly [number, number, number, number, number, number];

function fullYear(year: number): number {
  return year + (year < LAST_CENTURY_FROM ? 2000 : 1900);
}

function momentOf([year, month, day, hour, minute, second]: Digits, what: string): number {
  if (hour > 23 || minute > 59 || second > 60) throw new WireProblem(`${what} is no time of day`);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) throw new WireProblem(`${what} is no date`);
  return date.setUTCHours(hour, minute, second);
}
