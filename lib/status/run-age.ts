import type { Family } from "../inventory/inventory.ts";
import { familiesOf } from "./families.ts";
import type { StatusReading } from "./status-reading.ts";
import { STALE_AFTER_CADENCES } from "./told-requirement.ts";

/** How long a family has gone without a run that closed. */
export interface RunAge {
  readonly family: Family;
  /** UTC, ISO 8601; null when no run has closed yet. */
  readonly closedAt: string | null;
  readonly ageSeconds: number | null;
  readonly isLate: boolean;
  /** Whether its latest closed run doubted itself. */
  readonly isSuspect: boolean;
}

const SECOND = 1_000;

/** The families that have run, or are to run since something is declared for them. */
export async function runAges({ families, requirements, now }: StatusReading): Promise<readonly RunAge[]> {
  const ages: RunAge[] = [];
  for (const family of familiesOf(requirements)) {
    const { inventory, closed, cadence } = await families(family);
    if (inventory === null) continue;
    const closedAt = closed?.closedAt ?? null;
    const age = closedAt === null ? null : Math.max(0, now() - Date.parse(closedAt));
    ages.push({
      ...{ family, closedAt, ageSeconds: age === null ? null : Math.round(age / SECOND) },
      isLate: age !== null && age > STALE_AFTER_CADENCES * cadence,
      isSuspect: closed !== null && closed.suspect !== null,
    });
  }
  return ages;
}
