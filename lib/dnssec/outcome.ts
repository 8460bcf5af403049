import type { Cause } from "../core/cause.ts";
import type { Question } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { RecordType } from "../wire/record-type.ts";

/** An RRset by its owner and type. */
export interface RecordRef {
  readonly name: Name;
  readonly type: RecordType;
}

/** Why a proven break in the chain is one; the most telling reason when several signatures fail in different ways. */
export type BogusReason =
  /** An RRset of a signed zone came without any RRSIG. */
  | "no-signature"
  /** A key that should have made the signature did not. */
  | "signature-invalid"
  | "signature-expired"
  | "signature-not-yet-valid"
  /** Only signatures by another zone than the one the RRset belongs to. */
  | "signer-mismatch"
  /** No usable key of the zone has the signature's algorithm and key tag. */
  | "no-matching-key"
  /** Only signatures of algorithms that are not validated, though the parent promises one that is. */
  | "unsupported-algorithm"
  /** The key's octets are no key of its algorithm. */
  | "malformed-key"
  /** A record, or a signature's fields, break the RFC's form. */
  | "malformed"
  /** The parent's DS names keys, none of which the zone has. */
  | "no-key-matches-ds"
  /** As `no-key-matches-ds`, for the configured trust anchor: the anchor or the path to the root is to be doubted first. */
  | "no-key-matches-anchor"
  /** The parent has a DS, but the zone answers without DNSKEY. */
  | "dnskey-missing"
  /** No NSEC or NSEC3 record where a denial needs one. */
  | "denial-missing"
  /** NSEC or NSEC3 records with good signatures that do not prove what the reply says. */
  | "denial-invalid"
  /** A wildcard was expanded without proof that nothing closer exists. */
  | "wildcard-proof-missing"
  /** A CNAME that is not what its DNAME makes. */
  | "alias-mismatch"
  /** Judging would take more work than the policy allows. */
  | "work-limit";

/** Proven wrong: signed above, and not validly signed here (RFC 4035 section 4.3). `zone` is the one at fault. */
export interface Bogus {
  readonly status: "bogus";
  readonly zone: Name;
  readonly record: RecordRef;
  readonly reason: BogusReason;
  readonly detail: string;
}

export type IndeterminateReason =
  /** No reply was had; the cause is the observation's. */
  | "unobserved"
  /** SERVFAIL, REFUSED or another RCODE that answers nothing. */
  | "rcode"
  /** A referral where an answer was due. */
  | "referral"
  | "truncated"
  /** The reply is to another question. */
  | "question-mismatch"
  /** An unsigned alias that is not one readable record, or makes no name. */
  | "malformed-alias"
  | "alias-loop"
  | "alias-limit"
  /** A type that cannot be validated as an RRset: ANY, RRSIG, transfers, pseudo-types. */
  | "meta-type"
  | "no-trust-anchor";

/** Not known, for a cause; `record` is what could not be seen. */
export interface Indeterminate {
  readonly status: "indeterminate";
  readonly cause: Cause;
  readonly reason: IndeterminateReason;
  readonly zone: Name;
  readonly record: RecordRef;
  readonly detail: string;
}

/** More has to be asked first. The questions are distinct and not in the book yet. */
export interface Need {
  readonly status: "need";
  readonly questions: readonly Question[];
}

export type Failure = Bogus | Indeterminate | Need;

/** Why a zone is provably not protected. */
export type InsecureReason =
  /** The parent proves that there is a delegation and no DS. */
  | "no-ds"
  /** The parent's NSEC3 records may skip unsigned delegations here (RFC 5155 section 6). */
  | "opt-out"
  /** Every DS names an algorithm that is not validated. */
  | "unsupported-algorithm"
  /** There is a validated algorithm, but only in DS records of a digest type that is not. */
  | "unsupported-digest"
  /** The denial needs more NSEC3 iterations than are computed (RFC 9276 section 3.2). */
  | "nsec3-iterations";

/** A signature that was verified and relied on. Times are seconds since 1970. */
export interface SignatureUse {
  /** The signer. */
  readonly zone: Name;
  readonly name: Name;
  readonly type: RecordType;
  readonly algorithm: number;
  readonly keyTag: number;
  readonly inception: number;
  readonly expiration: number;
}

/** How the NSEC3 records that were relied on are made. */
export interface Nsec3Use {
  readonly iterations: number;
  readonly saltLength: number;
  /** Whether one of them has the opt-out flag. */
  readonly optOut: boolean;
}

/** When the first of these signatures ends, in seconds since 1970; null for none. */
export function earliestExpiry(signatures: readonly SignatureUse[]): number | null {
  return signatures.reduce<number | null>(
    (earliest, { expiration }) => (earliest === null || expiration < earliest ? expiration : earliest),
    null,
  );
}

export function bogus(zone: Name, record: RecordRef, reason: BogusReason, detail: string): Bogus {
  return { status: "bogus", zone, record, reason, detail };
}

export function indeterminate(
  cause: Cause,
  reason: IndeterminateReason,
  zone: Name,
  record: RecordRef,
  detail: string,
): Indeterminate {
  return { status: "indeterminate", cause, reason, zone, record, detail };
}
