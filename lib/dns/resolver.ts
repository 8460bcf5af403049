import type { Observed, Unobserved } from "../core/observation.ts";
import type { Question, Reply } from "../wire/message.ts";

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Recursive resolvers, asked with RD=1 and DO=1. Neither method rejects: an absence is an `unobserved` with its cause. */
export interface Resolver {
  /**
   * The reply of the first resolver that has one, asked with CD=1 so that broken data is handed out and not hidden.
   * SERVFAIL and its like are replies: they are returned when a second resolver says no better.
   */
  ask(question: Question, options?: AskOptions): Promise<Observed<Reply>>;
  /** The reply of every resolver, each on its own; with `checkingDisabled: false` their own validation shows. */
  askEach(
    question: Question,
    options: AskOptions & { readonly checkingDisabled: boolean },
  ): Promise<readonly ResolverReply[]>;
  /** Each resolver by itself, as `ask` but without another to fall back on. */
  alone(): readonly LoneResolver[];
  /** What became of each resolver so far, for "could not be reached" messages. */
  describe(): readonly ResolverHealth[];
}

export interface LoneResolver {
  readonly resolver: string;
  ask(question: Question, options?: AskOptions): Promise<Observed<Reply>>;
}

export interface ResolverReply {
  readonly resolver: string;
  readonly reply: Observed<Reply>;
}

/** `untried`: not asked yet. `answering`: its last word was an answer. `down`: it failed, and `lastFailure` says how. */
export interface ResolverHealth {
  /** The URL, or address and port. */
  readonly resolver: string;
  readonly state: "untried" | "answering" | "down";
  readonly asked: number;
  readonly answered: number;
  readonly lastFailure: Unobserved | null;
}
