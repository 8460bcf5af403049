import type { Directive, Qualifier } from "../../parsers/spf.ts";
import type { Name } from "../../wire/name.ts";
import type { SpfEnding } from "./audit.ts";

/** One record on the way to the present one. */
export interface Level {
  readonly domain: Name;
  /** Names of the records that are being evaluated, this one last. */
  readonly path: readonly Name[];
  /** What a match with "+" comes to for the whole; null for nothing. At the outermost level a match is itself the result. */
  readonly outer: Qualifier | null;
  readonly isOutermost: boolean;
  /** Whether a term of the record, or of what it redirects to, ends the evaluation for some senders without a match. */
  readonly exits: { any: boolean };
}

/** What becomes of everyone whom nothing before has matched; not final when some senders may still come past. */
export interface Reached {
  readonly ending: SpfEnding;
  readonly isFinal: boolean;
}

/** What a match comes to for the domain: inside an include only a "+" is a match, and then of the include itself. */
export function effectOf(qualifier: Qualifier, { isOutermost, outer }: Level): Qualifier | null {
  if (isOutermost) return qualifier;
  return qualifier === "+" ? outer : null;
}

/** Whether such a match lets the sender through, or leaves it undecided. */
export function mayPass(effect: Qualifier | null): boolean {
  return effect !== null && effect !== "-";
}

/** The ending that a term makes which matches everyone. */
export function matchedBy({ qualifier, text }: Directive, { domain }: Level): SpfEnding {
  return { kind: "matched", qualifier, owner: domain, term: text };
}

/** The ending where a record was not had, or holds no policy. */
export function unknownAt(owner: Name): SpfEnding {
  return { kind: "unknown", dependsOnSender: false, owner };
}
