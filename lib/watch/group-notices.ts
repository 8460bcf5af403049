import type { RequirementId } from "../core/requirement-id.ts";
import type { Deciding, Transition } from "../core/transition.ts";
import { unobservedTag } from "../core/unobserved.ts";
import type { TransitionAlert } from "./alert.ts";
import { alertId } from "./alert-id.ts";
import type { Stored } from "./memory.ts";
import type { Notice } from "./notice.ts";

/** Notices that one alert is to tell of. */
export interface NoticeGroup {
  /** The id of that alert. */
  readonly id: string;
  readonly kind: TransitionAlert["kind"];
  readonly requirement: RequirementId;
  readonly deciding: Deciding;
  readonly notices: readonly Stored<Notice>[];
}

/** Which run files the alerts, and what decided a regression that a transition closes (null when that is not known). */
export interface Grouping {
  readonly municipality: string;
  readonly run: string;
  readonly closedBy: (transition: Transition) => Deciding | null;
}

/**
 * One cause, one group: the same kind for the same requirement, decided by the same tag about the same thing. A recovery
 * belongs to what decided the regression it ends, so that what broke together is told of as mended together. A notice that is
 * already claimed stays with that claim, whatever it would be grouped with now. Groups are in the order of their ids. Pure.
 */
export function groupNotices(notices: readonly Stored<Notice>[], grouping: Grouping): readonly NoticeGroup[] {
  const placed = notices.map((notice) => place(notice, grouping));
  return [...Map.groupBy(placed, ({ id }) => id).values()]
    .flatMap((group) => {
      const [first] = group;
      return first === undefined ? [] : [{ ...first, notices: group.flatMap((each) => each.notices) }];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function place(notice: Stored<Notice>, { municipality, run, closedBy }: Grouping): NoticeGroup {
  const { transition, alert } = notice.value;
  const { requirement } = transition;
  const kind = alertKindOf(transition);
  const deciding = (kind === "recovery" ? closedBy(transition) : null) ?? primaryOf(transition);
  const id = alert ?? alertId(municipality, run, kind, requirement, deciding.tag, deciding.about);
  return { id, kind, requirement, deciding, notices: [notice] };
}

/** Only these three kinds are urgent (see `noticeOf`); anything else that a store may hold is told of as a change. */
function alertKindOf({ kind }: Transition): TransitionAlert["kind"] {
  return kind === "regression" || kind === "recovery" ? kind : "change";
}

/** What decided a transition before all else: the warning that appeared, or the first tag of the verdict. */
export function primaryOf({ appeared, deciding, requirement, cause }: Transition): Deciding {
  const [warning] = appeared;
  if (warning !== undefined) return { tag: warning, about: null };
  return deciding[0] ?? { tag: unobservedTag(requirement, cause ?? "internal"), about: null };
}
