import type { DomainAsset } from "../../core/asset.ts";
import { type Observation, type Observed, observed, unobserved } from "../../core/observation.ts";
import { familyOf } from "../../dial/sockets.ts";
import { gatewaysToVisit, MAX_GATEWAY_ADDRESSES, targetOf } from "../../mail/dane/view.ts";
import type { GatewayAddress, GatewayVisit } from "../../mail/observations.ts";
import { probeDane } from "../dns-dane.ts";
import type { ProbeContext } from "../probe-context.ts";

interface Look {
  readonly gateway: GatewayAddress;
  readonly result: Observed<GatewayVisit>;
}

/**
 * Visits every address of every gateway of a domain that has TLSA records of use, each an observation of its own. One observation
 * of the asset as a whole says that there is nothing to visit, or that its DNS could not be heard; one stands for all addresses
 * beyond MAX_GATEWAY_ADDRESSES.
 */
export async function probeSmtpGateways(
  asset: Pick<DomainAsset, "id" | "domain" | "mailGateways">,
  context: ProbeContext,
): Promise<readonly Observation<"smtp.gateway">[]> {
  const dane = await probeDane(asset, context);
  const observedAt = new Date(context.now()).toISOString();
  const observation = (target: string, result: Observed<GatewayVisit>): Observation<"smtp.gateway"> => {
    return { kind: "smtp.gateway", asset: asset.id, target, observedAt, result };
  };
  if (dane.result.state === "unobserved") return [observation(asset.id, dane.result)];
  const visiting = gatewaysToVisit(dane.result.value, Date.parse(dane.observedAt));
  if (!("targets" in visiting)) {
    return [observation(asset.id, observed({ state: "nothing-to-visit", why: visiting.why }))];
  }
  const { chosen, leftOut } = choose(visiting.targets);
  const looks = [...(await visitAll(chosen, context)), ...standingFor(leftOut)];
  return looks.map(({ gateway, result }) => observation(targetOf(gateway), result));
}

async function visitAll(gateways: readonly GatewayAddress[], context: ProbeContext): Promise<readonly Look[]> {
  const { signal } = context;
  const near = await Promise.all(
    gateways
      .filter(({ address }) => context.hasRouteTo(address))
      .map(async (gateway) => ({ gateway, result: await context.gateways.visit(gateway, { signal }) })),
  );
  const seenElsewhere = new Set(
    near.flatMap(({ gateway, result }) => (result.state === "observed" ? gateway.host : [])),
  );
  const far = gateways
    .filter(({ address }) => !context.hasRouteTo(address))
    .map((gateway) => ({ gateway, result: withoutRoute(gateway, seenElsewhere.has(gateway.host), context) }));
  return [...near, ...far];
}

/** A family that this vantage lacks is set aside only where nobody demanded it and the gateway itself was seen (decision 20). */
function withoutRoute(
  { host, serverName, address }: GatewayAddress,
  isSeenElsewhere: boolean,
  { demandedFamilies }: ProbeContext,
): Observed<GatewayVisit> {
  const family = familyOf(address);
  if (isSeenElsewhere && !demandedFamilies.includes(family)) {
    return observed({ host, serverName, address, state: "not-here", family });
  }
  return unobserved("vantage-blocked", `there is no route from here to ${family === "ipv4" ? "IPv4" : "IPv6"}`);
}

/** One address of each gateway in turn, so that one with very many does not crowd out the others. */
function choose(targets: readonly GatewayAddress[]): {
  readonly chosen: readonly GatewayAddress[];
  readonly leftOut: readonly GatewayAddress[];
} {
  const seen = new Map<string, number>();
  const inTurn = targets
    .map((gateway) => {
      const turn = seen.get(gateway.host) ?? 0;
      seen.set(gateway.host, turn + 1);
      return { gateway, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ gateway }) => gateway);
  return { chosen: inTurn.slice(0, MAX_GATEWAY_ADDRESSES), leftOut: inTurn.slice(MAX_GATEWAY_ADDRESSES) };
}

function standingFor(leftOut: readonly GatewayAddress[]): readonly Look[] {
  const [gateway, ...others] = leftOut;
  if (gateway === undefined) return [];
  const why = `not visited, like ${others.length} more: at most ${MAX_GATEWAY_ADDRESSES} addresses of a domain are`;
  return [{ gateway, result: unobserved("tool-limit", why) }];
}
