import type { Cause } from "./cause.ts";
import type { Deciding, Subject, Transition } from "./transition.ts";
import type { Verdict } from "./verdict.ts";

/** What is remembered of one subject between looks: about 2 KB with an empty outbox. Moments are UTC, ISO 8601. */
export interface AssetState extends Subject {
  /** Raised by every look that counted; the store accepts a state only in place of the revision it was made from. */
  readonly revision: number;
  /** The confirmed verdict; indeterminate until a look had an answer. */
  readonly verdict: Verdict;
  readonly cause: Cause | null;
  /** When the first look that showed the confirmed verdict was made. */
  readonly since: string;
  readonly deciding: readonly Deciding[];
  readonly warnings: readonly string[];
  readonly rules: string;
  /**
   * Content addresses of the latest look that showed the confirmed verdict, and when that look was made. `cause`, `deciding`
   * and `rules` are of the same look, or of its evidence judged again by newer rules.
   */
  readonly evidence: string;
  readonly judgement: string;
  readonly evidenceAt: string;
  /** The latest look that counted, whatever came of it. */
  readonly slot: string;
  /** When the latest look with an answer was made; null when none ever had one. */
  readonly observedAt: string | null;
  /** Set while looks have no answer. */
  readonly unanswered: Unanswered | null;
  /** Another verdict than the confirmed one, seen but not yet confirmed. */
  readonly candidate: Candidate | null;
  /** Other warnings than the confirmed ones, seen once. */
  readonly newWarnings: readonly string[] | null;
  /** Number of the regression that is open; null when none is. */
  readonly openRegression: number | null;
  /** Number and hash of the latest transition. */
  readonly last: number;
  readonly link: string;
  /** Transitions that are not published yet, oldest first. */
  readonly outbox: readonly Transition[];
}

export interface Unanswered {
  readonly since: string;
  readonly cause: Cause;
  readonly looks: number;
}

export interface Candidate {
  readonly verdict: Verdict;
  readonly cause: Cause | null;
  /** The slot and moment of the look that showed it first. */
  readonly slot: string;
  readonly since: string;
  readonly looks: number;
  readonly deciding: readonly Deciding[];
}

/** Two cadences without an answer: what is remembered no longer says what is so. */
const STALE_AFTER_CADENCES = 2;

/**
 * Whether the confirmed verdict is too old to stand at `now`; both in milliseconds. A look from as far in the future was dated by
 * a clock that was wrong, and is no better. A state that never had an answer is not stale.
 */
export function isStale({ observedAt }: AssetState, now: number, cadence: number): boolean {
  if (observedAt === null) return false;
  const isFresh = Math.abs(now - Date.parse(observedAt)) <= STALE_AFTER_CADENCES * cadence;
  return !isFresh;
}

/** What may be said of the subject at `now`: the confirmed verdict, or indeterminate once that is stale. */
export function currentVerdict(
  state: AssetState,
  now: number,
  cadence: number,
): { readonly verdict: Verdict; readonly cause: Cause | null } {
  if (!isStale(state, now, cadence)) return { verdict: state.verdict, cause: state.cause };
  return { verdict: "indeterminate", cause: state.unanswered?.cause ?? "probe-stale" };
}
