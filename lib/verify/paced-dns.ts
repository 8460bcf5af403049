import type { DnsAccess } from "../dns/dns-access.ts";
import type { DirectDns, ProbeContext, RecursiveDns } from "../probes/probe-context.ts";
import { createPacer } from "./pacer.ts";

/** The ways to ask, with at most `rate` questions beginning per second; unset: as they are. */
export function pacedDns(
  { resolver, direct }: DnsAccess,
  rate: number | undefined,
): Pick<ProbeContext, "resolver" | "direct"> {
  if (rate === undefined) return { resolver, direct };
  const turn = createPacer(rate);
  const inTurn =
    (ask: RecursiveDns["ask"]): RecursiveDns["ask"] =>
    async (question, options) => {
      await turn(options.signal);
      return ask(question, options);
    };
  const askEach: RecursiveDns["askEach"] = async (question, options) => {
    await turn(options.signal);
    return resolver.askEach(question, options);
  };
  const askDirectly: DirectDns["ask"] = async (server, question, options) => {
    await turn(options.signal);
    return direct?.ask(server, question, options) ?? Promise.reject(new Error("name servers are not asked"));
  };
  return {
    resolver: {
      ask: inTurn((question, options) => resolver.ask(question, options)),
      askEach,
      alone: () => resolver.alone().map(({ resolver: name, ask }) => ({ resolver: name, ask: inTurn(ask) })),
    },
    direct: direct === null ? null : { ask: askDirectly },
  };
}
