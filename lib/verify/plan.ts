import type { Asset } from "../core/asset.ts";
import type { ObservationKind } from "../core/observation.ts";
import type { Requirement } from "../core/requirement.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { hostText } from "../web/host-text.ts";
import { isAtOrBelow, type Name, parseName } from "../wire/name.ts";

/** One visit to make: what kind of observation of which asset. Each is made once, however many checks want it. */
export interface PlannedProbe {
  readonly kind: ObservationKind;
  readonly asset: Asset;
}

/** One verdict to reach: this requirement for this asset, from these kinds of observation. */
export interface PlannedVerdict {
  readonly requirement: Requirement;
  readonly asset: Asset;
  readonly kinds: readonly ObservationKind[];
}

export interface Plan {
  readonly verdicts: readonly PlannedVerdict[];
  readonly probes: readonly PlannedProbe[];
}

/** Which verdicts an inventory calls for, and the distinct probes they need. Pure. */
export function planVerification(assets: readonly Asset[], requirements: readonly Requirement[]): Plan {
  const planned = assets.map((asset) => ({
    asset,
    verdicts: requirements
      .filter((requirement) => requirement.appliesTo.includes(asset.kind))
      .map((requirement) => ({ requirement, asset, kinds: kindsNeeded(requirement) })),
  }));
  const probes = planned.flatMap(({ asset, verdicts }) => {
    const kinds = verdicts.flatMap((verdict) => verdict.kinds);
    return [...new Set(kinds)].map((kind) => ({ kind, asset }));
  });
  return { verdicts: planned.flatMap(({ verdicts }) => verdicts), probes };
}

function kindsNeeded(requirement: Requirement): readonly ObservationKind[] {
  return [...new Set(requirement.checks.flatMap((check) => check.needs))];
}

/** Names below a domain that the inventory knows of, and `www`: where zone cuts and aliases are looked for. */
export function namesDeclaredBelow(domain: Name, inventory: Inventory): readonly Name[] {
  const declared = inventory.assets.flatMap((asset): readonly Name[] => {
    if (asset.kind === "domain") return [asset.domain, ...(asset.delegations ?? []), ...(asset.mailGateways ?? [])];
    if (asset.kind === "host" || asset.kind === "url" || asset.kind === "service")
      return asset.host === null ? [] : [asset.host];
    return [];
  });
  const below = declared.filter((name) => name !== domain && isAtOrBelow(name, domain));
  return [...new Set([...wwwOf(domain), ...below])];
}

/** The same of a domain asset, as web addresses write them; other assets have none. */
export function hostsBelow(asset: Asset, inventory: Inventory): readonly string[] {
  return asset.kind === "domain" ? namesDeclaredBelow(asset.domain, inventory).map(hostText) : [];
}

/** Whether the inventory says that a host, as web addresses write it, is the municipality's: by itself or with its domain. */
export function declaresHost({ assets }: Inventory, host: string): boolean {
  const parsed = parseName(`${host}.`);
  if (!parsed.ok) return false;
  const name = parsed.value;
  return assets.some((asset) => {
    if (asset.kind === "domain") return isAtOrBelow(name, asset.domain);
    return (asset.kind === "host" || asset.kind === "url" || asset.kind === "service") && asset.host === name;
  });
}

/** `www` below the domain, unless that is too long to be a name. */
function wwwOf(domain: Name): readonly Name[] {
  const www = parseName(`www.${domain}`);
  return www.ok ? [www.value] : [];
}
