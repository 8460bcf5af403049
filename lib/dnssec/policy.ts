/** How a row of the policy counts when it protects a domain: judged by the requirements, not by the validator. */
export type Grade = "pass" | "warn" | "fail";

/** A DNSSEC signing algorithm. Not `validatable`: a delegation that has nothing else is insecure (RFC 4035 section 5.2). */
export interface AlgorithmRow {
  readonly number: number;
  readonly mnemonic: string;
  readonly grade: Grade;
  readonly validatable: boolean;
  readonly why: string;
  readonly source: string;
}

/** A DS digest type. Not `validatable`: DS records that use it are ignored. */
export type DigestRow = AlgorithmRow;

/** Limits on the work that one question may cause (CVE-2023-50387, CVE-2023-50868). Beyond them: bogus, `work-limit`. */
export interface WorkBounds {
  /** Signature verifications over one RRset. */
  readonly signaturesPerSet: number;
  /** Signature verifications for one question, remembered ones included. */
  readonly signaturesPerQuestion: number;
  /** DS digests computed over one DNSKEY RRset. */
  readonly digestsPerKeySet: number;
  /** Names hashed for NSEC3 for one question. */
  readonly hashesPerQuestion: number;
  /** NSEC and NSEC3 RRsets looked at in one reply. */
  readonly denialSets: number;
  /** CNAME and DNAME steps followed. */
  readonly aliases: number;
  /** How many labels below the deepest known zone are asked for at once. */
  readonly levelsPerRound: number;
}

/** What the validator accepts, as dated data with sources. */
export interface DnssecPolicy {
  /** ISO 8601 date of the last review against the sources. */
  readonly reviewed: string;
  readonly algorithms: readonly AlgorithmRow[];
  readonly digests: readonly DigestRow[];
  /** More iterations than this and an NSEC3 proof counts as insecure (RFC 9276 section 3.2). */
  readonly nsec3MaxIterations: number;
  readonly bounds: WorkBounds;
}

/** The row of an algorithm number; null when the policy does not know it, which means not validatable. */
export function algorithmRow(policy: DnssecPolicy, number: number): AlgorithmRow | null {
  return policy.algorithms.find((row) => row.number === number) ?? null;
}

/** The row of a DS digest type; null when the policy does not know it, which means not validatable. */
export function digestRow(policy: DnssecPolicy, number: number): DigestRow | null {
  return policy.digests.find((row) => row.number === number) ?? null;
}

/** Whether signatures of this algorithm count. */
export function isValidatableAlgorithm(policy: DnssecPolicy, number: number): boolean {
  return algorithmRow(policy, number)?.validatable === true;
}

/** Whether DS records of this digest type count. */
export function isValidatableDigest(policy: DnssecPolicy, number: number): boolean {
  return digestRow(policy, number)?.validatable === true;
}
