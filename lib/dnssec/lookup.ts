import type { Observed } from "../core/observation.ts";
import type { Question, Reply } from "../wire/message.ts";
import type { AnswerBook } from "./answer-book.ts";

/** What is known about a question; undefined when it was never asked. */
export type Lookup = (question: Question) => Observed<Reply> | undefined;

/** A string that is equal for equal questions: usable as a key of a map or a cache. */
export function questionKey(question: Question): string {
  return `${question.type} ${question.name}`;
}

/** Reads a book by question. Where a question stands twice, the last entry counts. */
export function indexBook(book: AnswerBook): Lookup {
  const replies = new Map(book.map((entry) => [questionKey(entry.question), entry.reply]));
  return (question) => replies.get(questionKey(question));
}

/** Answers from `first`, and from `fallback` what was never asked there: one server's own replies over the resolver's chain. */
export function layerBooks(first: Lookup, fallback: Lookup): Lookup {
  return (question) => first(question) ?? fallback(question);
}
