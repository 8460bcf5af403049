import type { DomainAsset } from "../../../lib/core/asset.ts";
import { inventoryOfAssets, type Inventory } from "../../../lib/inventory/inventory.ts";
import { s18 } from "../../../lib/requirements/s18/requirement.ts";
import type { WatchedFamily } from "../../../lib/watch/watched.ts";
import { name } from "../../../lib/wire/name.ts";
import { HOUR, SUBJECT } from "../../support/looks.ts";

export const MUNICIPALITY = { id: SUBJECT.municipality, name: "Eksempelkommune" };

export function domain(value: string): DomainAsset {
  return { kind: "domain", id: `domain:${value}`, name: value, domain: name(value) };
}

/** The domains of a municipality, watched every hour. */
export function watching(domains: readonly string[], changes: Partial<Inventory> = {}): WatchedFamily {
  const inventory = { ...inventoryOfAssets(domains.map(domain)), municipality: MUNICIPALITY, ...changes };
  return { municipality: MUNICIPALITY, inventory, requirements: [s18], family: "domains", cadence: HOUR };
}
