import type { Question, Reply, ResourceRecord } from "../wire/message.ts";
import { isAtOrBelow, labelCount, labelsOf, parentOf, parseName, wildcardAt, type Name } from "../wire/name.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";
import { proveDenial, proveExpansion, type DenialOutcome, type ProofUse, type UnprovableDenial } from "./denial.ts";
import { bogus, type Failure, type SignatureUse } from "./outcome.ts";
import { recordSet, type RecordSet } from "./record-set.ts";
import { questionKey } from "./lookup.ts";
import { Recall } from "./recall.ts";
import { isReferral, referralFailure } from "./reply-form.ts";
import { verifySet, type Signer } from "./rrset-signature.ts";
import type { Session } from "./session.ts";

export interface ProvenSet {
  readonly kind: "positive";
  readonly records: readonly ResourceRecord[];
  readonly uses: readonly SignatureUse[];
  /** The wildcard that the RRset was made from. */
  readonly wildcard: Name | null;
  /** That nothing closer exists; null when it was not made from a wildcard. */
  readonly proof: ProofUse | null;
}

export interface ProvenAlias {
  readonly kind: "alias";
  readonly to: Name;
  readonly by: "CNAME" | "DNAME";
  readonly set: ProvenSet;
}

export type ProvenDenial = Extract<DenialOutcome, { readonly kind: "nodata" | "nxdomain" }>;

/** What one reply says about one name and type, judged with the keys of the zone that the name is in. */
export type Answer = ProvenSet | ProvenAlias | ProvenDenial | UnprovableDenial | Failure;

/** Judges a usable reply. Only records at the name, and DNAME records above it in the zone, are looked at. */
export function judgeAnswer(question: Question, reply: Reply, signer: Signer, session: Session): Answer {
  const { answers } = session.context;
  const recall = answers.get(signer) ?? new Recall<Answer>();
  answers.set(signer, recall);
  return recall.judge(reply, questionKey(question), session, () => answerOf(question, reply, signer, session));
}

function answerOf(question: Question, reply: Reply, signer: Signer, session: Session): Answer {
  const { name, type } = question;
  const dname = dnameAbove(name, signer.zone, reply);
  if (dname !== null) return judgeDname(question, dname, reply, signer, session);
  const direct = recordSet(reply.answer, name, type);
  if (direct.records.length > 0) return proveSet(direct, reply, signer, session);
  const cname = recordSet(reply.answer, name, "CNAME");
  if (cname.records.length > 0) return judgeCname(cname, reply, signer, session);
  const denial = proveDenial({ name, type, rcode: reply.rcode, authority: reply.authority }, signer, session);
  if (denial.kind !== "unproven") return denial;
  if (isReferral(reply, name)) return referralFailure(question, signer.zone);
  return bogus(signer.zone, denial.record, denial.reason, "the denial is not proven");
}

/** Whether the RRset is signed by the zone and, if it was made from a wildcard, nothing closer exists. */
export function proveSet(
  set: RecordSet,
  reply: Reply,
  signer: Signer,
  session: Session,
): ProvenSet | UnprovableDenial | Failure {
  const { name, type } = set;
  const result = verifySet(set, signer, session);
  if (!result.ok) return bogus(signer.zone, { name, type }, result.reason, "the RRset is not validly signed");
  const { records, encloser } = result;
  if (encloser === null) return { kind: "positive", records, uses: [result.use], wildcard: null, proof: null };
  const claim = { name, type, rcode: reply.rcode, authority: reply.authority };
  const outcome = proveExpansion(claim, encloser, signer, session);
  if (outcome.kind === "insecure") return outcome;
  if (outcome.kind === "unproven") {
    return bogus(signer.zone, outcome.record, outcome.reason, "nothing proves that the wildcard was the closest match");
  }
  const uses = [result.use, ...outcome.proof.uses];
  return { kind: "positive", records, uses, wildcard: wildcardAt(encloser), proof: outcome.proof };
}

function judgeCname(set: RecordSet, reply: Reply, signer: Signer, session: Session): Answer {
  const proven = proveSet(set, reply, signer, session);
  if (!isPositive(proven)) return proven;
  const to = onlyTarget(set);
  return to === null
    ? bogus(signer.zone, { name: set.name, type: "CNAME" }, "malformed", "not exactly one readable CNAME")
    : { kind: "alias", to, by: "CNAME", set: proven };
}

/** The CNAME beside a DNAME is made by the server and unsigned (RFC 6672 section 5.3.1): it must be what the DNAME makes. */
function judgeDname(question: Question, dname: RecordSet, reply: Reply, signer: Signer, session: Session): Answer {
  const proven = proveSet(dname, reply, signer, session);
  if (!isPositive(proven)) return proven;
  const target = onlyTarget(dname);
  const to = target === null ? null : substituteSuffix(question.name, dname.name, target);
  const record = { name: dname.name, type: dname.type };
  if (to === null)
    return bogus(signer.zone, record, "malformed", "not exactly one readable DNAME, or the name gets too long");
  const cname = recordSet(reply.answer, question.name, "CNAME");
  if (cname.records.length > 0 && onlyTarget(cname) !== to) {
    return bogus(
      signer.zone,
      { name: cname.name, type: "CNAME" },
      "alias-mismatch",
      "the CNAME is not what the DNAME makes",
    );
  }
  if (question.type === "CNAME" && cname.records.length > 0) return { ...proven, records: cname.records };
  return { kind: "alias", to, by: "DNAME", set: proven };
}

/** The uppermost DNAME of the zone above `name`: it occludes every other (RFC 6672 section 2.4). */
export function dnameAbove(name: Name, zone: Name, reply: Reply): RecordSet | null {
  const owners = reply.answer
    .filter((record) => record.type === "DNAME" && record.name !== name)
    .map((record) => record.name)
    .filter((owner) => isAtOrBelow(name, owner) && isAtOrBelow(owner, zone));
  const uppermost = owners.sort((a, b) => labelCount(a) - labelCount(b))[0];
  return uppermost === undefined ? null : recordSet(reply.answer, uppermost, "DNAME");
}

/** The target of an RRset that must hold exactly one record; null when it does not. */
export function onlyTarget({ records }: RecordSet): Name | null {
  const [record, ...more] = records;
  if (record === undefined || more.length > 0) return null;
  const target = parseTargetName(record.data);
  return target.ok ? target.value : null;
}

/** `name` with its ending `from` replaced (RFC 6672 section 2.2); null when the result is too long. */
export function substituteSuffix(name: Name, from: Name, to: Name): Name | null {
  const kept = labelsOf(name).slice(0, labelCount(name) - labelCount(from));
  const result = parseName([...kept, ...labelsOf(to)].join(".") + ".");
  return result.ok ? result.value : null;
}

function isPositive(answer: ProvenSet | UnprovableDenial | Failure): answer is ProvenSet {
  return "kind" in answer && answer.kind === "positive";
}

/** Whether `name` is the parent side's business: DS records are looked for one zone up. */
export function zoneTargetOf({ name, type }: Question): Name {
  return type === "DS" ? (parentOf(name) ?? name) : name;
}
