import type { Observed } from "../core/observation.ts";
import type { Question, Reply } from "../wire/message.ts";

/**
 * Every question that was asked and what came of it: a decoded reply (SERVFAIL and REFUSED are replies),
 * or the cause of its absence. The validator reads nothing else, so a stored book can be judged again.
 */
export type AnswerBook = readonly BookEntry[];

export interface BookEntry {
  readonly question: Question;
  readonly reply: Observed<Reply>;
}
