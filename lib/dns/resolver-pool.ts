import { setTimeout as sleep } from "node:timers/promises";
import { firstCause } from "../core/cause.ts";
import { observed, unobserved } from "../core/observation.ts";
import type { Observed, Unobserved } from "../core/observation.ts";
import type { Question, Reply } from "../wire/message.ts";
import { RCODE } from "../wire/rcode.ts";
import { createAnswerCache } from "./answer-cache.ts";
import type { Resolver, ResolverReply } from "./resolver.ts";
import { RESOLVER_TIMINGS, WatchedResolver } from "./watched-resolver.ts";
import type { ResolverTimings } from "./watched-resolver.ts";
import { timeToLive } from "./time-to-live.ts";
import type { Upstream } from "./upstream.ts";

/** Several resolvers as one, with a cache that lasts until `forget`. */
export interface ResolverPool extends Resolver {
  /** Starts a new look: nothing that was heard before is handed out again. */
  forget(): void;
}

/** A question that two resolvers could not answer, or were silent to, will not be answered by a third. */
const OPINIONS = 2;
/** How long a question waits when every resolver is in its pause: a blip must not cost a run its answers. */
const PATIENCE_MS = 2000;
const MS = 1000;

/** Throws a RangeError without upstreams. */
export function createResolverPool(
  upstreams: readonly Upstream[],
  timings: ResolverTimings = RESOLVER_TIMINGS,
): ResolverPool {
  if (upstreams.length === 0) throw new RangeError("a resolver pool needs a resolver");
  const resolvers = upstreams.map((upstream) => new WatchedResolver(upstream, timings));
  const cache = createAnswerCache({ lifetimeMs: (reply) => timeToLive(reply) * MS });

  async function askOne(resolver: WatchedResolver, question: Question, checkingDisabled: boolean, signal: AbortSignal) {
    const reply = await resolver.ask(question, checkingDisabled, signal);
    return reply.state === "observed" ? (unfitness(reply.value, resolver.name) ?? reply) : reply;
  }

  async function resolve(question: Question, signal: AbortSignal): Promise<Observed<Reply>> {
    await awaitOnePause(resolvers, signal);
    let refusal: Reply | null = null;
    let opinions = 0;
    const failures: (Unobserved & { readonly resolver: string })[] = [];
    for (const resolver of inOrder(resolvers)) {
      const reply = await askOne(resolver, question, true, signal);
      if (reply.state === "observed" && isAnswer(reply.value)) {
        return reply;
      }
      if (reply.state === "observed") {
        refusal = preferred(refusal, reply.value);
        opinions += 1;
      } else {
        failures.push({ ...reply, resolver: resolver.name });
        opinions += reply.cause === "dns-timeout" && resolver.pauseLeft() === 0 ? 1 : 0;
      }
      if (opinions >= OPINIONS || signal.aborted) {
        break;
      }
    }
    return refusal === null ? allFailed(failures) : observed(refusal);
  }

  function askAlone(resolver: WatchedResolver, question: Question, checkingDisabled: boolean, signal?: AbortSignal) {
    const fetch = (inner: AbortSignal) => askOne(resolver, question, checkingDisabled, inner);
    return cache.ask(cacheKey(resolver.name, question, checkingDisabled), fetch, signal);
  }

  return {
    ask: (question, options = {}) =>
      cache.ask(cacheKey("*", question, true), (signal) => resolve(question, signal), options.signal),
    askEach: (question, { checkingDisabled, signal }) =>
      Promise.all(
        resolvers.map(async (resolver): Promise<ResolverReply> => {
          const reply = await askAlone(resolver, question, checkingDisabled, signal);
          return { resolver: resolver.name, reply };
        }),
      ),
    alone: () =>
      resolvers.map((resolver) => ({
        resolver: resolver.name,
        ask: (question, options = {}) => askAlone(resolver, question, true, options.signal),
      })),
    describe: () => resolvers.map((resolver) => resolver.describe()),
    forget: () => {
      cache.forget();
    },
  };
}

function cacheKey(resolver: string, question: Question, checkingDisabled: boolean): string {
  return `${resolver} ${checkingDisabled ? "cd" : "-"} ${question.type} ${question.name}`;
}

/** Those that answer, quickest first; then those not tried, as configured; then those that are down. */
function inOrder(resolvers: readonly WatchedResolver[]): readonly WatchedResolver[] {
  const rank = (resolver: WatchedResolver): number =>
    ["answering", "untried", "down"].indexOf(resolver.describe().state);
  return [...resolvers].sort((a, b) => rank(a) - rank(b) || (a.latency() ?? 0) - (b.latency() ?? 0));
}

/** When nobody may be asked now but somebody may be soon, waits for that. */
async function awaitOnePause(resolvers: readonly WatchedResolver[], signal: AbortSignal): Promise<void> {
  const shortest = Math.min(...resolvers.map((resolver) => resolver.pauseLeft()));
  if (shortest > 0 && shortest <= PATIENCE_MS) {
    // A timer may fire a fraction of a millisecond early.
    await sleep(Math.ceil(shortest) + 1, undefined, { signal }).catch(() => undefined);
  }
}

function isAnswer(reply: Reply): boolean {
  return reply.rcode === RCODE.NOERROR || reply.rcode === RCODE.NXDOMAIN;
}

/** SERVFAIL says that somebody tried; REFUSED and the like say that nobody did. */
function preferred(earlier: Reply | null, later: Reply): Reply {
  return earlier !== null && (earlier.rcode === RCODE.SERVFAIL || later.rcode !== RCODE.SERVFAIL) ? earlier : later;
}

/**
 * An answer that cannot be judged because of who gave it: a server that does not recurse hands out referrals, and one that
 * does not know the DO bit leaves signatures out (RFC 3225 section 3); either would make a signed domain look broken. Judged
 * by what the reply holds: a missing flag alone is no fault where recursion or signatures are plainly there.
 */
function unfitness(reply: Reply, resolver: string): Unobserved | null {
  if (!isAnswer(reply)) {
    return null;
  }
  const records = [...reply.answer, ...reply.authority];
  const answers = reply.answer.length > 0 || reply.authority.some(({ type }) => type === "SOA");
  if (!reply.flags.includes("ra") && !answers) {
    return unobserved("protocol-error", `${resolver} does not offer recursion`);
  }
  return reply.edns?.dnssecOk === true || records.some(({ type }) => type === "RRSIG")
    ? null
    : unobserved("protocol-error", `${resolver} leaves DNSSEC records out (no DO bit in its answer)`);
}

function allFailed(failures: readonly (Unobserved & { readonly resolver: string })[]): Unobserved {
  const cause = firstCause(failures.map((failure) => failure.cause)) ?? "internal";
  return unobserved(cause, failures.map(({ resolver, detail }) => `${resolver}: ${detail}`).join("; "));
}
