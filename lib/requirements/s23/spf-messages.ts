import type { Outcome } from "../../core/messages.ts";
import { spfPolicyMessages } from "./spf-policy-messages.ts";
import { spfRecordMessages } from "./spf-record-messages.ts";

/** Everything S23 can say of SPF. */
export const spfMessages = { ...spfRecordMessages, ...spfPolicyMessages };

const OUTCOMES: ReadonlyMap<string, Outcome> = new Map(
  Object.entries<{ readonly outcome: Outcome }>(spfMessages).map(([tag, { outcome }]) => [tag, outcome]),
);

/** What a tag of SPF weighs; null for one of the engine's, which says that something was not observed. */
export function spfOutcome(tag: string): Outcome | null {
  return OUTCOMES.get(tag) ?? null;
}
