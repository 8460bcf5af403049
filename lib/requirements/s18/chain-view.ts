import type { Classification } from "../../dnssec/classification.ts";
import { domainQuestions } from "../../dnssec/domain-questions.ts";
import { validatorAt } from "../../dnssec/domain-validator.ts";
import { indexBook } from "../../dnssec/lookup.ts";
import type { ChainObservation } from "../../dnssec/observations.ts";
import type { ZoneStep, ZoneWalk } from "../../dnssec/zone-walk.ts";
import type { Question } from "../../wire/message.ts";
import { isAtOrBelow, type Name } from "../../wire/name.ts";

/** One record set and what validating it came to. */
export interface Classified {
  readonly question: Question;
  readonly classification: Classification;
}

/** A chain observation, validated as of the moment it was made. */
export interface ChainView {
  readonly domain: Name;
  readonly walk: ZoneWalk;
  /** The domain's own data, a missing type and a missing name. */
  readonly own: readonly Classified[];
  /** Addresses of the names below that were looked at. */
  readonly below: readonly Classified[];
  /** The zones that begin below the domain, on the way to those names. */
  readonly children: readonly ZoneStep[];
  /** Names below at which no zone begins, as the zone above proves. */
  readonly uncutBelow: readonly Name[];
}

/**
 * Whether the domain's own data was answered in a way that protects it: secure; or insecure only because an alias leads out
 * of the zone, or because opt-out or costly NSEC3 leave a denial open, which has findings of its own.
 */
export function isProtected({ classification }: Classified): boolean {
  if (classification.status === "secure") return true;
  if (classification.aliases.length > 0) return classification.aliases[0]?.status === "secure";
  return classification.status === "insecure";
}

/** Several checks read the same observation: it is validated once. */
const VIEWS = new WeakMap<ChainObservation, { readonly at: number; readonly view: ChainView }>();

/** Validates what resolvers handed out about a domain. `at` in epoch milliseconds. */
export function viewChain(chain: ChainObservation, at: number): ChainView {
  const known = VIEWS.get(chain);
  if (known?.at === at) return known.view;
  const view = validateChain(chain, at);
  VIEWS.set(chain, { at, view });
  return view;
}

function validateChain(chain: ChainObservation, at: number): ChainView {
  const { domain, randomName, namesBelow } = chain;
  const validator = validatorAt(chain.anchors, at);
  const lookup = indexBook(chain.book);
  const classified = (questions: readonly Question[]): readonly Classified[] =>
    questions.map((question) => ({ question, classification: validator.classify(question, lookup) }));
  const walks = namesBelow.map((name) => validator.walkToZone(name, lookup));
  return {
    domain,
    walk: validator.walkToZone(domain, lookup),
    own: classified(domainQuestions(domain, randomName)),
    below: classified(namesBelow.flatMap((name) => ["A", "AAAA"].map((type) => ({ name, type })))),
    children: childrenOn(walks, domain),
    uncutBelow: walks.filter(({ target, uncut }) => uncut.includes(target)).map(({ target }) => target),
  };
}

function childrenOn(walks: readonly ZoneWalk[], domain: Name): readonly ZoneStep[] {
  const steps = walks.flatMap((walk) => walk.steps).filter(({ zone }) => zone !== domain && isAtOrBelow(zone, domain));
  return [...new Map(steps.map((step) => [step.zone, step])).values()];
}
