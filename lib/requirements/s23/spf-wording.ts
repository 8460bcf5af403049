import type { Question } from "../../wire/message.ts";
import { plainName } from "./dmarc-wording.ts";

/** Characters of a term that a sentence holds. */
const TERM_SHOWN = 40;

/** A term of a record as it may be shown: printable ASCII, and not too much of it. */
export function plainTerm(term: string): string {
  const printable = term.slice(0, TERM_SHOWN).replace(/[^\x21-\x7e]/g, "?");
  return term.length > TERM_SHOWN ? `${printable}...` : printable;
}

/** A few terms for a sentence, each once; how many more there are follows. */
export function plainTerms(terms: readonly string[]): string {
  const [first = "", second] = new Set(terms.map((term) => plainTerm(term)));
  const rest = new Set(terms).size - 2;
  const shown = second === undefined ? first : `${first}, ${second}`;
  return rest > 0 ? `${shown} (+${String(rest)})` : shown;
}

/** A record set as people speak of it. */
export function plainQuestion({ name, type }: Question): string {
  return `${plainName(name)} ${type}`;
}
