import type { Language } from "../../core/messages.ts";
import { sayIn } from "../../reports/alert-body.ts";
import { dateWords, durationWords, momentWords } from "../../reports/alert-time.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../page.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "23. november 2026 kl. 11.02", readable by programs too. */
export function momentPart(moment: string, { language }: View): Html {
  return html`<time datetime="${moment}">${momentWords(moment, language)}</time>`;
}

/** As `momentPart`, with how long ago that is below it. */
export function momentAndAge(moment: string, view: View): Html {
  return html`${momentPart(moment, view)} <span class="age">${ageWords(moment, view)}</span>`;
}

/** "for 12 minutter siden", "om 48 minutter": as exact as people need it. */
export function ageWords(moment: string, { now, language }: View): string {
  const say = sayIn(language);
  const away = Date.parse(moment) - now;
  if (!Number.isFinite(away)) return "";
  if (Math.abs(away) < MINUTE) return away < 0 ? say("lige nu", "just now") : say("om lidt", "shortly");
  const words = roughly(Math.abs(away), language);
  return away < 0 ? say(`for ${words} siden`, `${words} ago`) : say(`om ${words}`, `in ${words}`);
}

/** "12 minutter", "3 timer", "2 dage og 4 timer". */
export function roughly(length: number, language: Language): string {
  const unit = length < HOUR ? MINUTE : length < DAY ? MINUTE : HOUR;
  return durationWords(Math.floor(length / unit) * unit, language);
}

/** A date without a time of day. */
export function datePart(date: string, { language }: View): Html {
  return html`<time datetime="${date}">${dateWords(date, language)}</time>`;
}
