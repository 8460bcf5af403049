import type { Answer } from "./answer.ts";
import type { KeySet } from "./key-set.ts";
import type { Lookup } from "./lookup.ts";
import type { DnssecPolicy } from "./policy.ts";
import type { Recall } from "./recall.ts";
import type { Signer } from "./rrset-signature.ts";
import type { SignatureMemo } from "./signature-memo.ts";
import type { TrustAnchor } from "./trust-anchor.ts";

/** What a validator is configured with. */
export interface ValidationContext {
  readonly anchors: readonly TrustAnchor[];
  /** Seconds since 1970: the moment against which validity periods are judged. */
  readonly at: number;
  readonly policy: DnssecPolicy;
  readonly memo: SignatureMemo;
  /** By zone and the entries that vouch for it. */
  readonly keySets: Recall<KeySet>;
  /** By signer, then by question. */
  readonly answers: WeakMap<Signer, Recall<Answer>>;
}

/** One call of the validator: what it may read, and what it has spent of the policy's bounds. */
export interface Session {
  readonly context: ValidationContext;
  readonly lookup: Lookup;
  readonly spent: { signatures: number; hashes: number };
}

export function openSession(context: ValidationContext, lookup: Lookup): Session {
  return { context, lookup, spent: { signatures: 0, hashes: 0 } };
}
