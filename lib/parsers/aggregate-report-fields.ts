import type { Bilingual } from "../core/messages.ts";
import { WireProblem } from "../wire/octet-reader.ts";
import { ipv4Octets, ipv6Octets } from "../wire/rdata/address-text.ts";
import type { ReportProblem } from "./aggregate-report.ts";

/** Of what a report says, as much as an error repeats. */
const LONGEST_QUOTE = 40;
/** More messages of one row than this are no count but an attempt to drown the others. */
const LARGEST_COUNT = 1_000_000_000;
/** The last second that a date of four-digit year can name. */
const LAST_SECOND = 253_402_300_799;
const WHOLE_NUMBER = /^\d{1,12}$/;

/** Thrown inside the parser only; what leaves it is the problem. */
export class Malformed extends Error {
  readonly problem: ReportProblem;

  constructor(line: number, words: Bilingual) {
    super(words.en);
    this.problem = { line, words };
  }
}

/** The texts of one part of a report by the element they stood in. An element that stands twice is a problem. */
export class Fields {
  readonly #texts = new Map<string, { readonly text: string; readonly line: number }>();

  /** Throws Malformed. */
  add(element: string, text: string, line: number): void {
    if (this.#texts.has(element)) {
      throw new Malformed(line, {
        da: `forventede <${nameOf(element)}> én gang på dette sted, fandt det igen`,
        en: `expected <${nameOf(element)}> once in this place, found it again`,
      });
    }
    this.#texts.set(element, { text: text.trim(), line });
  }

  /** Null where the element is missing or empty. */
  text(element: string): string | null {
    const text = this.#texts.get(element)?.text ?? "";
    return text === "" ? null : text;
  }

  /** Throws Malformed where the element is missing or empty. `line`: where its absence shows. */
  required(element: string, line: number): string {
    const text = this.text(element);
    if (text !== null) return text;
    const name = nameOf(element);
    throw new Malformed(this.#texts.get(element)?.line ?? line, {
      da: `forventede <${name}> med indhold, fandt ingenting`,
      en: `expected <${name}> with a text, found nothing`,
    });
  }

  /** One of the words, whatever its case; "other" for another word, null for none. */
  word<Word extends string>(element: string, words: readonly Word[]): Word | "other" | null {
    const text = this.text(element)?.toLowerCase();
    return text === undefined ? null : (words.find((word) => word === text) ?? "other");
  }

  /** Seconds since 1970. Throws Malformed. */
  second(element: string, line: number): number {
    return this.#whole(element, line, LAST_SECOND, {
      da: "sekunder siden 1970 som et helt tal",
      en: "seconds since 1970 as a whole number",
    });
  }

  /** A number of messages. Throws Malformed. */
  count(element: string, line: number): number {
    return this.#whole(element, line, LARGEST_COUNT, {
      da: `et helt tal fra 0 til ${LARGEST_COUNT}`,
      en: `a whole number from 0 to ${LARGEST_COUNT}`,
    });
  }

  /** An address in text. Throws Malformed. */
  address(element: string, line: number): string {
    const text = this.required(element, line);
    if (isAddress(text)) return text;
    throw this.#unlike(element, text, { da: "en IPv4- eller IPv6-adresse", en: "an IPv4 or IPv6 address" });
  }

  #whole(element: string, line: number, largest: number, form: Bilingual): number {
    const text = this.required(element, line);
    const number = WHOLE_NUMBER.test(text) ? Number(text) : Number.NaN;
    if (number <= largest) return number;
    throw this.#unlike(element, text, form);
  }

  #unlike(element: string, text: string, form: Bilingual): Malformed {
    const quote = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
    const name = nameOf(element);
    return new Malformed(this.#texts.get(element)?.line ?? 1, {
      da: `forventede ${form.da} i <${name}>, fandt «${quote}»`,
      en: `expected ${form.en} in <${name}>, found "${quote}"`,
    });
  }
}

/** An element is known by its way from the part's beginning; people are told its own name. */
function nameOf(element: string): string {
  return element.slice(element.lastIndexOf("/") + 1);
}

function isAddress(text: string): boolean {
  try {
    return (text.includes(":") ? ipv6Octets(text) : ipv4Octets(text)).length > 0;
  } catch (error) {
    if (error instanceof WireProblem) return false;
    throw error;
  }
}
