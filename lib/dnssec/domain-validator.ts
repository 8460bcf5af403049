import type { Question } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { Lookup } from "./lookup.ts";
import { createSignatureMemo } from "./signature-memo.ts";
import type { TrustAnchor } from "./trust-anchor.ts";
import { createValidator, type Validator } from "./validator.ts";

/** A run over a thousand domains sees about ten signatures of each. */
const MEMO_ENTRIES = 16_384;

/** Verification is a function of its octets: the domains of one run share root, top-level domain and operators' zones. */
const MEMO = createSignatureMemo(MEMO_ENTRIES);

const MILLISECONDS = 1000;

/** Validators of the last seconds, so that probe and judgement, and the domains of one moment, share what they found out. */
const VALIDATORS = new WeakMap<readonly TrustAnchor[], Map<number, Validator>>();
const MOMENTS_KEPT = 16;

/** A validator as of `at`, in epoch milliseconds, that remembers signatures it has verified before. */
export function validatorAt(anchors: readonly TrustAnchor[], at: number): Validator {
  const second = Math.floor(at / MILLISECONDS);
  const bySecond = VALIDATORS.get(anchors) ?? new Map<number, Validator>();
  VALIDATORS.set(anchors, bySecond);
  const validator = bySecond.get(second) ?? createValidator({ anchors, at: second, memo: MEMO });
  bySecond.set(second, validator);
  const [oldest] = bySecond.keys();
  if (bySecond.size > MOMENTS_KEPT && oldest !== undefined) bySecond.delete(oldest);
  return validator;
}

/** What is to be validated: the zones that names lie in, and record sets. */
export interface Wanted {
  readonly zones: readonly Name[];
  readonly wanted: readonly Question[];
}

/**
 * What is wanted, given what was heard so far: a pure function that never wants less when more is heard. It must list what it
 * wanted before, too.
 */
export type Wants = (lookup: Lookup) => Wanted;

/** What validating still lacks: the questions that must be asked, and the part of `target` that they are needed for. */
export interface Lacking {
  readonly questions: readonly Question[];
  /** The rest can be judged already, and more replies will not change that. */
  readonly open: Wanted;
}

/** Finds out what must be asked before these names and record sets can be judged. */
export function lackingFor(validator: Validator, { zones, wanted }: Wanted, lookup: Lookup): Lacking {
  const openZones = zones.flatMap((zone) => {
    const { needs } = validator.walkToZone(zone, lookup);
    return needs.length === 0 ? [] : [{ zone, needs }];
  });
  const openSets = wanted.flatMap((question) => {
    const classification = validator.classify(question, lookup);
    return classification.status === "need" ? [{ question, needs: classification.questions }] : [];
  });
  return {
    questions: [...openZones, ...openSets].flatMap(({ needs }) => needs),
    open: { zones: openZones.map(({ zone }) => zone), wanted: openSets.map(({ question }) => question) },
  };
}
