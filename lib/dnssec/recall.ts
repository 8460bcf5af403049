import type { Reply } from "../wire/message.ts";
import type { Session } from "./session.ts";

/** A judgement and the work it took, so that having it at hand costs a question's bounds as much as making it would. */
interface Remembered<T> {
  readonly outcome: T;
  readonly signatures: number;
  readonly hashes: number;
}

/**
 * Judgements by the very reply they were made from: domains of one run share the replies about the root, their top-level
 * domain and their operator's zones. Replies are never changed, so the object stands for its content; one recall serves one
 * validation context only.
 */
export class Recall<T> {
  readonly #known = new WeakMap<Reply, Map<string, Remembered<T>>>();

  /**
   * The judgement of `reply` under `key`, which names all else that it depends on. Made anew when remembering it would let a
   * question do more work than the policy allows, so that what was asked before never changes an outcome.
   */
  judge(reply: Reply, key: string, session: Session, make: () => T): T {
    const { spent, context } = session;
    const byKey = this.#known.get(reply) ?? new Map<string, Remembered<T>>();
    this.#known.set(reply, byKey);
    const known = byKey.get(key);
    const { signaturesPerQuestion, hashesPerQuestion } = context.policy.bounds;
    if (
      known !== undefined &&
      spent.signatures + known.signatures <= signaturesPerQuestion &&
      spent.hashes + known.hashes <= hashesPerQuestion
    ) {
      spent.signatures += known.signatures;
      spent.hashes += known.hashes;
      return known.outcome;
    }
    const before = { ...spent };
    const outcome = make();
    const isWithinBounds = spent.signatures < signaturesPerQuestion && spent.hashes < hashesPerQuestion;
    if (isWithinBounds) {
      const signatures = spent.signatures - before.signatures;
      const hashes = spent.hashes - before.hashes;
      byKey.set(key, { outcome, signatures, hashes });
    }
    return outcome;
  }
}
