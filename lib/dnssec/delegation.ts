import type { Name } from "../wire/name.ts";
import { parseDs, type Ds } from "../wire/rdata/ds.ts";
import { judgeAnswer, type Answer, type ProvenDenial, type ProvenSet } from "./answer.ts";
import { bogus, type Failure, type InsecureReason, type Nsec3Use, type SignatureUse } from "./outcome.ts";
import { usableReply } from "./reply-form.ts";
import type { Signer } from "./rrset-signature.ts";
import type { Session } from "./session.ts";

/** How the parent showed what is, or is not, delegated at a name. `none`: it did not. */
export type DelegationProof = "anchor" | "ds" | "nsec" | "nsec3" | "opt-out" | "none";

/** What the parent's signed records say about a zone cut at a name. */
export type Delegation =
  | {
      readonly kind: "signed";
      readonly ds: readonly Ds[];
      readonly uses: readonly SignatureUse[];
      readonly rcode: number;
    }
  | {
      readonly kind: "unsigned";
      readonly reason: Extract<InsecureReason, "no-ds" | "opt-out" | "nsec3-iterations">;
      readonly provenBy: DelegationProof;
      readonly uses: readonly SignatureUse[];
      readonly nsec3: Nsec3Use | null;
      readonly rcode: number;
    }
  /** No zone begins here. Unless `mayContinue`, nothing exists below the name either. */
  | { readonly kind: "uncut"; readonly mayContinue: boolean; readonly uses: readonly SignatureUse[] }
  | { readonly kind: "failed"; readonly failure: Failure; readonly rcode: number | null };

/** Judges the DS reply for `name` with the keys of the zone above it (RFC 4035 section 5.2, RFC 6840 section 4.4). */
export function judgeDelegation(name: Name, parent: Signer, session: Session): Delegation {
  const question = { name, type: "DS" };
  const observation = session.lookup(question);
  if (observation === undefined) return failed({ status: "need", questions: [question] }, null);
  const usable = usableReply(observation, question, parent.zone);
  if (!usable.ok) return failed(usable.failure, observation.state === "observed" ? observation.value.rcode : null);
  const { reply } = usable;
  const answer = judgeAnswer(question, reply, parent, session);
  return delegationOf(name, answer, parent, reply.rcode);
}

function delegationOf(name: Name, answer: Answer, parent: Signer, rcode: number): Delegation {
  if ("status" in answer) return failed(answer, rcode);
  switch (answer.kind) {
    case "positive":
      return signedDelegation(name, answer, parent, rcode);
    case "alias":
      // Beside a CNAME there is no delegation (RFC 1034 section 3.6.2); below a DNAME there is nothing (RFC 6672 section 2.3).
      return { kind: "uncut", mayContinue: answer.by === "CNAME", uses: answer.set.uses };
    case "nodata":
    case "nxdomain":
      return unsignedOrUncut(answer, rcode);
    case "insecure": {
      const { reason, proof } = answer;
      const provenBy = reason === "opt-out" ? "opt-out" : "nsec3";
      return { kind: "unsigned", reason, provenBy, uses: proof.uses, nsec3: proof.nsec3, rcode };
    }
  }
}

function signedDelegation(name: Name, answer: ProvenSet, parent: Signer, rcode: number): Delegation {
  const record = { name, type: "DS" };
  if (answer.wildcard !== null) {
    return failed(
      bogus(parent.zone, record, "malformed", "a wildcard makes no delegation (RFC 4592 section 4.6)"),
      rcode,
    );
  }
  const ds = answer.records.flatMap(({ data }) => {
    const parsed = parseDs(data);
    return parsed.ok ? [parsed.value] : [];
  });
  if (ds.length === 0) return failed(bogus(parent.zone, record, "malformed", "no DS record can be read"), rcode);
  return { kind: "signed", ds, uses: answer.uses, rcode };
}

function unsignedOrUncut({ types, nameExists, proof }: ProvenDenial, rcode: number): Delegation {
  const provenBy = proof.method === "nsec3" ? "nsec3" : "nsec";
  if (types?.has("NS") === true) {
    return { kind: "unsigned", reason: "no-ds", provenBy, uses: proof.uses, nsec3: proof.nsec3, rcode };
  }
  return { kind: "uncut", mayContinue: nameExists, uses: proof.uses };
}

function failed(failure: Failure, rcode: number | null): Delegation {
  return { kind: "failed", failure, rcode };
}
