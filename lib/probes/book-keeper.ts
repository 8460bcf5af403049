import type { Observed, Unobserved } from "../core/observation.ts";
import type { AnswerBook, BookEntry } from "../dnssec/answer-book.ts";
import type { Question, Reply } from "../wire/message.ts";

/** Asks each question once and writes down what came of it, in the order in which the questions were first put. */
export class BookKeeper {
  readonly #entries = new Map<string, { question: Question; reply: Observed<Reply> | undefined }>();
  readonly #ask: (question: Question) => Promise<Observed<Reply>>;

  constructor(ask: (question: Question) => Promise<Observed<Reply>>) {
    this.#ask = ask;
  }

  /** Asks those of the questions that have not been asked yet, side by side. Returns whether there were any. */
  async ask(questions: readonly Question[]): Promise<boolean> {
    const fresh = questions.filter((question) => {
      const key = keyOf(question);
      if (this.#entries.has(key)) return false;
      this.#entries.set(key, { question, reply: undefined });
      return true;
    });
    await Promise.all(
      fresh.map(async (question) => {
        const reply = await this.#ask(question);
        this.#entries.set(keyOf(question), { question, reply });
      }),
    );
    return fresh.length > 0;
  }

  /** How many different questions the book would hold if these were asked. */
  sizeWith(questions: readonly Question[]): number {
    return new Set([...this.#entries.keys(), ...questions.map(keyOf)]).size;
  }

  /** Writes down, without asking, why those of the questions that have not been asked never will be. */
  giveUp(questions: readonly Question[], why: Unobserved): void {
    for (const question of questions) {
      const key = keyOf(question);
      if (!this.#entries.has(key)) this.#entries.set(key, { question, reply: why });
    }
  }

  /** What was heard to a question; undefined when it was not asked. */
  readonly lookup = (question: Question): Observed<Reply> | undefined => this.#entries.get(keyOf(question))?.reply;

  get book(): AnswerBook {
    return [...this.#entries.values()].filter((entry): entry is BookEntry => entry.reply !== undefined);
  }
}

function keyOf({ name, type }: Question): string {
  return `${name} ${type}`;
}
