import type { Question } from "../../wire/message.ts";
import { type Name, parseName } from "../../wire/name.ts";
import type { DmarcObservation } from "../observations.ts";
import type { Classify } from "../reading.ts";
import { type Author, discover7489, discover9989, type Doubt, type Reached } from "./discovery.ts";
import { publishedIn, type PublishedAt } from "./published.ts";

/**
 * Names below a domain that are looked at, `www` included: each costs four questions or more, of the four thousand that one
 * reading may put. Where the inventory has more, the rest is not judged, and that is said.
 */
export const MAX_NAMES_BELOW = 250;

/**
 * Which author domains are meant. `domain`: the domain itself. `name`: one below it that the inventory knows. `existing` and
 * `missing`: all others below `base` that exist, or do not, without a record of their own. `random`: a name that nobody has
 * made, for which a wildcard may have made a record.
 */
export type AuthorKind = "domain" | "name" | "existing" | "missing" | "random";

/** What receivers of each kind come to for author domains of one kind. */
export interface AuthorRuling {
  readonly kind: AuthorKind;
  /** The author domain; for `existing`, `missing` and `random`, the domain that they are below. */
  readonly base: Name;
  readonly current: Reached;
  readonly former: Reached;
}

/** The names that were looked at, and those that were left out. */
export function namesJudged({ namesBelow }: Pick<DmarcObservation, "namesBelow">): {
  readonly looked: readonly Name[];
  readonly left: readonly Name[];
} {
  return { looked: namesBelow.slice(0, MAX_NAMES_BELOW), left: namesBelow.slice(MAX_NAMES_BELOW) };
}

/** Finds the policy for a domain, for every known name below it, and for those that nobody knows. */
export function judgeAuthors(observation: DmarcObservation, classify: Classify): readonly AuthorRuling[] {
  const { domain, randomName } = observation;
  const published = publishedIn(classify);
  const organisationOf = organisations(observation);
  const rule = (kind: AuthorKind, base: Name, author: Author): AuthorRuling => ({
    kind,
    base,
    current: discover9989(author, published),
    former: discover7489(author, published),
  });
  const listed = (kind: AuthorKind, name: Name, exists: Author["exists"]): AuthorRuling =>
    rule(kind, name, { name, exists, own: true, organisation: organisationOf(name) });
  const others = (base: Name, child: Name): readonly AuthorRuling[] =>
    [true, false].map((exists) => {
      const organisation = organisationOf(base === domain ? randomName : base);
      return rule(exists ? "existing" : "missing", base, { name: child, exists, own: false, organisation });
    });
  const { looked } = namesJudged(observation);
  // Where a name has psd=n, its record decides for all below it, which are no longer the domain's.
  const organisers = looked.filter((name) => isOrganisation(name, published));
  return [
    listed("domain", domain, true),
    ...others(domain, randomName),
    ...looked.map((name) => listed("name", name, existenceOf(name, classify))),
    ...organisers.flatMap((name) => childrenOf(name).flatMap((child) => others(name, child))),
    { ...listed("random", randomName, false), base: domain },
  ];
}

/** Some name directly below, to stand for all of them; none where names have no more room. */
function childrenOf(name: Name): readonly Name[] {
  const child = parseName(`x.${name}`);
  return child.ok ? [child.value] : [];
}

function isOrganisation(name: Name, published: PublishedAt): boolean {
  const there = published(name);
  return there.state === "one" && there.record.psd === "n";
}

/** Which domain the public suffix list puts each author domain under; the author domain itself where it is a suffix. */
function organisations({ organisations: listed }: DmarcObservation): (name: Name) => Name {
  const known = new Map(listed.map(({ author, organisation }) => [author, organisation]));
  return (name) => known.get(name) ?? name;
}

/** The question that tells whether a name exists. */
export function existenceQuestion(name: Name): Question {
  return { name, type: "A" };
}

/**
 * Whether a name exists (RFC 9989 section 3.2.13: NXDOMAIN in the sense of RFC 8020). Under compact denial (RFC 9824) the proof
 * says so under NOERROR, and receivers that do not validate take the name to exist: `existing` stands for what they do.
 */
export function existenceOf(name: Name, classify: Classify): boolean | Doubt {
  const found = classify(existenceQuestion(name));
  switch (found.status) {
    case "secure":
    case "insecure":
      return found.answer !== "nxdomain" || found.aliases.length > 0;
    case "need":
      return { cause: "internal", detail: "the observation is incomplete" };
    case "bogus":
      return { cause: "dns-servfail", detail: "the answer about the name does not validate" };
    default:
      return { cause: found.cause, detail: found.detail };
  }
}
