import type { Cause } from "../core/cause.ts";
import type { BogusClassification, Classification } from "../dnssec/classification.ts";
import { ROOT } from "../wire/name.ts";

/** Why something is not known. */
export interface Gap {
  readonly cause: Cause;
  readonly detail: string;
}

/** The book lacks replies that validating needs: the visit was cut short. */
export const INCOMPLETE: Gap = { cause: "internal", detail: "the observation is incomplete" };

/** A root that does not verify says more about our anchors, our clock or our path than about anyone's domain. */
export const ROOT_IN_DOUBT: Gap = {
  cause: "internal",
  detail: "the root zone does not verify with our trust anchors",
};

/** Why a classification decides nothing; null when it does. */
export function gapOf(classification: Classification): Gap | null {
  switch (classification.status) {
    case "indeterminate":
      return classification;
    case "need":
      return INCOMPLETE;
    case "bogus":
      return classification.zone === ROOT ? ROOT_IN_DOUBT : null;
    default:
      return null;
  }
}

/** Bogus below the root, so that it is someone else's fault and not our own doubt. */
export function isProvenBogus(classification: Classification): classification is BogusClassification {
  return classification.status === "bogus" && classification.zone !== ROOT;
}
