import type { Cause } from "../core/cause.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import { type AssetState, isStale } from "../core/state.ts";
import type { Subject } from "../core/transition.ts";
import type { GapAlert } from "./alert.ts";
import { alertId } from "./alert-id.ts";
import { type AlertFrame, listed } from "./compose-alerts.ts";

/** A gap that was told, as memory keeps it. */
export interface ToldGap {
  readonly subject: Subject;
  /** What `silentFrom` said of the subject then. */
  readonly observedAt: string;
}

/** Subjects that have given no answer for two cadences, for one cause. */
export interface Gap {
  readonly requirement: RequirementId;
  readonly cause: Cause;
  readonly states: readonly AssetState[];
}

/**
 * The looks of one round lie apart by less than this share of a cadence, and a round is closed sooner or later after them. What
 * two rounds have missed is told of by the second, whatever the seconds say, and as one gap.
 */
const ROUND_SHARE = 1 / 12;

/** From when on a subject has been silent: its latest answer or, where it never gave one, the first look at it. */
export function silentFrom({ observedAt, since }: AssetState): string {
  return observedAt ?? since;
}

/** Whether there is a gap in the watch over a subject: silent for too long at `now`, or as good as. Milliseconds. */
export function isGap(state: AssetState, now: number, cadence: number): boolean {
  const silent = { ...state, observedAt: silentFrom(state) };
  return isStale(silent, now, cadence) || isStale(silent, now + cadence * ROUND_SHARE, cadence);
}

/** The gaps that nobody was told of yet, by requirement and cause. `now` and `cadence` in milliseconds. Pure. */
export function untoldGaps(
  states: readonly AssetState[],
  told: readonly ToldGap[],
  now: number,
  cadence: number,
): readonly Gap[] {
  const known = new Set(told.map(({ subject, observedAt }) => `${nameOf(subject)} ${observedAt}`));
  const stale = states.filter(
    (state) => isGap(state, now, cadence) && !known.has(`${nameOf(state)} ${silentFrom(state)}`),
  );
  const causeOf = (state: AssetState): Cause => state.unanswered?.cause ?? "probe-stale";
  return [...Map.groupBy(stale, (state) => `${state.requirement} ${causeOf(state)}`).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ requirement: first.requirement, cause: causeOf(first), states: group }];
  });
}

/** Gaps that were told and are none any more: the subject was seen again, or is not watched any more. Pure. */
export function endedGaps(
  states: readonly AssetState[],
  told: readonly ToldGap[],
  now: number,
  cadence: number,
): readonly Subject[] {
  const stale = new Set(states.filter((state) => isGap(state, now, cadence)).map(nameOf));
  return told.map(({ subject }) => subject).filter((subject) => !stale.has(nameOf(subject)));
}

export function gapAlert({ requirement, cause, states }: Gap, frame: AlertFrame): GapAlert {
  const members = states.map(({ asset, observedAt }) => ({ asset, observedAt }));
  const id = alertId(frame.municipality, frame.run, "gap", requirement, cause);
  return { id, ...frame, kind: "gap", requirement, cause, total: states.length, members: listed(members) };
}

function nameOf({ requirement, asset }: Subject): string {
  return `${requirement} ${asset}`;
}
