import { DNSSEC_POLICY } from "../../data/dnssec-policy.ts";
import type { Question } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { Classification } from "./classification.ts";
import { classifyQuestion } from "./classify.ts";
import type { Lookup } from "./lookup.ts";
import type { DnssecPolicy } from "./policy.ts";
import { openSession, type ValidationContext } from "./session.ts";
import { Recall } from "./recall.ts";
import { createSignatureMemo, type SignatureMemo } from "./signature-memo.ts";
import type { TrustAnchor } from "./trust-anchor.ts";
import { walkTowards } from "./walk.ts";
import type { ZoneWalk } from "./zone-walk.ts";

export interface ValidatorOptions {
  readonly anchors: readonly TrustAnchor[];
  /** Seconds since 1970: the moment against which signatures are judged. */
  readonly at: number;
  /** Default: data/dnssec-policy.ts. */
  readonly policy?: DnssecPolicy;
  /** Shared between validators that see the same zones; default: one of its own. */
  readonly memo?: SignatureMemo;
}

/**
 * Validates replies that were gathered before (RFC 4033 to 4035, 5155, 6840, 9824): pure but for the memo, and bounded in work.
 * Flags of replies, AD among them, are never trusted. Nothing throws, whatever the replies hold.
 */
export interface Validator {
  /** Follows the chain of trust towards a name. Ends at the deepest zone that encloses it, or earlier when not secure. */
  readonly walkToZone: (target: Name, lookup: Lookup) => ZoneWalk;
  /** Classifies an RRset, through CNAME and DNAME. */
  readonly classify: (question: Question, lookup: Lookup) => Classification;
}

export function createValidator(options: ValidatorOptions): Validator {
  const context: ValidationContext = {
    anchors: options.anchors,
    at: Math.floor(options.at),
    policy: options.policy ?? DNSSEC_POLICY,
    memo: options.memo ?? createSignatureMemo(),
    keySets: new Recall(),
    answers: new WeakMap(),
  };
  return {
    walkToZone: (target, lookup) => walkTowards(target, openSession(context, lookup)).walk,
    classify: (question, lookup) => classifyQuestion(question, openSession(context, lookup)),
  };
}
