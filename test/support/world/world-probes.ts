import type { Asset, DomainAsset } from "../../../lib/core/asset.ts";
import type { Observation, ObservationKind } from "../../../lib/core/observation.ts";
import { inventoryOfAssets } from "../../../lib/inventory/inventory.ts";
import { probeDane } from "../../../lib/probes/dns-dane.ts";
import { probeDkim } from "../../../lib/probes/dns-dkim.ts";
import { probeDmarc } from "../../../lib/probes/dns-dmarc.ts";
import { probeDnsChain } from "../../../lib/probes/dns-chain.ts";
import { probeDnsServers } from "../../../lib/probes/dns-servers.ts";
import { probeGateways } from "../../../lib/probes/dns-gateways.ts";
import { probeSpf } from "../../../lib/probes/dns-spf.ts";
import type { ProbeContext } from "../../../lib/probes/probe-context.ts";
import { probeSmtpGateways } from "../../../lib/probes/smtp/gateway-probe.ts";
import { probeServices } from "../../../lib/probes/services/declared-services.ts";
import { probeTlsEndpoints } from "../../../lib/probes/tls/tls-endpoints.ts";
import { probeHttpsRecord } from "../../../lib/probes/web/https-record.ts";
import { probePreload } from "../../../lib/probes/web/preload-status.ts";
import { probeWebNames } from "../../../lib/probes/web/web-names.ts";
import { probeWebEntries, probeWebRedirects, probeWebVisits } from "../../../lib/probes/web/web-visits.ts";
import { hostText } from "../../../lib/web/host-text.ts";
import { namesDeclaredBelow } from "../../../lib/verify/plan.ts";
import type { Name } from "../../../lib/wire/name.ts";

type Run<A extends Asset> = (
  asset: A,
  below: readonly Name[],
  context: ProbeContext,
) => Promise<Observation | readonly Observation[]>;

const OF_DOMAINS = {
  "dns.chain": (asset, below, context) => probeDnsChain(asset.id, asset.domain, below, context),
  "dns.servers": (asset, _, context) => probeDnsServers(asset.id, asset.domain, context),
  "dns.gateways": (asset, _, context) => probeGateways(asset, context),
  "dns.dane": (asset, _, context) => probeDane(asset, context),
  "smtp.gateway": (asset, _, context) => probeSmtpGateways(asset, context),
  "dns.dmarc": probeDmarc,
  "dns.spf": probeSpf,
  "dns.dkim": (asset, _, context) => probeDkim(asset, context),
} as const satisfies Partial<Record<ObservationKind, Run<DomainAsset>>>;

const OF_HOSTS = {
  "web.names": (asset, below, context) => probeWebNames(asset, below.map(hostText), context),
  "web.redirects": (asset, below, context) => probeWebRedirects(asset, below.map(hostText), context),
  "web.visit": (asset, _, context) => probeWebVisits(asset, context),
  "web.entry": (asset, _, context) => probeWebEntries(asset, context),
  "dns.https": (asset, _, context) => probeHttpsRecord(asset, context),
  "hsts.preload": (asset, _, context) => probePreload(asset, context),
  "tls.endpoint": (asset, _, context) => probeTlsEndpoints(asset, context),
  "service.visit": (asset, _, context) => probeServices(asset, context),
} as const satisfies Record<Exclude<ObservationKind, keyof typeof OF_DOMAINS>, Run<Asset>>;

/** The observations that the real probes of these kinds make of an asset, alone in its inventory. */
export async function runProbesOf(
  asset: Asset,
  kinds: readonly ObservationKind[],
  context: ProbeContext,
): Promise<readonly Observation[]> {
  const below = asset.kind === "domain" ? namesDeclaredBelow(asset.domain, inventoryOfAssets([asset])) : [];
  const seen = await Promise.all(
    kinds.map((kind) => {
      if (isOfHosts(kind)) return OF_HOSTS[kind](asset, below, context);
      if (asset.kind !== "domain") throw new Error(`${kind} is of domains`);
      return OF_DOMAINS[kind](asset, below, context);
    }),
  );
  return seen.flat();
}

function isOfHosts(kind: ObservationKind): kind is keyof typeof OF_HOSTS {
  return kind in OF_HOSTS;
}
