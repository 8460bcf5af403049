import { isConfirmSlot } from "../core/slot.ts";
import type { Run, RunCounts, Suspicion } from "./run.ts";

/** Assets fail one by one, or by provider; more than half of all at once is more often our own eyes. */
const MASS_SHARE = 0.5;
/** With fewer, half is quickly reached by assets that share one provider. */
const LEAST_MASS = 5;

/**
 * Why a run is doubted, or null. Doubts that were raised while it looked stand. A second look is never one of a mass: it looks
 * only at what came out worse. Nor is the run after one that was held for its mass: it is the other run that says the same.
 * `earlier` are runs of the same family, newest first. Pure.
 */
export function suspicionOf(run: Run, earlier: readonly Run[]): Suspicion | null {
  if (run.suspect !== null) return run.suspect;
  if (isConfirmSlot(run.slot) || !isMass(run.counts)) return null;
  return isSecondOpinion(run, earlier) ? null : "mass";
}

function isMass({ worse, well }: RunCounts): boolean {
  return worse >= LEAST_MASS && worse > well * MASS_SHARE;
}

/** A run whose controls failed is no opinion: what got worse in it counted as no answer. */
function isSecondOpinion({ slot }: Run, earlier: readonly Run[]): boolean {
  const before = earlier.find(
    (run) => run.closedAt !== null && run.slot < slot && !isConfirmSlot(run.slot) && run.suspect !== "controls",
  );
  return before?.suspect === "mass";
}

/** Whether the operator is to be told: once for runs that follow one another and are doubted for the same reason. Pure. */
export function isNewDoubt({ slot, suspect }: Run, earlier: readonly Run[]): boolean {
  const before = earlier.find((run) => run.closedAt !== null && run.slot < slot);
  return suspect !== null && before?.suspect !== suspect;
}
