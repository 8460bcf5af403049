import { type Answer, answerFromZone } from "../../../lib/practice/answer.ts";
import { EMPTY_ANSWER } from "../../../lib/practice/exchange.ts";
import type { Question, ResourceRecord } from "../../../lib/wire/message.ts";
import { isAtOrBelow, type Name } from "../../../lib/wire/name.ts";
import { RCODE } from "../../../lib/wire/rcode.ts";
import { parseRrsig } from "../../../lib/wire/rdata/rrsig.ts";
import { finalName, isDenial } from "./answer-form.ts";
import { denyCompactly } from "./compact-denial.ts";
import { spoil } from "./sign-zone.ts";
import { isAt, type PlannedZone } from "./world-plan.ts";

/** What a server of the zone answers; null is silence. */
export function askWorldServer(planned: PlannedZone, question: Question): Answer | null {
  const { origin, state, zone, compactDenial, deniesEmptyNonTerminals } = planned;
  const isHere = ({ owner, type }: { owner: Name; type: string }): boolean =>
    isAt({ owner, type }, question.name, question.type);
  if (state === "silent" || planned.silent.some(isHere)) return null;
  if (state === "failing" || planned.failing.some(isHere)) return { ...EMPTY_ANSWER, rcode: RCODE.SERVFAIL };
  if (!isAtOrBelow(question.name, origin)) return { ...EMPTY_ANSWER, rcode: RCODE.REFUSED };
  const plain = answerFromZone(zone, question, true);
  const honest = deniesEmptyNonTerminals ? withoutEmptyNonTerminals(plain, question, planned) : plain;
  const proven = compactDenial && state !== "unsigned" ? denyCompactly(honest, question, planned) : honest;
  return spoilDenial(proven, question, planned);
}

function withoutEmptyNonTerminals(answer: Answer, question: Question, { zone }: PlannedZone): Answer {
  const name = finalName(answer, question);
  const isEmpty = zone.names.has(name) && !zone.nodes.has(name);
  return isEmpty && isDenial(answer) ? { ...answer, rcode: RCODE.NXDOMAIN } : answer;
}

/** Breaks the proofs of what does not exist at a spoilt name: those of a denial, and those beside a wildcard's answer. */
function spoilDenial(answer: Answer, question: Question, { spoilt }: PlannedZone): Answer {
  const names = [question.name, finalName(answer, question)];
  const isSpoilt = spoilt.some(({ owner, type }) => type === "NSEC" && names.includes(owner));
  if (!isSpoilt) return answer;
  return { ...answer, authority: answer.authority.map((record) => (isNsecSignature(record) ? spoil(record) : record)) };
}

function isNsecSignature({ type, data }: ResourceRecord): boolean {
  const rrsig = type === "RRSIG" ? parseRrsig(data) : null;
  return rrsig?.ok === true && rrsig.value.typeCovered === "NSEC";
}
