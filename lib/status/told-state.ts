import type * as z from "zod";
import { type AssetState, currentVerdict, isStale } from "../core/state.ts";
import type { Transition } from "../core/transition.ts";
import type { AssetBody, ChangesBody, requirementForm } from "./forms.ts";

type ToldState = z.infer<typeof requirementForm>["verdicts"][number];
type ToldTransition = ChangesBody["changes"][number];

/** An asset by its id alone. */
export function toldAsset(id: string): AssetBody["asset"] {
  const colon = id.indexOf(":");
  return { id, kind: id.slice(0, colon), name: id.slice(colon + 1) };
}

/** What may be said of a state at `now`; `now` and `cadence` in milliseconds. */
export function toldState(state: AssetState, now: number, cadence: number): Omit<ToldState, "asset"> {
  const { requirement, since, observedAt, candidate, openRegression, evidence, judgement } = state;
  const stale = isStale(state, now, cadence);
  return {
    requirement,
    ...currentVerdict(state, now, cadence),
    // What is stale has not been known since it was last seen.
    since: stale && observedAt !== null ? observedAt : since,
    ...{ observedAt, stale },
    candidate: candidate === null ? null : { verdict: candidate.verdict, since: candidate.since },
    tags: state.deciding.map(({ tag }) => tag),
    warnings: [...state.warnings],
    ...{ openRegression, evidence, judgement },
  };
}

/** One line of a change, without the municipality: there is but one. */
export function toldTransition(transition: Transition): ToldTransition {
  const { requirement, number, kind, from, to, cause, since, confirmedAt, closes, rules, evidence } = transition;
  const { evidenceAt, judgement, previous, hash } = transition;
  return {
    ...{ id: transitionId(transition), asset: toldAsset(transition.asset), requirement, number },
    ...{ kind, from, to, cause, since, confirmedAt },
    tags: transition.deciding.map(({ tag }) => tag),
    appeared: [...transition.appeared],
    ...{ closes, rules, evidence, evidenceAt, judgement, previous, hash },
  };
}

/** Requirement, asset and number: what a regression is called for ever. */
export function transitionId({ requirement, asset, number }: Transition): string {
  return `${requirement}#${asset}#${String(number)}`;
}
