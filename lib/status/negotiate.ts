import type { Language } from "../core/messages.ts";

export const LANGUAGES = ["da", "en"] as const satisfies readonly [Language, ...Language[]];

/** One item of Accept or Accept-Language: a range in lower case and its weight from 0 to 1. */
interface Weighted {
  readonly range: string;
  readonly weight: number;
}

/** More items than any browser sends; the rest is not looked at. */
const MOST_ITEMS = 50;
const QVALUE = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/u;

/**
 * Whether a page is liked better than JSON (RFC 9110 section 12.5.1). Who likes both alike, or says nothing, is a program;
 * so is who likes neither: it gets JSON all the same.
 */
export function prefersPage(accept: string | undefined): boolean {
  const items = weighted(accept);
  return (
    weightOf(items, ["text/html", "text/*", "*/*"]) > weightOf(items, ["application/json", "application/*", "*/*"])
  );
}

/** The language liked best (RFC 9110 section 12.5.4, RFC 4647 section 3.4); `otherwise` when neither or both alike. */
export function preferredLanguage(acceptLanguage: string | undefined, otherwise: Language): Language {
  const items = weighted(acceptLanguage);
  const [da, en] = LANGUAGES.map((language) => languageWeight(items, language)) as [number, number];
  return da === en ? otherwise : da > en ? "da" : "en";
}

function languageWeight(items: readonly Weighted[], language: Language): number {
  const own = items.filter(({ range }) => range === language || range.startsWith(`${language}-`));
  return own.length > 0 ? Math.max(...own.map(({ weight }) => weight)) : weightOf(items, ["*"]);
}

/** The weight of the most specific range that is there; 0 when none is. */
function weightOf(items: readonly Weighted[], ranges: readonly string[]): number {
  for (const range of ranges) {
    const found = items.find((item) => item.range === range);
    if (found !== undefined) return found.weight;
  }
  return 0;
}

function weighted(field: string | undefined): readonly Weighted[] {
  return (field ?? "").split(",", MOST_ITEMS).flatMap((item) => {
    const [range = "", ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
    if (range === "") return [];
    const quality = parameters.find((parameter) => /^q\s*=/u.test(parameter));
    if (quality === undefined) return [{ range, weight: 1 }];
    const value = quality.slice(quality.indexOf("=") + 1).trim();
    return QVALUE.test(value) ? [{ range, weight: Number(value) }] : [];
  });
}
