import type { Transition } from "../core/transition.ts";
import { type DoubtAlert, type Member, MOST_MEMBERS, type TransitionAlert } from "./alert.ts";
import { alertId } from "./alert-id.ts";
import type { NoticeGroup } from "./group-notices.ts";
import type { Notice } from "./notice.ts";
import type { Run, Suspicion } from "./run.ts";

/** What every alert of one close has in common. */
export interface AlertFrame {
  readonly municipality: string;
  readonly run: string;
  readonly createdAt: string;
}

/** Asset ids may be long, and an item may not: a list stops at so many bytes of JSON, even where it is short. */
export const LONGEST_LIST = 48 * 1024;

/** The alert that tells of these notices of a group, by asset. Pure, like all here. */
export function transitionAlert(
  { id, kind, requirement, deciding }: Omit<NoticeGroup, "notices">,
  notices: readonly Notice[],
  frame: AlertFrame,
): TransitionAlert {
  const transitions = notices.map(({ transition }) => transition).toSorted(byAsset);
  const total = new Set(transitions.map(({ asset }) => asset)).size;
  return { id, ...frame, kind, requirement, deciding, total, members: listed(transitions.map(memberOf)) };
}

/** Tells the operator that a run is not believed. */
export function doubtAlert({ counts: { worse, well } }: Run, suspicion: Suspicion, frame: AlertFrame): DoubtAlert {
  const id = alertId(frame.municipality, frame.run, "doubt", suspicion);
  return { id, ...frame, kind: "doubt", suspicion, worse, well };
}

export function memberOf(transition: Transition): Member {
  const { asset, number, kind, from, to, cause, since, confirmedAt } = transition;
  const { firstSlot, slot, evidence, judgement, appeared } = transition;
  return {
    ...{ asset, number, kind, from, to, cause, since, confirmedAt },
    ...{ firstSlot, slot, evidence, judgement, appeared },
  };
}

/** In the order of requirement, asset and number. */
export function byAsset(a: Transition, b: Transition): number {
  const [one, other] = [a, b].map(({ requirement, asset }) => `${requirement} ${asset}`) as [string, string];
  return one === other ? a.number - b.number : one < other ? -1 : 1;
}

/** As many of the first as an alert may list, in number and in bytes of JSON. */
export function listed<T>(entries: readonly T[], most = MOST_MEMBERS, longest = LONGEST_LIST): readonly T[] {
  let bytes = 0;
  return entries.slice(0, most).filter((entry) => {
    bytes += Buffer.byteLength(JSON.stringify(entry)) + 1;
    return bytes <= longest;
  });
}
