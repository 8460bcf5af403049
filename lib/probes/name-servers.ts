import type { Unobserved } from "../core/observation.ts";
import type { ResourceRecord } from "../wire/message.ts";
import { isAtOrBelow, type Name, parentOf, ROOT } from "../wire/name.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";
import { RCODE } from "../wire/rcode.ts";
import type { DirectDns, ProbeContext } from "./probe-context.ts";
import { addressesIn, addressesOf, askResolver, type Glue, MAX_SERVER_NAMES } from "./server-addresses.ts";

/** Servers of the parent zone to try for the delegation before giving up: each silent one costs its time-outs. */
const MAX_PARENT_ADDRESSES = 6;

/**
 * The apex of the zone a name lies in, as the SOA that comes with any answer tells; the name itself when nothing tells;
 * null for a name that does not exist, whose parent's servers are none of ours to ask.
 */
export async function enclosingZone(name: Name, context: ProbeContext): Promise<Name | null> {
  const reply = await askResolver(name, "SOA", context);
  if (reply.state === "unobserved") return name;
  if (reply.value.rcode === RCODE.NXDOMAIN) return null;
  const soa = [...reply.value.answer, ...reply.value.authority].find(
    (record) => record.type === "SOA" && isAtOrBelow(name, record.name),
  );
  return soa?.name ?? name;
}

/** Where to ask for a delegation: the zone above a name and the addresses of its servers that can be reached. */
export interface ParentServers {
  readonly zone: Name;
  readonly addresses: readonly string[];
}

/** Finds the servers of the zone above `name`, by resolvers alone. Zones mostly begin at every label, so both are asked at once. */
export async function locateParent(name: Name, context: ProbeContext): Promise<ParentServers> {
  const above = parentOf(name) ?? ROOT;
  const [zone, guessed] = await Promise.all([enclosingZone(above, context), askResolver(above, "NS", context)]);
  const parent = zone ?? above;
  const reply = parent === above ? guessed : await askResolver(parent, "NS", context);
  const servers = reply.state === "observed" ? (namesIn(reply.value.answer, parent) ?? []) : [];
  const lists = await Promise.all(
    servers.slice(0, MAX_SERVER_NAMES).map((server) => addressesOf(server, new Map(), context)),
  );
  const addresses = lists.flatMap((list) => list.addresses).filter((address) => context.hasRouteTo(address));
  return { zone: parent, addresses };
}

/** What the parent's servers say of a zone: its name servers and their glue; and whether they said anything at all. */
export interface Delegation {
  readonly byParent: readonly Name[] | null;
  readonly glue: Glue;
  readonly heard: boolean;
  readonly failures: readonly Unobserved[];
}

export const NO_DELEGATION: Delegation = { byParent: null, glue: new Map(), heard: true, failures: [] };

/** Asks the parent zone's servers, one after another, for the delegation of `zone`. */
export async function askParent(
  zone: Name,
  parent: ParentServers,
  direct: DirectDns,
  context: ProbeContext,
): Promise<Delegation> {
  const failures: Unobserved[] = [];
  let heard = false;
  for (const address of parent.addresses.slice(0, MAX_PARENT_ADDRESSES)) {
    const options = { zone: parent.zone, signal: context.signal };
    const referral = await direct.ask({ address }, { name: zone, type: "NS" }, options);
    if (referral.state === "unobserved") {
      failures.push(referral);
      continue;
    }
    heard = true;
    const { answer, authority, additional } = referral.value;
    const byParent = namesIn([...answer, ...authority], zone);
    if (byParent !== null) return { byParent, glue: glueIn(additional, byParent), heard, failures };
    if (referral.value.flags.includes("aa")) break;
  }
  return { byParent: null, glue: new Map(), heard, failures };
}

/** The targets of the NS records that `zone` owns; null when there is none. */
export function namesIn(records: readonly ResourceRecord[], zone: Name): readonly Name[] | null {
  const names = records
    .filter((record) => record.type === "NS" && record.name === zone)
    .flatMap((record) => {
      const target = parseTargetName(record.data);
      return target.ok ? [target.value] : [];
    });
  return names.length > 0 ? [...new Set(names)].sort() : null;
}

function glueIn(additional: readonly ResourceRecord[], servers: readonly Name[]): Glue {
  return new Map(servers.map((server) => [server, addressesIn(additional.filter(({ name }) => name === server))]));
}
