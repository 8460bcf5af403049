import { firstCause } from "../core/cause.ts";
import { type Observed, observed, type Unobserved, unobserved } from "../core/observation.ts";
import type { NameServersObservation } from "../dnssec/observations.ts";
import type { ResourceRecord } from "../wire/message.ts";
import { isAtOrBelow, type Name, parentOf, ROOT } from "../wire/name.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";
import { RCODE, rcodeName } from "../wire/rcode.ts";
import type { DirectDns, ProbeContext } from "./probe-context.ts";
import { addressesIn, addressesOf, askResolver, type Glue, MAX_SERVER_NAMES } from "./server-addresses.ts";

/** Servers of the parent zone to try for the delegation before giving up: each silent one costs its time-outs. */
const MAX_PARENT_ADDRESSES = 6;

export interface FoundNameServers {
  readonly zone: Name;
  readonly named: NameServersObservation["named"];
  readonly glue: Glue;
  /** Whether any server of the parent zone said anything to us: then silence elsewhere is not our own blocked path. */
  readonly parentHeard: boolean;
}

/**
 * Finds out which zone a domain lies in and which servers serve it, by the parent's referral (asked of the parent's
 * servers directly) and by the zone's own NS records. Only a choice of whom to ask: nothing here is trusted or judged.
 */
export async function findNameServers(
  domain: Name,
  direct: DirectDns,
  context: ProbeContext,
): Promise<Observed<FoundNameServers>> {
  const zone = await enclosingZone(domain, context);
  if (zone === null) return observed({ ...NOBODY, zone: domain });
  const [own, delegation] = await Promise.all([
    askResolver(zone, "NS", context),
    zone === ROOT ? NO_DELEGATION : askParent(zone, direct, context),
  ]);
  const byZone = own.state === "observed" ? namesIn(own.value.answer, zone) : null;
  const { byParent } = delegation;
  if (byZone === null && byParent === null) {
    const cause = firstCause(
      [own, ...delegation.failures].flatMap((gap) => (gap.state === "unobserved" ? gap.cause : [])),
    );
    const why = own.state === "unobserved" ? own.detail : rcodeName(own.value.rcode);
    return unobserved(cause ?? "dns-servfail", `neither the parent nor the zone names a server of ${zone} (${why})`);
  }
  return observed({ zone, named: { byParent, byZone }, glue: delegation.glue, parentHeard: delegation.heard });
}

const NOBODY = { named: { byParent: null, byZone: null }, glue: new Map<Name, readonly string[]>(), parentHeard: true };

/**
 * The apex of the zone a name lies in, as the SOA that comes with any answer tells; the name itself when nothing tells;
 * null for a name that does not exist, whose parent's servers are none of ours to ask.
 */
async function enclosingZone(name: Name, context: ProbeContext): Promise<Name | null> {
  const reply = await askResolver(name, "SOA", context);
  if (reply.state === "unobserved") return name;
  if (reply.value.rcode === RCODE.NXDOMAIN) return null;
  const soa = [...reply.value.answer, ...reply.value.authority].find(
    (record) => record.type === "SOA" && isAtOrBelow(name, record.name),
  );
  return soa?.name ?? name;
}

interface Delegation {
  readonly byParent: readonly Name[] | null;
  readonly glue: Glue;
  readonly heard: boolean;
  readonly failures: readonly Unobserved[];
}

const NO_DELEGATION: Delegation = { byParent: null, glue: new Map(), heard: true, failures: [] };

/** Asks the parent zone's servers, one after another, for the delegation of `zone`. */
async function askParent(zone: Name, direct: DirectDns, context: ProbeContext): Promise<Delegation> {
  const above = parentOf(zone) ?? ROOT;
  const parent = (await enclosingZone(above, context)) ?? above;
  const reply = await askResolver(parent, "NS", context);
  const servers = reply.state === "observed" ? (namesIn(reply.value.answer, parent) ?? []) : [];
  const asked = servers.slice(0, MAX_SERVER_NAMES);
  const lists = await Promise.all(asked.map((server) => addressesOf(server, new Map(), context)));
  const reachable = lists.flatMap(({ addresses }) => addresses).filter((address) => context.hasRouteTo(address));
  const failures: Unobserved[] = [];
  let heard = false;
  for (const address of reachable.slice(0, MAX_PARENT_ADDRESSES)) {
    const referral = await direct.ask(
      { address },
      { name: zone, type: "NS" },
      { zone: parent, signal: context.signal },
    );
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
function namesIn(records: readonly ResourceRecord[], zone: Name): readonly Name[] | null {
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
