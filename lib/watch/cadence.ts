import { REQUIREMENT_IDS, type RequirementId } from "../core/requirement-id.ts";
import { slotAt } from "../core/slot.ts";
import type { Family, Settings } from "../inventory/inventory.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds between rounds, by family: how soon a change should be seen, against how much the looks cost the assets. */
export const DEFAULT_CADENCE: Readonly<Record<Family, number>> = {
  domains: HOUR,
  mail: 6 * HOUR,
  web: DAY,
  ports: 42 * DAY,
  inside: DAY,
};

/** Requirements that are judged from the same visit. */
const FAMILY_OF: Readonly<Record<RequirementId, Family>> = {
  S17: "web",
  S18: "domains",
  S19: "domains",
  S20: "mail",
  S21: "inside",
  S22: "inside",
  S23: "domains",
  S26: "web",
  S27: "web",
  S28: "ports",
  K10: "web",
  K11: "web",
};

export function familyOf(requirement: RequirementId): Family {
  return FAMILY_OF[requirement];
}

/** In the order of the source text. */
export function requirementsOf(family: Family): readonly RequirementId[] {
  return REQUIREMENT_IDS.filter((id) => FAMILY_OF[id] === family);
}

/** Milliseconds between a family's rounds: what the inventory says, else the default. */
export function cadenceOf({ cadence }: Pick<Settings, "cadence">, family: Family): number {
  return cadence[family] ?? DEFAULT_CADENCE[family];
}

/**
 * The slot of the latest scheduled moment at or before `now` (epoch milliseconds). Moments are the multiples of the cadence
 * since the Unix epoch, so that every process and every restart names the same ones.
 */
export function slotFor(now: number, cadence: number): string {
  return slotAt(Math.floor(now / cadence) * cadence);
}

/** The first scheduled moment after `now`, epoch milliseconds. */
export function nextSlotAfter(now: number, cadence: number): number {
  return (Math.floor(now / cadence) + 1) * cadence;
}
