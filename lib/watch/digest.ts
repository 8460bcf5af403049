import type { Transition } from "../core/transition.ts";
import type { DigestAlert } from "./alert.ts";
import { alertId } from "./alert-id.ts";
import { type AlertFrame, byAsset, listed, memberOf } from "./compose-alerts.ts";
import { isMonday, latestMorning, type Morning, morningAfter } from "./danish-morning.ts";
import type { Notice } from "./notice.ts";

const LONGEST_MEMBERS = 32 * 1024;
const MOST_OPEN = 200;
const LONGEST_OPEN = 20 * 1024;

export function digestId(municipality: string, { date }: Morning): string {
  return alertId(municipality, "digest", date);
}

/** Whether something was confirmed before that morning. */
export function isBefore({ confirmedAt }: Transition, { at }: Morning): boolean {
  return Date.parse(confirmedAt) < at;
}

/** Whether there is a digest to send: for news always, for what is merely still open on Mondays. Both as of that morning. */
export function isDigestDue(news: number, open: number, morning: Morning): boolean {
  return news > 0 || (open > 0 && isMonday(morning));
}

/** Pure. `open` are the transitions that opened the regressions that are still open. */
export function digestAlert(
  id: string,
  { date }: Morning,
  notices: readonly Notice[],
  open: readonly Transition[],
  frame: AlertFrame,
): DigestAlert {
  const transitions = notices.map(({ transition }) => transition).toSorted(byAsset);
  const members = transitions.map((transition) => ({
    ...memberOf(transition),
    requirement: transition.requirement,
  }));
  return {
    ...{ id, ...frame, kind: "digest", date, total: transitions.length },
    members: listed(members, undefined, LONGEST_MEMBERS),
    openTotal: open.length,
    open: listed(
      open.toSorted(byAsset).map(({ requirement, asset, since }) => ({ requirement, asset, since })),
      MOST_OPEN,
      LONGEST_OPEN,
    ),
  };
}

/**
 * The morning whose digest has claimed this, found again by its id: mornings from the confirmation on, up to the latest at
 * `now` (epoch milliseconds). Null when none of them has that id.
 */
export function claimingMorning({ transition, alert }: Notice, now: number): Morning | null {
  const latest = latestMorning(now);
  let morning = morningAfter(latestMorning(Date.parse(transition.confirmedAt)));
  while (morning.at <= latest.at) {
    if (digestId(transition.municipality, morning) === alert) return morning;
    morning = morningAfter(morning);
  }
  return null;
}
