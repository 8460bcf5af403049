import type { Reply } from "../wire/message.ts";
import type { Answer } from "./answer.ts";
import { bogus } from "./outcome.ts";
import { recordSet } from "./record-set.ts";
import { verifySet, type Signer } from "./rrset-signature.ts";
import type { Session } from "./session.ts";

/**
 * A proven denial whose SOA, if there is one, is validly signed too; any other answer as it is. The SOA is no part of the
 * proof, yet it is the zone's word on how long to believe it (RFC 2308 section 5), and resolvers reject a reply in which its
 * signature is not good. Zone cuts are shown without it: resolvers learn of those from referrals, which have no SOA.
 */
export function withProvenSoa(answer: Answer, reply: Reply, signer: Signer, session: Session): Answer {
  // Only a proven denial says whether the name exists.
  if (!("nameExists" in answer)) return answer;
  const soa = recordSet(reply.authority, signer.zone, "SOA");
  if (soa.records.length === 0) return answer;
  const result = verifySet(soa, signer, session);
  if (!result.ok) {
    const record = { name: soa.name, type: soa.type };
    return bogus(signer.zone, record, result.reason, "the SOA of the denial is not validly signed");
  }
  return { ...answer, proof: { ...answer.proof, uses: [...answer.proof.uses, result.use] } };
}
