import type { AssetState } from "../../../lib/core/state.ts";
import { sealTransition, type Transition } from "../../../lib/core/transition.ts";
import type { Stored } from "../../../lib/watch/memory.ts";
import { type Notice, noticeOf } from "../../../lib/watch/notice.ts";
import { addressOf, lookAt, moment, stateAfter, SUBJECT } from "../../support/looks.ts";

/** A sealed transition: number 2, a regression from pass to fail, decided by S18_BOGUS about nothing that is shared. */
export function transition(changes: Partial<Omit<Transition, "hash">> = {}): Transition {
  return sealTransition({
    ...SUBJECT,
    ...{ number: 2, kind: "regression", from: "pass", to: "fail", cause: null },
    ...{ since: moment(0), confirmedAt: moment(0), firstSlot: moment(0), slot: moment(0) },
    ...{ deciding: [{ tag: "S18_BOGUS", about: null }], appeared: [], rules: "S18@1" },
    ...{ evidence: addressOf("evidence"), judgement: addressOf("judgement"), evidenceAt: moment(0) },
    ...{ closes: null, previous: addressOf("before") },
    ...changes,
  });
}

/** The recovery of that regression. */
export function recovery(changes: Partial<Omit<Transition, "hash">> = {}): Transition {
  return transition({
    ...{ number: 3, kind: "recovery", from: "fail", to: "pass", closes: 2 },
    ...{ deciding: [{ tag: "S18_SIGNED", about: null }] },
    ...changes,
  });
}

/** The stored notice of a transition. One that nobody is told of throws: the test is wrong. */
export function notice(of: Transition, alert: string | null = null): Stored<Notice> {
  const made = noticeOf(of, `domains/${of.slot}`);
  if (made === null) throw new Error("nobody is told of this transition");
  return { value: { ...made, alert }, revision: 1 };
}

/** A state that was seen passing at hour 0, with these changes. */
export function stateOf(changes: Partial<AssetState> = {}): AssetState {
  return { ...stateAfter(lookAt(0, "pass")), outbox: [], ...changes };
}
