import type { Observed } from "../core/observation.ts";
import type { Question, Reply } from "../wire/message.ts";
import { isAtOrBelow, type Name } from "../wire/name.ts";
import { RCODE, rcodeName } from "../wire/rcode.ts";
import { indeterminate, type Indeterminate } from "./outcome.ts";

/** A reply that answers its question one way or the other: NOERROR or NXDOMAIN, whole, and to what was asked. */
export type UsableReply =
  { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly failure: Indeterminate };

/** Sorts out what is no answer. `zone` is the zone that the answer was due from. */
export function usableReply(observation: Observed<Reply>, question: Question, zone: Name): UsableReply {
  const record = { name: question.name, type: question.type };
  if (observation.state === "unobserved") {
    return refuse(indeterminate(observation.cause, "unobserved", zone, record, observation.detail));
  }
  const reply = observation.value;
  const asked = reply.question;
  if (asked !== null && (asked.name !== question.name || asked.type !== question.type)) {
    return refuse(
      indeterminate("protocol-error", "question-mismatch", zone, record, "the reply is to another question"),
    );
  }
  if (reply.rcode !== RCODE.NOERROR && reply.rcode !== RCODE.NXDOMAIN) {
    return refuse(indeterminate("dns-servfail", "rcode", zone, record, rcodeName(reply.rcode)));
  }
  if (reply.flags.includes("tc")) {
    return refuse(indeterminate("dns-servfail", "truncated", zone, record, "the reply is truncated"));
  }
  return { ok: true, reply };
}

function refuse(failure: Indeterminate): UsableReply {
  return { ok: false, failure };
}

/**
 * Whether an answerless reply only points elsewhere: NS records of an enclosing zone, no SOA and no authority (RFC 2308 section
 * 2.2). With AA set it is the zone's own word that there is no such data, and has to be proven like any other.
 */
export function isReferral(reply: Reply, name: Name): boolean {
  if (reply.flags.includes("aa")) return false;
  const hasSoa = reply.authority.some(({ type }) => type === "SOA");
  const pointsOn = reply.authority.some((record) => record.type === "NS" && isAtOrBelow(name, record.name));
  return reply.rcode === RCODE.NOERROR && reply.answer.length === 0 && pointsOn && !hasSoa;
}

/** The failure of a referral that came where an answer was due. */
export function referralFailure(question: Question, zone: Name): Indeterminate {
  const record = { name: question.name, type: question.type };
  return indeterminate("dns-servfail", "referral", zone, record, "a referral instead of an answer");
}
