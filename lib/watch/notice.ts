import type { Transition } from "../core/transition.ts";

/** A published transition that somebody is to be told of, until the alert that tells of it is written. */
export interface Notice {
  /** The run whose look settled it. */
  readonly run: string;
  readonly transition: Transition;
  /** Whether it can wait for the day's digest: what nobody has to act on within the hour. */
  readonly digest: boolean;
  /** The alert that has claimed it; null while none has. */
  readonly alert: string | null;
}

/** Baselines that are well are told to nobody; everything else either at once or in the digest. Null: to nobody. */
export function noticeOf(transition: Transition, run: string): Notice | null {
  const { kind, to, closes } = transition;
  if (kind === "baseline" && to !== "fail") return null;
  const isUrgent = kind === "regression" || kind === "change" || (kind === "recovery" && closes !== null);
  return { run, transition, digest: !isUrgent, alert: null };
}
