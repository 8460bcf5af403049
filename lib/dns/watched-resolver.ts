import { unobserved } from "../core/observation.ts";
import type { Observed, Unobserved } from "../core/observation.ts";
import type { Cause } from "../core/cause.ts";
import type { Question, Reply } from "../wire/message.ts";
import { ROOT } from "../wire/name.ts";
import type { ResolverHealth } from "./resolver.ts";
import type { Upstream } from "./upstream.ts";

/** In milliseconds. */
export interface ResolverTimings {
  /**
   * For one question. A resolver that itself waits for dead servers may take longer to say SERVFAIL (unbound: 17 s); to wait
   * for that would tell no more than its silence does, and cost minutes where whole zones are dead.
   */
  readonly answerMs: number;
  /** After this a resolver that has said nothing meanwhile is asked whether it is there at all. */
  readonly doubtMs: number;
  /** For that question, which any resolver can answer from its cache. */
  readonly probeMs: number;
  /** First pause before a resolver that is down is tried again; doubles up to `longestPauseMs`. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
}

export const RESOLVER_TIMINGS: ResolverTimings = {
  answerMs: 10_000,
  doubtMs: 3000,
  probeMs: 2500,
  pauseMs: 1000,
  longestPauseMs: 30_000,
};

const PROBE: Question = { name: ROOT, type: "NS" };
const LATENCY_WEIGHT = 0.2;

/** Failures of the way to the resolver: no other question would fare better. */
const WAY_FAILURES: ReadonlySet<Cause> = new Set<Cause>([
  "vantage-blocked",
  "tcp-timeout",
  "connection-reset",
  "connection-refused",
  "tls-failed",
]);

/**
 * A resolver with its health. One silent question never condemns it, since the resolver may itself be waiting for dead
 * servers; only silence to a question that any resolver can answer does.
 */
export class WatchedResolver {
  readonly name: string;
  readonly #upstream: Upstream;
  readonly #timings: ResolverTimings;
  #state: ResolverHealth["state"] = "untried";
  #lastFailure: Unobserved | null = null;
  #asked = 0;
  #answered = 0;
  #latency: number | null = null;
  #lastAnswerAt = -Infinity;
  #retryAt = 0;
  #pauseMs: number;
  #probing: Promise<boolean> | null = null;

  constructor(upstream: Upstream, timings: ResolverTimings) {
    this.name = upstream.name;
    this.#upstream = upstream;
    this.#timings = timings;
    this.#pauseMs = timings.pauseMs;
  }

  /** Never rejects. A resolver that is down is not asked before its pause is over: then `unobserved` with its last failure. */
  async ask(question: Question, checkingDisabled: boolean, signal: AbortSignal): Promise<Observed<Reply>> {
    if (this.#state === "down" && (this.pauseLeft() > 0 || !(await this.#isThere()))) {
      return this.#lastFailure ?? unobserved("internal", "a resolver is down for no known reason");
    }
    const startedAt = performance.now();
    const doubts = new AbortController();
    const doubt = setTimeout(() => void this.#doubt(startedAt, doubts), this.#timings.doubtMs);
    const either = AbortSignal.any([signal, doubts.signal]);
    const reply = await this.#put(question, checkingDisabled, this.#timings.answerMs, either);
    clearTimeout(doubt);
    if (reply.state === "unobserved" && reply.cause === "protocol-error" && this.#lastAnswerAt < startedAt) {
      await this.#isThere();
    }
    return reply.state === "unobserved" && doubts.signal.aborted ? (this.#lastFailure ?? reply) : reply;
  }

  /** Milliseconds until a resolver that is down may be tried again; 0 when it may be asked now. */
  pauseLeft(): number {
    return this.#state === "down" ? Math.max(0, this.#retryAt - performance.now()) : 0;
  }

  /** Smoothed time to an answer, in milliseconds; null before the first. */
  latency(): number | null {
    return this.#latency;
  }

  describe(): ResolverHealth {
    return {
      resolver: this.name,
      state: this.#state,
      asked: this.#asked,
      answered: this.#answered,
      lastFailure: this.#lastFailure,
    };
  }

  async #put(question: Question, checkingDisabled: boolean, timeoutMs: number, signal?: AbortSignal) {
    const startedAt = performance.now();
    this.#asked += 1;
    const reply = await this.#upstream.ask(question, { checkingDisabled, timeoutMs, signal });
    if (reply.state === "observed") {
      this.#noteAnswer(startedAt);
    } else if (WAY_FAILURES.has(reply.cause) && this.#lastAnswerAt < startedAt) {
      this.#noteDown(reply);
    }
    return reply;
  }

  /** Gives a question up when the resolver has been silent to everything since it was put, and is not there. */
  async #doubt(startedAt: number, doubts: AbortController): Promise<void> {
    if (this.#lastAnswerAt < startedAt && !(await this.#isThere()) && this.#lastAnswerAt < startedAt) {
      doubts.abort();
    }
  }

  /** Whether any reply comes to the question for the root's name servers. Shared by all who doubt at the same time. */
  #isThere(): Promise<boolean> {
    this.#probing ??= this.#put(PROBE, true, this.#timings.probeMs).then((reply) => {
      this.#probing = null;
      if (reply.state === "unobserved") {
        this.#noteDown(reply);
      }
      return reply.state === "observed";
    });
    return this.#probing;
  }

  #noteAnswer(startedAt: number): void {
    const now = performance.now();
    const tookMs = now - startedAt;
    this.#answered += 1;
    this.#latency = this.#latency === null ? tookMs : this.#latency + LATENCY_WEIGHT * (tookMs - this.#latency);
    this.#lastAnswerAt = now;
    this.#state = "answering";
    this.#pauseMs = this.#timings.pauseMs;
  }

  #noteDown(failure: Unobserved): void {
    this.#lastFailure = failure;
    if (this.pauseLeft() > 0) {
      return;
    }
    this.#state = "down";
    this.#retryAt = performance.now() + this.#pauseMs;
    this.#pauseMs = Math.min(this.#pauseMs * 2, this.#timings.longestPauseMs);
  }
}
