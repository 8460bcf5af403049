import { firstCause } from "../core/cause.ts";
import { type Observed, unobserved } from "../core/observation.ts";
import type { Reply } from "../wire/message.ts";
import { RCODE } from "../wire/rcode.ts";
import type { ResolverPool } from "./resolver-pool.ts";

/**
 * Two pools as one: `others` are asked only what `first` has no answer to. A pool by itself soon prefers whoever is quickest;
 * here the first stays the first, so that what is heard can be said to come from it.
 */
export function oneBeforeOthers(first: ResolverPool, others: ResolverPool): ResolverPool {
  return {
    async ask(question, options) {
      const reply = await first.ask(question, options);
      if (isAnswer(reply) || options?.signal?.aborted === true) return reply;
      return better(reply, await others.ask(question, options));
    },
    askEach: async (...asked) => (await Promise.all([first.askEach(...asked), others.askEach(...asked)])).flat(),
    alone: () => [...first.alone(), ...others.alone()],
    describe: () => [...first.describe(), ...others.describe()],
    forget() {
      first.forget();
      others.forget();
    },
  };
}

function isAnswer(reply: Observed<Reply>): boolean {
  return reply.state === "observed" && (reply.value.rcode === RCODE.NOERROR || reply.value.rcode === RCODE.NXDOMAIN);
}

/** An answer before a refusal, a refusal before silence; two silences are told together. */
function better(reply: Observed<Reply>, second: Observed<Reply>): Observed<Reply> {
  if (isAnswer(second)) return second;
  if (reply.state === "observed") return reply;
  if (second.state === "observed") return second;
  const cause = firstCause([reply.cause, second.cause]) ?? "internal";
  return unobserved(cause, `${reply.detail}; ${second.detail}`);
}
