import type { Question } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { Lookup } from "./lookup.ts";
import { createSignatureMemo } from "./signature-memo.ts";
import type { TrustAnchor } from "./trust-anchor.ts";
import { createValidator, type Validator } from "./validator.ts";

/** Verification is a function of its octets: the domains of one run share root, top-level domain and operators' zones. */
const MEMO = createSignatureMemo();

const MILLISECONDS = 1000;

/** A validator as of `at`, in epoch milliseconds, that remembers signatures it has verified before. */
export function validatorAt(anchors: readonly TrustAnchor[], at: number): Validator {
  return createValidator({ anchors, at: at / MILLISECONDS, memo: MEMO });
}

/** What validating still lacks: the questions that must be asked before these names and record sets can be judged. */
export function questionsNeeded(
  validator: Validator,
  { zones, wanted }: { readonly zones: readonly Name[]; readonly wanted: readonly Question[] },
  lookup: Lookup,
): readonly Question[] {
  const forZones = zones.flatMap((zone) => validator.walkToZone(zone, lookup).needs);
  const forData = wanted.flatMap((question) => {
    const classification = validator.classify(question, lookup);
    return classification.status === "need" ? classification.questions : [];
  });
  return [...forZones, ...forData];
}
