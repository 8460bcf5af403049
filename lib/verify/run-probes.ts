import PQueue from "p-queue";
import type { Asset, DomainAsset } from "../core/asset.ts";
import { type Observation, type ObservationKind, unobserved } from "../core/observation.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { probeDnsChain } from "../probes/dns-chain.ts";
import { probeDane } from "../probes/dns-dane.ts";
import { probeDkim } from "../probes/dns-dkim.ts";
import { probeDmarc } from "../probes/dns-dmarc.ts";
import { probeGateways } from "../probes/dns-gateways.ts";
import { probeDnsServers } from "../probes/dns-servers.ts";
import { probeSpf } from "../probes/dns-spf.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import { probeSmtpGateways } from "../probes/smtp/gateway-probe.ts";
import { namesDeclaredBelow, type PlannedProbe } from "./plan.ts";
import type { Progress } from "./verify-assets.ts";

/** Assets visited at the same time. Budgets per server live in the dialer; this bounds memory. */
const ASSETS_AT_ONCE = 32;

/**
 * Visits the assets, several at a time and each one's probes side by side. Every planned probe yields at least one observation: one
 * that an abort cut short, or that threw, is unobserved as our own doing.
 */
export async function runProbes(
  probes: readonly PlannedProbe[],
  inventory: Inventory,
  context: ProbeContext,
  onProgress: (progress: Progress) => void,
): Promise<readonly Observation[]> {
  const visits = [...Map.groupBy(probes, ({ asset }) => asset)];
  const queue = new PQueue({ concurrency: ASSETS_AT_ONCE });
  let done = 0;
  const observations = await Promise.all(
    visits.map(([asset, planned]) =>
      queue.add(async () => {
        const visit = visitOf(asset, context);
        const seen = await Promise.all(planned.map(({ kind }) => runProbe(kind, asset, inventory, visit)));
        done += 1;
        onProgress({ done, total: visits.length, current: asset.name });
        return seen.flat();
      }),
    ),
  );
  return observations.flat();
}

/**
 * One moment and one label for all probes of a visit: what one of them saw is judged together with what the others saw, as
 * of that moment and about that name.
 */
function visitOf(asset: Asset, context: ProbeContext): ProbeContext {
  const moment = context.now();
  const label = context.randomLabel(asset.id);
  return { ...context, now: () => moment, randomLabel: () => label };
}

async function runProbe(
  kind: ObservationKind,
  asset: Asset,
  inventory: Inventory,
  context: ProbeContext,
): Promise<readonly Observation[]> {
  const missed = (detail: string): readonly Observation[] => {
    const observedAt = new Date(context.now()).toISOString();
    return [{ kind, asset: asset.id, target: asset.id, observedAt, result: unobserved("internal", detail) }];
  };
  if (context.signal.aborted) return missed("interrupted before it was looked at");
  try {
    const observations = await PROBES[kind](asset, inventory, context);
    return context.signal.aborted ? missed("interrupted while it was being looked at") : [observations].flat();
  } catch (error) {
    return missed(error instanceof Error ? `${error.name}: ${error.message}` : "unknown error");
  }
}

/** Several observations where there are several targets. */
type Probe = (
  asset: Asset,
  inventory: Inventory,
  context: ProbeContext,
) => Promise<Observation | readonly Observation[]>;

/** How each kind of observation is made. */
const PROBES: Readonly<Record<ObservationKind, Probe>> = {
  "dns.chain": (asset, inventory, context) => {
    const { domain } = domainOf(asset);
    return probeDnsChain(asset.id, domain, namesDeclaredBelow(domain, inventory), context);
  },
  "dns.servers": (asset, _, context) => probeDnsServers(asset.id, domainOf(asset).domain, context),
  "dns.gateways": (asset, _, context) => probeGateways(domainOf(asset), context),
  "dns.dane": (asset, _, context) => probeDane(domainOf(asset), context),
  "smtp.gateway": (asset, _, context) => probeSmtpGateways(domainOf(asset), context),
  "dns.dmarc": (asset, inventory, context) => {
    const domain = domainOf(asset);
    return probeDmarc(domain, namesDeclaredBelow(domain.domain, inventory), context);
  },
  "dns.spf": (asset, inventory, context) => {
    const domain = domainOf(asset);
    return probeSpf(domain, namesDeclaredBelow(domain.domain, inventory), context);
  },
  "dns.dkim": (asset, _, context) => probeDkim(domainOf(asset), context),
};

function domainOf(asset: Asset): DomainAsset {
  if (asset.kind !== "domain") throw new Error(`${asset.id} is not a domain`);
  return asset;
}
