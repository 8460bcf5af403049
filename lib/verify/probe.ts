import type { Asset, DomainAsset } from "../core/asset.ts";
import type { Observation } from "../core/observation.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { ProbeContext } from "../probes/probe-context.ts";

/** Makes one kind of observation of an asset: several where there are several targets. */
export type Probe = (
  asset: Asset,
  inventory: Inventory,
  context: ProbeContext,
) => Promise<Observation | readonly Observation[]>;

/** Throws for any other asset: a requirement that applies to it has a check that needs what only a domain has. */
export function domainOf(asset: Asset): DomainAsset {
  if (asset.kind !== "domain") throw new Error(`${asset.id} is not a domain`);
  return asset;
}
