import { createHash } from "node:crypto";
import type { Look } from "../../lib/core/look.ts";
import { reduce, type ReducePolicy } from "../../lib/core/reduce.ts";
import { confirmSlotOf, slotAt } from "../../lib/core/slot.ts";
import type { AssetState } from "../../lib/core/state.ts";
import type { Subject } from "../../lib/core/transition.ts";
import type { Verdict } from "../../lib/core/verdict.ts";

export const HOUR = 3_600_000;
export const MINUTE = 60_000;

export const SUBJECT: Subject = { municipality: "101", requirement: "S18", asset: "domain:eksempel.dk" };

export const POLICY: ReducePolicy = { confirmAfter: 10 * MINUTE };

/** When hour 0 of the looks below is. */
export const START = Date.parse("2026-03-01T00:00:00.000Z");

const SECONDS_TO_LOOK = 5_000;

/** The content address of the text that is this name. */
export function addressOf(name: string): string {
  return `sha256:${createHash("sha256").update(name).digest("hex")}`;
}

/** The moment so many milliseconds after `START`, UTC, ISO 8601. */
export function moment(milliseconds: number): string {
  return new Date(START + milliseconds).toISOString();
}

/**
 * The planned look at this hour, made five seconds after it. It has a cause exactly when it is indeterminate, evidence of its own, a
 * deciding tag named for the verdict and no warnings, unless told otherwise.
 */
export function lookAt(hour: number, verdict: Verdict, changes: Partial<Look> = {}): Look {
  const slot = slotAt(START + hour * HOUR);
  return {
    slot,
    observedAt: moment(hour * HOUR + SECONDS_TO_LOOK),
    verdict,
    cause: verdict === "indeterminate" ? "dns-timeout" : null,
    deciding: [{ tag: `S18_${verdict.toUpperCase().replace("-", "_")}`, about: null }],
    warnings: [],
    judgement: addressOf(`judgement ${hour} ${verdict}`),
    isCertain: false,
    rules: "S18@1",
    rejudged: null,
    evidence: addressOf(`evidence ${hour} ${verdict}`),
    ...changes,
  };
}

/** The second look that belongs to the planned one at this hour, made exactly `POLICY.confirmAfter` after that. */
export function secondLookAt(hour: number, verdict: Verdict, changes: Partial<Look> = {}): Look {
  const first = lookAt(hour, verdict);
  return {
    ...first,
    slot: confirmSlotOf(first.slot),
    observedAt: moment(hour * HOUR + SECONDS_TO_LOOK + POLICY.confirmAfter),
    judgement: addressOf(`judgement ${hour} ${verdict} again`),
    evidence: addressOf(`evidence ${hour} ${verdict} again`),
    ...changes,
  };
}

/** What all these looks come to, taken in this order. The outbox is never emptied: it holds the whole history. */
export function stateAfter(...looks: readonly [Look, ...Look[]]): AssetState {
  const [first, ...others] = looks;
  return others.reduce((state, look) => reduce(state, SUBJECT, look, POLICY), reduce(null, SUBJECT, first, POLICY));
}
