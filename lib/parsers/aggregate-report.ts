import type { Bilingual } from "../core/messages.ts";

/** What a report says of a check's outcome; "other" is a word that neither RFC knows, and never counts as pass. */
export type ReportedResult =
  "pass" | "fail" | "none" | "neutral" | "softfail" | "policy" | "temperror" | "permerror" | "other";

export type ReportedPolicy = "none" | "quarantine" | "reject" | "other";

/**
 * A DMARC aggregate report as RFC 7489 appendix C and RFC 9990 appendix A have it, in the parts that teach something. Names
 * and ids are what the reporter wrote, trimmed: not checked to be names, and not printable for certain. Null: not said.
 */
export interface AggregateReport {
  /** `org_name`. */
  readonly reporter: string;
  readonly id: string;
  /** Seconds since 1970; `begin` is not after `end`. */
  readonly begin: number;
  readonly end: number;
  readonly policy: PublishedPolicy;
  readonly records: readonly ReportRecord[];
}

export interface PublishedPolicy {
  readonly domain: string;
  readonly adkim: "r" | "s" | "other" | null;
  readonly aspf: "r" | "s" | "other" | null;
  readonly p: ReportedPolicy | null;
  readonly sp: ReportedPolicy | null;
  /** RFC 9990. */
  readonly np: ReportedPolicy | null;
  /** RFC 9990: the record's `t`. */
  readonly testing: boolean | null;
}

/** Messages of one source that fared alike. */
export interface ReportRecord {
  /** An IPv4 or IPv6 address in text, checked to be one. */
  readonly source: string;
  readonly count: number;
  /** After alignment; null where the report does not say. */
  readonly evaluated: {
    readonly disposition: "none" | "pass" | "quarantine" | "reject" | "other" | null;
    readonly dkim: ReportedResult | null;
    readonly spf: ReportedResult | null;
  };
  readonly headerFrom: string;
  readonly envelopeFrom: string | null;
  readonly dkim: readonly ReportedSignature[];
  readonly spf: readonly { readonly domain: string | null; readonly result: ReportedResult | null }[];
}

/** One DKIM signature: `d=` and `s=`, each null where the reporter left it out (RFC 7489 did not ask for the selector). */
export interface ReportedSignature {
  readonly domain: string | null;
  readonly selector: string | null;
  readonly result: ReportedResult | null;
}

/** What is wrong with a report, and where: `line` counts from 1. `words` begin with what was expected, without a full stop. */
export interface ReportProblem {
  readonly line: number;
  readonly words: Bilingual;
}
