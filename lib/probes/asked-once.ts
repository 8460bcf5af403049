import type { Observed } from "../core/observation.ts";
import type { Reply } from "../wire/message.ts";
import type { RecursiveDns } from "./probe-context.ts";

/** The same resolvers for the length of one visit: a question is put once, and what came of it, silence too, is told again. */
export function askedOnce(resolver: RecursiveDns): RecursiveDns {
  const known = new Map<string, Promise<Observed<Reply>>>();
  return {
    ask(question, options) {
      const key = `${question.name} ${question.type}`;
      const reply = known.get(key) ?? resolver.ask(question, options);
      known.set(key, reply);
      return reply;
    },
    askEach: (question, options) => resolver.askEach(question, options),
    alone: () => resolver.alone(),
  };
}
