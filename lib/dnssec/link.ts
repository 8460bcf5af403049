import type { Question, Reply, ResourceRecord } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { judgeAnswer, zoneTargetOf, type Answer, type ProvenSet } from "./answer.ts";
import type { AnswerKind } from "./classification.ts";
import type { DenialMethod } from "./denial.ts";
import { withProvenSoa } from "./denial-soa.ts";
import type { Bogus, Failure, Indeterminate, InsecureReason, Nsec3Use, SignatureUse } from "./outcome.ts";
import { usableReply } from "./reply-form.ts";
import type { Signer } from "./rrset-signature.ts";
import type { Session } from "./session.ts";
import { readUnsigned, speaksOf } from "./unsigned-answer.ts";
import { walkTowards, type GuidedWalk } from "./walk.ts";

/** How far one link is protected: by the zone's signatures, or provably not. */
export type Protection =
  | {
      readonly status: "secure";
      readonly zone: Name;
      readonly signatures: readonly SignatureUse[];
      readonly chainExpiresAt: number | null;
      readonly wildcard: Name | null;
      readonly denial: DenialMethod | null;
      readonly nsec3: Nsec3Use | null;
    }
  | {
      readonly status: "insecure";
      readonly zone: Name;
      readonly reason: InsecureReason;
      readonly shownBy: Name;
      readonly nsec3: Nsec3Use | null;
    };

/** One link of a chain of aliases, judged: where it ends or what it points on to, and the reply that said so. */
export type Link =
  | {
      readonly kind: "end";
      readonly protection: Protection;
      readonly answer: AnswerKind;
      readonly records: readonly ResourceRecord[];
      readonly rcode: number;
    }
  | {
      readonly kind: "alias";
      readonly protection: Protection;
      readonly to: Name;
      readonly by: "CNAME" | "DNAME";
      readonly reply: Reply;
    }
  | Failure;

/**
 * Judges the data at one name. `carried` is the reply to the question before the alias that led here: resolvers put the whole
 * chain into one reply. What it does not settle is asked for by itself.
 */
export function judgeLink(question: Question, carried: Reply | null, session: Session): Link {
  const guided = walkTowards(zoneTargetOf(question), session);
  const { walk } = guided;
  const dedicated = session.lookup(question);
  if (walk.status === "need") {
    const own = dedicated === undefined && carried === null ? [question] : [];
    return { status: "need", questions: distinct([...own, ...walk.needs]) };
  }
  if (carried !== null) {
    const settled = judgeReply(question, carried, guided, session);
    if (settles(settled, question, carried)) return settled;
  }
  const failure = walkFailure(guided);
  // Nothing that could be heard would mend a chain that is broken at or above the name's own zone.
  if (failure !== null && (guided.signer === null || guided.endsAtCut)) return failure;
  if (dedicated === undefined) return { status: "need", questions: [question] };
  const usable = usableReply(dedicated, question, walk.steps.at(-1)?.zone ?? question.name);
  if (usable.ok) return judgeReply(question, usable.reply, guided, session);
  return failure ?? usable.failure;
}

/** A secure outcome settles whatever reply it came from; an insecure one only if the reply speaks of the name. */
function settles(link: Link, question: Question, reply: Reply): boolean {
  if ("status" in link) return false;
  return link.protection.status === "secure" || speaksOf(question, reply);
}

function judgeReply(question: Question, reply: Reply, guided: GuidedWalk, session: Session): Link {
  const { signer, walk, endsAtCut } = guided;
  if (signer === null || endsAtCut) return unprotected(question, reply, guided);
  const answer = withProvenSoa(judgeAnswer(question, reply, signer, session), reply, signer, session);
  if (walk.status === "secure") return protectedLink(answer, reply, guided, signer, question);
  // The zone above could not show whether a zone begins between it and the name. What it has signed at the name itself is
  // still its own: validators go by the signer, and so a broken DS reply does not make a good answer bad.
  const link = protectedLink(answer, reply, guided, signer, question);
  const isSecure = !("status" in link) && link.protection.status === "secure";
  return isSecure ? link : unprotected(question, reply, guided);
}

function protectedLink(answer: Answer, reply: Reply, guided: GuidedWalk, signer: Signer, question: Question): Link {
  if ("status" in answer) return answer;
  const { zone } = signer;
  switch (answer.kind) {
    case "insecure": {
      const { reason, proof } = answer;
      const { name } = question;
      return insecureLink(question, reply, {
        status: "insecure",
        zone: name,
        reason,
        shownBy: zone,
        nsec3: proof.nsec3,
      });
    }
    case "alias":
      return {
        kind: "alias",
        protection: setProtection(answer.set, zone, guided),
        to: answer.to,
        by: answer.by,
        reply,
      };
    case "positive": {
      const protection = setProtection(answer, zone, guided);
      return { kind: "end", protection, answer: "positive", records: answer.records, rcode: reply.rcode };
    }
    case "nodata":
    case "nxdomain": {
      const { method, uses, nsec3 } = answer.proof;
      const base = { status: "secure", zone, signatures: uses, chainExpiresAt: earliest(guided) } as const;
      const protection: Protection = { ...base, wildcard: null, denial: method, nsec3 };
      return { kind: "end", protection, answer: answer.kind, records: [], rcode: reply.rcode };
    }
  }
}

function setProtection(set: ProvenSet, zone: Name, guided: GuidedWalk): Protection {
  const { uses: signatures, wildcard, proof } = set;
  const base = { status: "secure", zone, signatures, chainExpiresAt: earliest(guided) } as const;
  return { ...base, wildcard, denial: proof?.method ?? null, nsec3: proof?.nsec3 ?? null };
}

/** Of the signatures over the zones that were passed, secure or not in the end. */
function earliest({ walk }: GuidedWalk): number | null {
  const ends = walk.steps.flatMap(({ signatures }) => signatures.map(({ expiration }) => expiration));
  return walk.expiresAt ?? (ends.length === 0 ? null : Math.min(...ends));
}

function unprotected(question: Question, reply: Reply, guided: GuidedWalk): Link {
  const failure = walkFailure(guided);
  if (failure !== null) return failure;
  const { walk } = guided;
  const last = walk.steps.at(-1);
  const shownBy = walk.zone;
  if (last === undefined || last.insecure === null || shownBy === null) {
    throw new Error("a walk that is neither secure nor failed ends in an insecure step below a secure zone");
  }
  const { zone, insecure: reason, nsec3 } = last;
  return insecureLink(question, reply, { status: "insecure", zone, reason, shownBy, nsec3 });
}

function walkFailure({ walk }: GuidedWalk): Bogus | Indeterminate | null {
  return walk.failure ?? walk.steps.at(-1)?.failure ?? null;
}

function insecureLink(question: Question, reply: Reply, protection: Protection): Link {
  const heard = readUnsigned(question, reply, protection.zone);
  if ("status" in heard) return heard;
  if (heard.kind === "alias") return { ...heard, protection, reply };
  return { ...heard, kind: "end", protection };
}

function distinct(questions: readonly Question[]): readonly Question[] {
  return questions.filter(
    (one, index) => questions.findIndex((other) => other.name === one.name && other.type === one.type) === index,
  );
}
