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
import { namesDeclaredBelow } from "../../../lib/verify/plan.ts";
import type { Name } from "../../../lib/wire/name.ts";

type Run = (
  asset: DomainAsset,
  below: readonly Name[],
  context: ProbeContext,
) => Promise<Observation | readonly Observation[]>;

const RUNS: Readonly<Record<ObservationKind, Run>> = {
  "dns.chain": (asset, below, context) => probeDnsChain(asset.id, asset.domain, below, context),
  "dns.servers": (asset, _, context) => probeDnsServers(asset.id, asset.domain, context),
  "dns.gateways": (asset, _, context) => probeGateways(asset, context),
  "dns.dane": (asset, _, context) => probeDane(asset, context),
  "smtp.gateway": (asset, _, context) => probeSmtpGateways(asset, context),
  "dns.dmarc": probeDmarc,
  "dns.spf": probeSpf,
  "dns.dkim": (asset, _, context) => probeDkim(asset, context),
};

/** The observations that the real probes of these kinds make of a domain. */
export async function runProbesOf(
  asset: Asset,
  kinds: readonly ObservationKind[],
  context: ProbeContext,
): Promise<readonly Observation[]> {
  if (asset.kind !== "domain") throw new Error("worlds are of domains");
  const below = namesDeclaredBelow(asset.domain, inventoryOfAssets([asset]));
  const seen = await Promise.all(kinds.map((kind) => RUNS[kind](asset, below, context)));
  return seen.flat();
}
