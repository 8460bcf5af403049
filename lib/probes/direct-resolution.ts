import { type Observed, unobserved } from "../core/observation.ts";
import type { Question, Reply } from "../wire/message.ts";
import { type Name, parentOf, ROOT } from "../wire/name.ts";
import { RCODE, rcodeName } from "../wire/rcode.ts";
import { askParent, enclosingZone, locateParent, namesIn, NO_DELEGATION, type ParentServers } from "./name-servers.ts";
import type { DirectDns, ProbeContext } from "./probe-context.ts";
import { askResolver, locateServers } from "./server-addresses.ts";

/** Name servers to try for one answer: each silent one costs its time-outs. */
const MAX_TRIED = 4;

/** Resolution without resolvers, but for where the servers are. */
export interface DirectResolution {
  ask(question: Question): Promise<Observed<Reply>>;
  /** Zones whose servers reply, but none of them with authority. */
  readonly lameZones: ReadonlySet<Name>;
}

/**
 * Answers questions from the name servers of the zone they belong to, one after another, until one answers with authority.
 * Resolvers only tell where those servers are: what they hand out about the domain itself is not used.
 */
export function createDirectResolution(direct: DirectDns, context: ProbeContext): DirectResolution {
  const lameZones = new Set<Name>();
  return {
    lameZones,
    async ask(question) {
      const { zone, addresses } = await serversFor(question, direct, context);
      let lame: Reply | null = null;
      let last: Observed<Reply> = unobserved("dns-servfail", `no address of a name server of ${zone} is known`);
      for (const address of addresses.slice(0, MAX_TRIED)) {
        last = await direct.ask({ address }, question, { zone, signal: context.signal });
        if (last.state === "unobserved") continue;
        if (isAuthoritative(last.value)) return last;
        lame = last.value;
      }
      if (lame === null) return last;
      lameZones.add(zone);
      return unobserved("dns-servfail", `no name server of ${zone} answers with authority (${rcodeName(lame.rcode)})`);
    },
  };
}

function isAuthoritative({ rcode, flags }: Reply): boolean {
  return flags.includes("aa") && (rcode === RCODE.NOERROR || rcode === RCODE.NXDOMAIN);
}

/** A DS lives in the zone above the name, everything else in the name's own (RFC 4035 section 3.1.4.1). */
async function serversFor({ name, type }: Question, direct: DirectDns, context: ProbeContext): Promise<ParentServers> {
  if (type === "DS") return locateParent(name, context);
  const zone = await existingZone(name, context);
  const [reply, { byParent, glue }] = await Promise.all([
    askResolver(zone, "NS", context),
    zone === ROOT
      ? NO_DELEGATION
      : locateParent(zone, context).then((parent) => askParent(zone, parent, direct, context)),
  ]);
  // The parent's word too: a lame server may be all that resolvers have of the zone's own.
  const own = reply.state === "observed" ? (namesIn(reply.value.answer, zone) ?? []) : [];
  const names = [...new Set([...own, ...(byParent ?? [])])].sort();
  const { candidates } = await locateServers(names, glue, context);
  const addresses = candidates.map(({ address }) => address).filter((address) => context.hasRouteTo(address));
  // A name that nothing is known of was taken for a zone: the one above it is tried.
  const above = parentOf(zone);
  return addresses.length > 0 || above === null
    ? { zone, addresses }
    : serversFor({ name: above, type: "SOA" }, direct, context);
}

async function existingZone(name: Name, context: ProbeContext): Promise<Name> {
  const above = parentOf(name);
  // Some resolvers deny even the root: there is nothing above it to go on with.
  return (await enclosingZone(name, context)) ?? (above === null ? ROOT : existingZone(above, context));
}
