import type { Observed } from "../../core/observation.ts";
import { observed, unobserved } from "../../core/observation.ts";
import { familyOf } from "../../dial/sockets.ts";
import type { Absence } from "../../web/observations.ts";
import type { ProbeContext } from "../probe-context.ts";
import { lookUpHost } from "./host-lookup.ts";

/** Addresses of one host that are visited; what there are more of stands in one unobserved look. */
export const MAX_HOST_ADDRESSES = 16;

/** One look at one target of an asset, or at the asset as a whole where `target` is null. */
export interface Look<V> {
  readonly target: string | null;
  readonly result: Observed<V>;
}

export interface HostVisits<V> {
  readonly host: string;
  readonly targetAt: (address: string) => string;
  /** What a look at the host as a whole is called where the asset has several; null: the asset itself. */
  readonly targetOfHost: string | null;
  readonly visit: (address: string) => Promise<Observed<V>>;
  /** What stands for an address that is set aside, where the host was seen at one of the other family. */
  readonly notHere: (address: string, family: "ipv4" | "ipv6", why: Absence) => V;
  /** Whether IPv6 that keeps silent is set aside: browsers then use IPv4, and so may the verdict (requirements 4.9). */
  readonly setsSilentAside: boolean;
  /** Whether somebody was met there; unset: by any value. Where every port refuses, the other family may hold all of the host. */
  readonly isMet?: (value: V) => boolean;
  /** What stands for a host that DNS says has no address. */
  readonly noAddress: V;
}

/**
 * Visits a host at each of its addresses side by side. A family without a route is set aside only where nobody demanded it and the
 * host was seen at an address of the other (decision 20); a family that DNS would not tell is a look of its own, and so is what
 * stands beyond MAX_HOST_ADDRESSES. A name that does not exist is `asset-not-found`.
 */
export async function visitHost<V>(visits: HostVisits<V>, context: ProbeContext): Promise<readonly Look<V>[]> {
  const { host, targetAt, targetOfHost: target, visit, notHere, noAddress } = visits;
  const found = await lookUpHost(host, context);
  if (found.state === "unobserved") return [{ target, result: found }];
  const { addresses, exists, gap } = found.value;
  if (!exists) return [{ target, result: unobserved("asset-not-found", `DNS has no name ${host}`) }];
  if (addresses.length === 0) return [{ target, result: observed(noAddress) }];
  const reachable = addresses.filter((address) => context.hasRouteTo(address));
  const near = await Promise.all(
    reachable
      .slice(0, MAX_HOST_ADDRESSES)
      .map(async (address) => ({ address, target: targetAt(address), result: await visit(address) })),
  );
  const isSeen = near.some(({ result }) => isMetBy(result, visits));
  const far = addresses
    .filter((address) => !context.hasRouteTo(address))
    .slice(0, MAX_HOST_ADDRESSES)
    .map((address): Look<V> => {
      const family = familyOf(address);
      const isSetAside = isSeen && !context.demandedFamilies.includes(family);
      const why = `there is no route from here to ${family === "ipv4" ? "IPv4" : "IPv6"}`;
      const result = isSetAside ? observed(notHere(address, family, "no-route")) : unobserved("vantage-blocked", why);
      return { target: targetAt(address), result };
    });
  const beyond = reachable.slice(MAX_HOST_ADDRESSES);
  return [
    ...withoutSilentIpv6(near, visits, context),
    ...far,
    ...beyond.slice(0, 1).map((address) => ({ target: targetAt(address), result: tooMany(beyond.length) })),
    ...(gap === null
      ? []
      : [{ target: targetAt(gap.family === "ipv4" ? "A" : "AAAA"), result: unobserved(gap.cause, gap.detail) }]),
  ];
}

interface NearLook<V> extends Look<V> {
  readonly address: string;
}

function isMetBy<V>(result: Observed<V>, { isMet = () => true }: HostVisits<V>): boolean {
  return result.state === "observed" && isMet(result.value);
}

/** All of IPv6 silent, and something seen in IPv4: what is heard there decides, and the rest is said aloud. */
function withoutSilentIpv6<V>(
  near: readonly NearLook<V>[],
  visits: HostVisits<V>,
  { demandedFamilies }: ProbeContext,
): readonly Look<V>[] {
  const { notHere, setsSilentAside } = visits;
  const isIpv6 = ({ address }: NearLook<V>): boolean => familyOf(address) === "ipv6";
  const isSilent = ({ result }: NearLook<V>): boolean =>
    result.state === "unobserved" && result.cause === "tcp-timeout";
  const isSetAside =
    setsSilentAside &&
    !demandedFamilies.includes("ipv6") &&
    near.filter(isIpv6).every(isSilent) &&
    near.some((look) => !isIpv6(look) && isMetBy(look.result, visits));
  return near.map((look): Look<V> => {
    const { address, target, result } = look;
    return isSetAside && isIpv6(look)
      ? { target, result: observed(notHere(address, "ipv6", "silent")) }
      : { target, result };
  });
}

function tooMany(count: number) {
  return unobserved(
    "tool-limit",
    `not visited, like ${String(count - 1)} more: at most ${String(MAX_HOST_ADDRESSES)} addresses of a host are`,
  );
}
