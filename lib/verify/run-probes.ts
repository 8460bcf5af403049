import PQueue from "p-queue";
import type { Asset } from "../core/asset.ts";
import { type Observation, type ObservationKind, unobserved } from "../core/observation.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { probeDnsChain } from "../probes/dns-chain.ts";
import { probeDnsServers } from "../probes/dns-servers.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import { namesDeclaredBelow, type PlannedProbe } from "./plan.ts";
import type { Progress } from "./verify-assets.ts";

/** Assets visited at the same time. Budgets per server live in the dialer; this bounds memory. */
const ASSETS_AT_ONCE = 32;

/**
 * Visits the assets, several at a time and each one's probes side by side. Every planned probe yields an observation: one
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
        return seen;
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
): Promise<Observation> {
  const missed = (detail: string): Observation => ({
    kind,
    asset: asset.id,
    target: asset.id,
    observedAt: new Date(context.now()).toISOString(),
    result: unobserved("internal", detail),
  });
  if (context.signal.aborted) return missed("interrupted before it was looked at");
  try {
    const observation = await PROBES[kind](asset, inventory, context);
    return context.signal.aborted ? missed("interrupted while it was being looked at") : observation;
  } catch (error) {
    return missed(error instanceof Error ? `${error.name}: ${error.message}` : "unknown error");
  }
}

type Probe = (asset: Asset, inventory: Inventory, context: ProbeContext) => Promise<Observation>;

/** How each kind of observation is made. */
const PROBES: Readonly<Record<ObservationKind, Probe>> = {
  "dns.chain": (asset, inventory, context) => {
    const domain = domainOf(asset);
    return probeDnsChain(asset.id, domain, namesDeclaredBelow(domain, inventory), context);
  },
  "dns.servers": (asset, _, context) => probeDnsServers(asset.id, domainOf(asset), context),
};

function domainOf(asset: Asset) {
  if (asset.kind !== "domain") throw new Error(`${asset.id} is not a domain`);
  return asset.domain;
}
