import type { ResourceRecord } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { RCODE } from "../wire/rcode.ts";
import type { RecordType } from "../wire/record-type.ts";
import { provenDenialRecords, type DenialRecords, type Nsec3Group } from "./denial-records.ts";
import { proveDenialByNsec, proveNoCloserByNsec } from "./denial-nsec.ts";
import { proveDenialByNsec3, proveNoCloserByNsec3, type NameHasher } from "./denial-nsec3.ts";
import type { DenialProof } from "./denial-types.ts";
import { hashName } from "./nsec3-hash.ts";
import type { BogusReason, Nsec3Use, RecordRef, SignatureUse } from "./outcome.ts";
import type { Signer } from "./rrset-signature.ts";
import type { Session } from "./session.ts";

/** How a denial was proven. `compact`: the name itself carries NXNAME (RFC 9824). */
export type DenialMethod = "nsec" | "nsec3" | "compact";

/** What a proof rests on. */
export interface ProofUse {
  readonly method: DenialMethod;
  readonly uses: readonly SignatureUse[];
  readonly nsec3: Nsec3Use | null;
}

export type DenialOutcome =
  | {
      readonly kind: "nodata" | "nxdomain";
      /** The bitmap at the name itself; null when there is none. */
      readonly types: ReadonlySet<RecordType> | null;
      readonly nameExists: boolean;
      readonly proof: ProofUse;
    }
  | UnprovableDenial
  | UnprovenDenial;

export type ExpansionOutcome =
  { readonly kind: "proven"; readonly proof: ProofUse } | UnprovableDenial | UnprovenDenial;

/** The zone's own records say that it cannot be known here. */
export interface UnprovableDenial {
  readonly kind: "insecure";
  readonly reason: "opt-out" | "nsec3-iterations";
  readonly proof: ProofUse;
}

export interface UnprovenDenial {
  readonly kind: "unproven";
  readonly reason: BogusReason;
  readonly record: RecordRef;
}

export interface DenialClaim {
  readonly name: Name;
  readonly type: RecordType;
  readonly rcode: number;
  readonly authority: readonly ResourceRecord[];
}

/** Whether a reply's authority section proves, with the zone's signatures, that there is no such record or name. */
export function proveDenial(claim: DenialClaim, signer: Signer, session: Session): DenialOutcome {
  const records = provenDenialRecords(claim.authority, signer, session);
  const query = { name: claim.name, type: claim.type, apex: signer.zone };
  const byNsec = proveDenialByNsec(query, records.nsecs);
  if (byNsec !== null && agrees(byNsec, claim.rcode)) return outcomeOf(byNsec, nsecProof(records, byNsec));
  const byNsec3 = proveByGroups(records, session, (group, hash) => {
    const proof = proveDenialByNsec3(query, group.records, hash);
    return proof === null || !agrees(proof, claim.rcode) ? null : outcomeOf(proof, nsec3Proof(group));
  });
  return byNsec3 ?? unproven(records, claim, session, ["denial-missing", "denial-invalid"]);
}

/** Whether the authority section proves that a wildcard was the closest match for `name` (RFC 4035 section 5.3.4). */
export function proveExpansion(claim: DenialClaim, encloser: Name, signer: Signer, session: Session): ExpansionOutcome {
  const records = provenDenialRecords(claim.authority, signer, session);
  if (proveNoCloserByNsec(claim.name, encloser, signer.zone, records.nsecs)) {
    return { kind: "proven", proof: { method: "nsec", uses: records.nsecUses, nsec3: null } };
  }
  const byNsec3 = proveByGroups<ExpansionOutcome>(records, session, (group, hash) => {
    const proof = proveNoCloserByNsec3(claim.name, encloser, group.records, hash);
    if (proof === null) return null;
    const use = nsec3Proof(group);
    return proof === "proven" ? { kind: "proven", proof: use } : { kind: "insecure", reason: "opt-out", proof: use };
  });
  return byNsec3 ?? unproven(records, claim, session, ["wildcard-proof-missing", "wildcard-proof-missing"]);
}

/**
 * RCODE is not signed, so the proof decides; yet a name error under NOERROR is not what a validator may take for an answer,
 * except in compact denial. A proven NODATA under NXDOMAIN is taken as NODATA: some servers answer so for empty non-terminals.
 */
function agrees(proof: DenialProof, rcode: number): boolean {
  return proof.kind !== "nxdomain" || proof.compact || rcode === RCODE.NXDOMAIN;
}

function outcomeOf(proof: DenialProof, use: ProofUse): DenialOutcome {
  switch (proof.kind) {
    case "unsigned-delegation-possible":
      return { kind: "insecure", reason: "opt-out", proof: use };
    case "nodata":
      return { kind: "nodata", types: proof.types, nameExists: proof.nameExists, proof: use };
    case "nxdomain":
      return { kind: "nxdomain", types: null, nameExists: false, proof: use };
  }
}

/**
 * Asks each group of NSEC3 records in turn; a group that proves something wins over one that proves that nothing can be known.
 * Null: none has anything to say.
 */
function proveByGroups<T extends { readonly kind: string }>(
  records: DenialRecords,
  session: Session,
  prove: (group: Nsec3Group, hash: NameHasher) => T | UnprovableDenial | null,
): T | UnprovableDenial | UnprovenDenial | null {
  let weakest: T | UnprovableDenial | null = null;
  for (const group of records.nsec3Groups) {
    const isTooMuch = group.iterations > session.context.policy.nsec3MaxIterations;
    const tooMuch: UnprovableDenial = { kind: "insecure", reason: "nsec3-iterations", proof: nsec3Proof(group) };
    const outcome = isTooMuch ? tooMuch : prove(group, hasher(group, session));
    if (outcome !== null && outcome.kind !== "insecure") return outcome;
    weakest ??= outcome;
  }
  return weakest;
}

/** Hashes names as `group` does, each once, until the question's share of hashing is used up. */
function hasher({ salt, iterations }: Nsec3Group, session: Session): NameHasher {
  const known = new Map<Name, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (session.spent.hashes >= session.context.policy.bounds.hashesPerQuestion) return null;
    session.spent.hashes += 1;
    const hashed = hashName(name, salt, iterations);
    known.set(name, hashed);
    return hashed;
  };
}

function nsecProof({ nsecUses }: DenialRecords, proof: DenialProof): ProofUse {
  // Stryker disable next-line ConditionalExpression: equivalent, because a proof of another kind has no "compact"
  const isCompact = proof.kind === "nxdomain" && proof.compact;
  return { method: isCompact ? "compact" : "nsec", uses: nsecUses, nsec3: null };
}

function nsec3Proof({ iterations, salt, records, uses }: Nsec3Group): ProofUse {
  const optOut = records.some((record) => record.optOut);
  return { method: "nsec3", uses, nsec3: { iterations, saltLength: salt.length, optOut } };
}

/** What to blame: a record whose signature is not good, else that the good ones do not suffice, else that there are none. */
function unproven(
  records: DenialRecords,
  { name, type }: DenialClaim,
  { spent, context }: Session,
  [missing, invalid]: readonly [missing: BogusReason, invalid: BogusReason],
): UnprovenDenial {
  const record = { name, type };
  if (spent.hashes >= context.policy.bounds.hashesPerQuestion)
    return { kind: "unproven", reason: "work-limit", record };
  if (records.problem !== null) return { kind: "unproven", ...records.problem };
  const isEmpty = records.nsecs.length === 0 && records.nsec3Groups.length === 0;
  return { kind: "unproven", reason: isEmpty ? missing : invalid, record };
}
