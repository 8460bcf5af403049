import { type Observed, unobserved } from "../core/observation.ts";
import type { Question, Reply } from "../wire/message.ts";
import { type Name, parentOf, ROOT } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import { enclosingZone, locateParent, namesIn } from "./name-servers.ts";
import type { DirectDns, ProbeContext } from "./probe-context.ts";
import { askResolver, locateServers } from "./server-addresses.ts";

/** Name servers to try for one answer: each silent one costs its time-outs. */
const MAX_TRIED = 4;

/**
 * Answers questions from the name servers of the zone they belong to, one after another, until one answers with authority.
 * Resolvers only tell where those servers are: what they hand out about the domain itself is not used.
 */
export function askNameServers(direct: DirectDns, context: ProbeContext) {
  return async (question: Question): Promise<Observed<Reply>> => {
    const { zone, addresses } = await serversFor(question, context);
    let last: Observed<Reply> = unobserved("dns-servfail", `no address of a name server of ${zone} is known`);
    for (const address of addresses.slice(0, MAX_TRIED)) {
      last = await direct.ask({ address }, question, { zone, signal: context.signal });
      if (last.state === "observed" && isAuthoritative(last.value)) return last;
    }
    return last;
  };
}

function isAuthoritative({ rcode, flags }: Reply): boolean {
  return flags.includes("aa") && (rcode === RCODE.NOERROR || rcode === RCODE.NXDOMAIN);
}

/** A DS lives in the zone above the name, everything else in the name's own (RFC 4035 section 3.1.4.1). */
async function serversFor({ name, type }: Question, context: ProbeContext) {
  if (type === "DS") return locateParent(name, context);
  const zone = await existingZone(name, context);
  const reply = await askResolver(zone, "NS", context);
  const names = reply.state === "observed" ? (namesIn(reply.value.answer, zone) ?? []) : [];
  const { candidates } = await locateServers(names, new Map(), context);
  const addresses = candidates.map(({ address }) => address).filter((address) => context.hasRouteTo(address));
  return { zone, addresses };
}

async function existingZone(name: Name, context: ProbeContext): Promise<Name> {
  return (await enclosingZone(name, context)) ?? existingZone(parentOf(name) ?? ROOT, context);
}
