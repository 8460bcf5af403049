import { Buffer } from "node:buffer";
import { observed, unobserved, type Observed } from "../../lib/core/observation.ts";
import type { Classification, SecureClassification } from "../../lib/dnssec/classification.ts";
import { questionKey } from "../../lib/dnssec/lookup.ts";
import { decodeMessage } from "../../lib/wire/codec.ts";
import type { Reply } from "../../lib/wire/message.ts";
import { canonicalRdata } from "../../lib/wire/rdata/canonical.ts";
import type { ZoneStep, ZoneWalk } from "../../lib/dnssec/zone-walk.ts";
import { validatorOver, type PracticeAnswers, type SignedAnswer } from "./signed-answers.ts";

/**
 * Validates `answer` again with `message` in the place of the reply `key`, and the way to its zone too. Throws when validation
 * throws, when data counts as secure that is not what the zone signed, or when a signed answer is taken for an unsigned one.
 * Returns the status.
 */
export function exerciseValidation(
  answer: SignedAnswer,
  key: string,
  message: Uint8Array,
  { replies, ...known }: PracticeAnswers,
): Classification["status"] {
  const received = replyIn(message);
  const lookup = (question: SignedAnswer["question"]): Observed<Reply> | undefined => {
    if (questionKey(question) === key) return received;
    const reply = replies.get(questionKey(question));
    return reply === undefined ? undefined : observed(reply);
  };
  const validator = validatorOver(known);
  const now = validator.classify(answer.question, lookup);
  compareClassifications(answer, now);
  compareWalks(answer, validator.walkToZone(answer.question.name, lookup));
  return now.status;
}

function replyIn(message: Uint8Array): Observed<Reply> {
  const decoded = decodeMessage(message);
  return decoded.ok ? observed(decoded.value.reply) : unobserved("protocol-error", decoded.problem);
}

/**
 * Where not even the undamaged replies prove that no unsigned zone begins on the way (too many NSEC3 iterations, opt-out), a
 * damaged answer may pass for one of an unsigned zone: that is what such zones give away.
 */
function compareClassifications({ classification: before, walk }: SignedAnswer, now: Classification): void {
  const isProtected = before.status === "secure" && walk.status === "secure";
  if (now.status === "insecure" && isProtected) throw new Error("a signed answer counts as unsigned");
  if (now.status !== "secure") return;
  if (before.status !== "secure") throw new Error("an unsigned answer counts as secure");
  if (contentOf(now) !== contentOf(before)) throw new Error("data counts as secure that the zone did not sign");
  const longest = Math.max(...before.records.map(({ ttl }) => ttl));
  if (now.records.some(({ ttl }) => ttl > longest)) throw new Error("a TTL is longer than what the zone signed");
  if (now.expiresAt > before.expiresAt) throw new Error("an answer is said to be good for longer than it is");
}

/** What a secure answer says, in canonical form (RFC 4034 section 6), so that letter case and order do not matter. */
function contentOf({ answer, name, aliases, records }: SecureClassification): string {
  const data = records.map((record) => {
    const rdata = canonicalRdata(record.type, Buffer.from(record.data, "base64"));
    return `${record.name} ${record.type} ${Buffer.from(rdata).toString("hex")}`;
  });
  const links = aliases.map(({ from, to, by }) => `${from} ${by} ${to}`);
  return JSON.stringify([answer, name, links, [...new Set(data)].sort()]);
}

/** A secure chain has no other keys than the zone's own, and a chain is not cut short into an unsigned one. */
function compareWalks({ walk }: SignedAnswer, now: ZoneWalk): void {
  if (now.status === "insecure" && walk.status === "secure") throw new Error("a signed zone counts as unsigned");
  if (now.status === "secure" && walk.status !== "secure") throw new Error("an unsigned zone counts as signed");
  for (const step of now.steps.filter(({ status }) => status === "secure")) {
    const same = walk.steps.find(({ zone, status }) => zone === step.zone && status === "secure");
    if (same === undefined || chainText(same) !== chainText(step))
      throw new Error("a chain counts as secure with other keys than the zone has");
  }
}

/** In whatever order they came: the records of an RRset have none. */
function chainText({ ds, keys }: ZoneStep): string {
  const [entries, all] = [ds, keys].map((list) => [...new Set(list.map((each) => JSON.stringify(each)))].sort());
  return JSON.stringify([entries, all]);
}
