import { WireProblem } from "../octet-reader.ts";

const CALENDAR = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;
const WRAP = 2 ** 32;

/** RRSIG time as YYYYMMDDHHmmSS in UTC (RFC 4034 section 3.2), read as a moment between 1970 and 2106. */
export function signatureTimeText(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 19).replace(/\D/g, "");
}

/** Seconds modulo 2^32 of an RRSIG time, written either way that RFC 4034 section 3.2 allows. Throws WireProblem. */
export function signatureTimeSeconds(text: string): number {
  const parts = CALENDAR.exec(text)?.slice(1).map(Number);
  if (parts === undefined) {
    const seconds = /^\d{1,10}$/.test(text) ? Number(text) : WRAP;
    if (seconds >= WRAP) throw new WireProblem("not a signature time");
    return seconds;
  }
  const [year = 0, month = 0, ...rest] = parts;
  const [day = 0, hour = 0, minute = 0, second = 0] = rest;
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1_000;
  if (signatureTimeText(seconds) !== text) throw new WireProblem("not a signature time");
  return seconds % WRAP;
}
