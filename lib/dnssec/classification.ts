import type { Question, ResourceRecord } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { DenialMethod } from "./denial.ts";
import type { Bogus, Indeterminate, InsecureReason, Nsec3Use, SignatureUse } from "./outcome.ts";

/** What was heard, or proven: records, none of that type, or no such name. */
export type AnswerKind = "positive" | "nodata" | "nxdomain";

/** One CNAME or DNAME on the way from the question's name to the final one. */
export interface AliasStep {
  readonly from: Name;
  readonly to: Name;
  readonly by: "CNAME" | "DNAME";
  /** The zone that the alias is in, or that is insecure above it. */
  readonly zone: Name;
  readonly status: "secure" | "insecure";
}

interface Followed {
  readonly question: Question;
  /** In order; the first starts at the question's name. */
  readonly aliases: readonly AliasStep[];
}

/** Every link from the anchor to the records, or to their denial, is validly signed. */
export interface SecureClassification extends Followed {
  readonly status: "secure";
  readonly answer: AnswerKind;
  /** The final name, after aliases, and the zone that it is in. */
  readonly name: Name;
  readonly zone: Name;
  /** The RRset of the question's type at the final name; empty for a denial. TTLs are capped by their signatures. */
  readonly records: readonly ResourceRecord[];
  /** The wildcard that answered at the final name or at an alias before it (the first one); null for none. */
  readonly wildcard: Name | null;
  /** How a denial was proven; null for a positive answer that is not made from a wildcard. */
  readonly denial: DenialMethod | null;
  /** Null unless NSEC3 records were relied on. */
  readonly nsec3: Nsec3Use | null;
  /** Over the aliases, the final RRset and the denial; those of the chain stand in the zone's walk. */
  readonly signatures: readonly SignatureUse[];
  /** The earliest end of all signatures relied on, those of the chain included. Seconds since 1970. */
  readonly expiresAt: number;
}

/** At least one link is provably unsigned; none is broken. What was heard is not protected. */
export interface InsecureClassification extends Followed {
  readonly status: "insecure";
  /** The first insecure zone on the way (with opt-out or too many iterations: the name that cannot be judged). */
  readonly zone: Name;
  readonly reason: InsecureReason;
  /** The secure zone whose signed records show it. */
  readonly shownBy: Name;
  readonly answer: AnswerKind;
  readonly name: Name;
  readonly records: readonly ResourceRecord[];
  readonly rcode: number;
  /** Of an NSEC3 proof that ended in `opt-out` or `nsec3-iterations`; else null. */
  readonly nsec3: Nsec3Use | null;
}

export type BogusClassification = Bogus & Followed;
export type IndeterminateClassification = Indeterminate & Followed;

/** Ask these questions, all at once, and classify again. */
export interface NeedClassification extends Followed {
  readonly status: "need";
  readonly questions: readonly Question[];
}

export type Classification =
  | SecureClassification
  | InsecureClassification
  | BogusClassification
  | IndeterminateClassification
  | NeedClassification;
