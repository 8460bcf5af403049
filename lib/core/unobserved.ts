import { CAUSE_MESSAGES } from "./cause-messages.ts";
import { CAUSES, type Cause } from "./cause.ts";
import type { Finding } from "./finding.ts";
import type { Message, Messages } from "./messages.ts";
import type { Requirement } from "./requirement.ts";
import type { RequirementId } from "./requirement-id.ts";

/** The tag the engine gives when an observation is missing for `cause`: S18_UNOBSERVED_DNS_TIMEOUT. */
export function unobservedTag(requirement: RequirementId, cause: Cause): string {
  return `${requirement}_UNOBSERVED_${cause.toUpperCase().replaceAll("-", "_")}`;
}

/** The finding for an answer that is missing: what was not seen, why, and one line of detail of our own making. */
export function undecided(
  requirement: RequirementId,
  target: string,
  { cause, detail }: { readonly cause: Cause; readonly detail: string },
): Finding {
  return { tag: unobservedTag(requirement, cause), evidence: { target, detail } };
}

/** The engine's own messages, one per cause, the same for every requirement. */
export function unobservedMessages(requirement: RequirementId): Messages {
  return Object.fromEntries(CAUSES.map((cause) => [unobservedTag(requirement, cause), CAUSE_MESSAGES[cause]]));
}

/** Every message a finding of the requirement can carry: its own and the engine's. */
export function allMessages(requirement: Requirement): Messages {
  return { ...unobservedMessages(requirement.id), ...requirement.messages };
}

/** The message of one tag. An unknown tag is our own bug and throws. */
export function messageOf(requirement: Requirement, tag: string): Message {
  const message = requirement.messages[tag] ?? unobservedMessages(requirement.id)[tag];
  if (message === undefined) throw new Error(`${requirement.id} has no message ${tag}`);
  return message;
}
