import type { Requirement } from "../core/requirement.ts";
import type { Reading } from "../core/requirement-id.ts";
import type { StoredRun } from "../verify/observation-files.ts";
import { planVerification } from "../verify/plan.ts";
import { NO_COST, type Verification } from "../verify/verification.ts";
import { frame, judgePlan } from "../verify/verify-assets.ts";

export interface StoredSelection {
  /** Asset ids; null for all. */
  readonly ids: readonly string[] | null;
  /** Null for those the run asked for. */
  readonly requirements: readonly Requirement[] | null;
  readonly built: readonly Requirement[];
  /** Null for the run's own. */
  readonly reading: Reading | null;
}

/** Judges a stored run again, as of its own time and with no network. */
export function judgeStored({ run, inventory, observations }: StoredRun, selection: StoredSelection): Verification {
  const { ids, built } = selection;
  const chosen = selection.requirements ?? built.filter(({ id }) => run.requirements.includes(id));
  const assets = inventory.assets.filter(({ id }) => ids === null || ids.includes(id));
  const asOf = Date.parse(run.startedAt);
  const selected = { ...inventory, assets };
  const applicable = chosen.filter((each) => ids === null || assets.some(({ kind }) => each.appliesTo.includes(kind)));
  const request = {
    inventory: selected,
    requirements: chosen,
    requested: applicable.map(({ id }) => id),
    reading: selection.reading ?? run.reading,
    onProgress: () => undefined,
  };
  return {
    ...frame(request, asOf),
    finishedAt: run.finishedAt,
    notSeen: run.notSeen,
    interrupted: run.interrupted,
    judged: judgePlan(planVerification(assets, chosen), observations, request, asOf),
    cost: NO_COST,
  };
}
