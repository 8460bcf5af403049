import { REQUIREMENT_IDS, type RequirementId } from "../core/requirement-id.ts";
import type { Requirement } from "../core/requirement.ts";
import { type AssetState, currentVerdict, isStale } from "../core/state.ts";
import { isValidAt } from "../core/statements.ts";
import type { Judged } from "../core/verdict.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { municipalityVerdict } from "../verify/municipality-verdict.ts";
import { familyOf } from "./cadence.ts";
import type { Run } from "./run.ts";
import type { RequirementSummary, SnapshotRow, Summary } from "./summary.ts";
import type { WatchedFamily } from "./watched.ts";

/** What a summary is made of. `states` are those of assets in the inventory; `now` is in epoch milliseconds. */
export interface Summarised {
  readonly run: Run;
  readonly watched: WatchedFamily;
  readonly states: readonly AssetState[];
  readonly now: number;
}

/**
 * What is so at the close of a run: the family's requirements anew, those of other families as their own runs left them.
 * Pure.
 */
export function summarise({ run, watched, states, now }: Summarised, before: Summary | null): Summary {
  const { municipality, inventory, requirements } = watched;
  const others = (before?.requirements ?? []).filter(({ requirement }) => familyOf(requirement) !== run.family);
  const own = requirements.map((requirement) => {
    const earlier = before?.requirements.find((summary) => summary.requirement === requirement.id);
    const about = states.filter((state) => state.requirement === requirement.id);
    return summariseRequirement(requirement, about, watched, now, earlier);
  });
  return {
    municipality: municipality.id,
    name: municipality.name,
    reading: inventory.reading,
    closedAt: new Date(now).toISOString(),
    run: run.id,
    suspect: run.suspect !== null,
    requirements: [...others, ...own].toSorted((a, b) => placeOf(a.requirement) - placeOf(b.requirement)),
  };
}

function summariseRequirement(
  { id, appliesTo }: Requirement,
  states: readonly AssetState[],
  { inventory, cadence }: WatchedFamily,
  now: number,
  before: RequirementSummary | undefined,
): RequirementSummary {
  const stateOf = new Map(states.map((state) => [state.asset, state]));
  const found = inventory.assets.filter(({ kind }) => appliesTo.includes(kind)).map((asset) => stateOf.get(asset.id));
  const judged = found.map((state): Judged =>
    state === undefined ? NOT_LOOKED_AT : currentVerdict(state, now, cadence),
  );
  const overall = municipalityVerdict(judged, isInventoryLapsed(inventory, now));
  return {
    requirement: id,
    ...overall,
    since: before?.verdict === overall.verdict ? before.since : new Date(now).toISOString(),
    oldest: oldestOf(found.map((state) => state?.observedAt ?? null)),
    stale: found.filter((state) => state !== undefined && isStale(state, now, cadence)).length,
    openRegressions: found.filter((state) => state !== undefined && state.openRegression !== null).length,
  };
}

/** An asset that was added since the run was planned. */
const NOT_LOOKED_AT: Judged = { verdict: "indeterminate", cause: "probe-stale" };

/** Null when one never had an answer, or when there is none to ask about. */
function oldestOf(moments: readonly (string | null)[]): string | null {
  const [oldest] = moments.toSorted((a, b) => ((a ?? "") < (b ?? "") ? -1 : 1));
  return oldest ?? null;
}

function isInventoryLapsed({ inventoryAttestation }: Inventory, now: number): boolean {
  return inventoryAttestation !== null && !isValidAt(inventoryAttestation, now);
}

function placeOf(requirement: RequirementId): number {
  return REQUIREMENT_IDS.indexOf(requirement);
}

/** One line per state, as it may be read at `now`; `now` and `cadence` in milliseconds. By asset. Pure. */
export function snapshotRows(states: readonly AssetState[], now: number, cadence: number): readonly SnapshotRow[] {
  return states.map((state) => {
    const { asset, since, observedAt, deciding, rules, evidence, judgement, evidenceAt, last } = state;
    return {
      asset,
      ...currentVerdict(state, now, cadence),
      // What is stale has not been known since it was last seen.
      since: isStale(state, now, cadence) && observedAt !== null ? observedAt : since,
      ...{ observedAt, deciding, rules, evidence, judgement, evidenceAt, last },
    };
  });
}
