import PQueue from "p-queue";
import type { Asset } from "../core/asset.ts";
import { type Observation, type ObservationKind, unobserved } from "../core/observation.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import type { PlannedProbe } from "./plan.ts";
import type { Probe } from "./probe.ts";
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
    const observations = await (await PROBES[kind]())(asset, inventory, context);
    return context.signal.aborted ? missed("interrupted while it was being looked at") : [observations].flat();
  } catch (error) {
    return missed(error instanceof Error ? `${error.name}: ${error.message}` : "unknown error");
  }
}

/** How each kind of observation is made: loaded when the first of its kind is made, so that nobody else waits for it. */
const PROBES: Readonly<Record<ObservationKind, () => Promise<Probe>>> = {
  "dns.chain": async () => (await import("./chain-looks.ts")).CHAIN_PROBES["dns.chain"],
  "dns.servers": async () => (await import("./chain-looks.ts")).CHAIN_PROBES["dns.servers"],
  "dns.gateways": async () => (await import("./domain-looks.ts")).DOMAIN_PROBES["dns.gateways"],
  "dns.dmarc": async () => (await import("./domain-looks.ts")).DOMAIN_PROBES["dns.dmarc"],
  "dns.spf": async () => (await import("./domain-looks.ts")).DOMAIN_PROBES["dns.spf"],
  "dns.dkim": async () => (await import("./domain-looks.ts")).DOMAIN_PROBES["dns.dkim"],
  "dns.dane": async () => (await import("./mail-looks.ts")).MAIL_PROBES["dns.dane"],
  "smtp.gateway": async () => (await import("./mail-looks.ts")).MAIL_PROBES["smtp.gateway"],
  "web.names": async () => (await import("./web-looks.ts")).WEB_PROBES["web.names"],
  "web.redirects": async () => (await import("./web-looks.ts")).WEB_PROBES["web.redirects"],
  "web.visit": async () => (await import("./web-looks.ts")).WEB_PROBES["web.visit"],
  "web.entry": async () => (await import("./web-looks.ts")).WEB_PROBES["web.entry"],
  "dns.https": async () => (await import("./web-looks.ts")).WEB_PROBES["dns.https"],
  "hsts.preload": async () => (await import("./web-looks.ts")).WEB_PROBES["hsts.preload"],
  "tls.endpoint": async () => (await import("./tls-looks.ts")).TLS_PROBES["tls.endpoint"],
  "service.visit": async () => (await import("./web-looks.ts")).WEB_PROBES["service.visit"],
};
