import type { Inventory } from "../inventory/inventory.ts";
import type { ForecastAlert } from "./alert.ts";
import { alertId } from "./alert-id.ts";
import type { AlertFrame } from "./compose-alerts.ts";

const DAY = 86_400_000;

/** Told once each: a month to prepare, a week to act, and the end itself. Days before the end, the soonest first. */
const DAYS_BEFORE = [0, 7, 30] as const;

interface Ending {
  readonly what: ForecastAlert["what"];
  readonly requirement: ForecastAlert["requirement"];
  readonly name: string;
  /** Tells statements of one name apart. */
  readonly identity: string;
  readonly validUntil: number;
}

/**
 * The forecasts that are due at `now` (epoch milliseconds), one per statement: for the nearest end that has come. A statement
 * that is replaced by one with a later end is another statement. Pure.
 */
export function forecastAlerts(inventory: Inventory, now: number, frame: AlertFrame): readonly ForecastAlert[] {
  return endings(inventory).flatMap(({ what, requirement, name, identity, validUntil }) => {
    const days = DAYS_BEFORE.find((threshold) => validUntil - now <= threshold * DAY);
    if (days === undefined) return [];
    const until = new Date(validUntil).toISOString();
    const id = alertId(frame.municipality, "forecast", what, requirement, identity, until, String(days));
    return [{ id, ...frame, kind: "forecast" as const, what, requirement, name, validUntil: until }];
  });
}

function endings(inventory: Inventory): readonly Ending[] {
  const { attestations, exemptions, authorisations, inventoryAttestation, municipality } = inventory;
  const name = municipality?.name ?? "";
  return [
    ...attestations.map(({ requirement, clause, assets, validUntil }) => ({
      ...{ what: "attestation" as const, requirement, validUntil },
      name: attestationName(clause, assets),
      identity: JSON.stringify([clause, assets]),
    })),
    ...exemptions.map(({ requirement, asset, validUntil }) => ({
      ...{ what: "exemption" as const, requirement, name: asset, identity: asset, validUntil },
    })),
    ...authorisations.map(({ id, validUntil }) => ({
      ...{ what: "authorisation" as const, requirement: null, name: id, identity: id, validUntil },
    })),
    ...(inventoryAttestation === null
      ? []
      : [{ what: "inventory" as const, requirement: null, name, identity: "", ...endOf(inventoryAttestation) }]),
  ];
}

function endOf({ validUntil }: { readonly validUntil: number }): { readonly validUntil: number } {
  return { validUntil };
}

/** By its clause where it covers everything; else by its first asset, and how many more there are. */
function attestationName(clause: string, assets: "all" | readonly string[]): string {
  if (assets === "all" || assets[0] === undefined) return clause;
  return assets.length === 1 ? assets[0] : `${assets[0]} (+${assets.length - 1})`;
}
