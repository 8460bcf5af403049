import type { Cause } from "../../core/cause.ts";
import type { Lookup } from "../../dnssec/lookup.ts";
import { questionKey } from "../../dnssec/lookup.ts";
import type { BogusReason } from "../../dnssec/outcome.ts";
import type { SpfProblem } from "../../parsers/spf.ts";
import type { Question } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { AuditWalk } from "./audit-walk.ts";
import type { Network } from "./coverage.ts";
import { type DnsView, heardView } from "./dns-view.ts";
import { type ForeignResult, foreignResults } from "./foreign-senders.ts";
import { policyAt, type SpfPolicy } from "./policy.ts";

/** What makes receivers answer "permerror" to some sender, or to every one. `owner`: whose record it is. */
export type SpfViolation =
  | { readonly kind: "syntax"; readonly owner: Name; readonly problem: SpfProblem | "target"; readonly term: string }
  /** An include or redirect leads to a domain without a record (RFC 7208 sections 5.2 and 6.1). */
  | { readonly kind: "missing"; readonly owner: Name; readonly target: Name }
  | { readonly kind: "several"; readonly owner: Name; readonly target: Name; readonly count: number }
  /** The records lead back to one that is being evaluated. */
  | { readonly kind: "loop"; readonly owner: Name; readonly target: Name }
  | { readonly kind: "mx-names"; readonly owner: Name; readonly target: Name; readonly count: number };

/** What is done with a sender that no term matches. */
export type SpfEnding =
  | {
      /** By `all`, or by another term that matches everyone: an include of what passes everyone, an `exists` that always is. */
      readonly kind: "matched";
      readonly qualifier: "+" | "-" | "?" | "~";
      readonly owner: Name;
      readonly term: string;
    }
  /** Neither `all` nor `redirect`: neutral (RFC 7208 section 4.7). */
  | { readonly kind: "open"; readonly owner: Name }
  /** It depends on the sender, or on a record that was not had or holds no policy. */
  | { readonly kind: "unknown"; readonly dependsOnSender: boolean; readonly owner: Name };

/** Addresses that a term lets through, or leaves undecided, in the domain's name. */
export interface SpfGrant extends Network {
  readonly owner: Name;
  readonly term: string;
}

/** A term worth a word although it works. */
export interface SpfRemark {
  readonly kind:
    /** A modifier named as a mechanism is, `ip4=`: receivers skip it. */
    | "mistyped"
    | "ptr"
    /** Stands after `all`, or is a redirect beside it. */
    | "ignored"
    /** `a/24`: the addresses beside a host's own. */
    | "neighbours"
    /** An `a` term of the domain itself whose name is an alias into someone else's domain. */
    | "alias";
  readonly owner: Name;
  readonly term: string;
}

/** Everything that evaluating a domain's record can come to, over all senders. */
export interface SpfAudit {
  readonly policy: SpfPolicy;
  readonly violations: readonly SpfViolation[];
  /** Answers that receivers could not have had either, and what does not validate. */
  readonly gaps: readonly { readonly question: Question; readonly cause: Cause; readonly detail: string }[];
  readonly bogus: readonly { readonly question: Question; readonly zone: Name; readonly reason: BogusReason }[];
  /** The first is of a sender whom no term names; more where an include passes most senders, but not all. */
  readonly endings: readonly SpfEnding[];
  /** Terms that cause lookups, along the longest way through; counted a good deal beyond the limit, then no more. */
  readonly lookups: number;
  /** Those of the first ten that find nothing whatever the sender is. */
  readonly voids: readonly string[];
  /** Queries that find nothing, of the family with more of them: some receivers count these. */
  readonly voidQueries: number;
  /** Terms whose target depends on the sender: each one lookup, and nobody knows what it finds. */
  readonly senderDependent: readonly string[];
  /** What senders get whom the domain does not know; empty unless terms depend on the sender. */
  readonly foreign: readonly ForeignResult[];
  readonly grants: readonly SpfGrant[];
  readonly remarks: readonly SpfRemark[];
  /** Whether any term besides `all` lets a sender through, or could. */
  readonly authorises: boolean;
  /** What was asked, in order. */
  readonly questions: readonly Question[];
}

/** Walks every term that some sender of `domain` reaches (RFC 7208 section 4.6). */
export function auditSpf(domain: Name, dns: DnsView): SpfAudit {
  const questions = new Map<string, Question>();
  const view: DnsView = (question) => {
    questions.set(questionKey(question), question);
    return dns(question);
  };
  const policy = policyAt(domain, view);
  const walk = new AuditWalk(domain, view);
  const endings = walk.begin(policy);
  const walked = walk.result();
  if (walked.senderDependent.length === 0) {
    return { policy, endings, ...walked, foreign: [], questions: [...questions.values()] };
  }
  const { results, gaps, bogus } = foreignResults(domain, { ...walked, asked: new Set(questions.keys()) }, view);
  return {
    ...{ policy, endings, ...walked, foreign: results },
    gaps: [...walked.gaps, ...gaps],
    bogus: [...walked.bogus, ...bogus],
    questions: [...questions.values()],
  };
}

/**
 * What auditing a domain asks for, given what was heard. It never wants less when more is heard, except for what stands beyond
 * the tenth lookup term, which no receiver evaluates.
 */
export function auditQuestions(domain: Name, lookup: Lookup): readonly Question[] {
  return auditSpf(domain, heardView(lookup)).questions;
}
