import { CAUSES } from "../core/cause.ts";
import { type Unobserved, unobserved } from "../core/observation.ts";
import type { AnswerBook } from "../dnssec/answer-book.ts";

/** The cause when nothing whatever was heard, the first in order of precedence; null when something was. */
export function silenceOf(book: AnswerBook): Unobserved | null {
  const unheard = book.flatMap(({ reply }) => (reply.state === "unobserved" ? [reply] : []));
  if (unheard.length < book.length) return null;
  const first = unheard.toSorted((a, b) => CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause))[0];
  return first ?? unobserved("internal", "no question was asked");
}
