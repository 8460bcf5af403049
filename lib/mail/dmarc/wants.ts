import type { Wants } from "../../dnssec/domain-validator.ts";
import { type Lookup, questionKey } from "../../dnssec/lookup.ts";
import { type DmarcRecord, parseDmarc } from "../../parsers/dmarc.ts";
import type { Question } from "../../wire/message.ts";
import { isAtOrBelow, type Name } from "../../wire/name.ts";
import { heard } from "../reading.ts";
import { aliasQuestions } from "./alias-loop.ts";
import { existenceQuestion, namesJudged } from "./authors.ts";
import { outsideHosts, welcomeQuestion } from "./destinations.ts";
import { dmarcQuestion, textOf } from "./published.ts";
import { treeWalkTargets } from "./tree-walk.ts";

/** Whose policies are sought. */
export interface DmarcSubject {
  readonly domain: Name;
  readonly randomName: Name;
  readonly namesBelow: readonly Name[];
}

/** How many names' questions are put side by side. */
const NAMES_AT_ONCE = 25;

type OrganisationOf = (name: Name) => Name | null;

/**
 * Everything that both RFCs may ask about a domain, the names below it and one that nobody has made: `_dmarc` at each and at
 * each name above, whether the domain and the known names exist, and whether destinations of reports outside want them.
 */
export function dmarcWants(subject: DmarcSubject, organisationOf: OrganisationOf): Wants {
  const { domain, randomName } = subject;
  const { looked } = namesJudged(subject);
  const batches = [
    uniqueQuestions([existenceQuestion(domain), ...recordQuestions([domain, randomName], organisationOf)]),
    ...batchesOf(looked).map((names) =>
      uniqueQuestions([...recordQuestions(names, organisationOf), ...names.map((name) => existenceQuestion(name))]),
    ),
  ];
  return (lookup) => {
    const unheard = batches.findIndex((batch) => batch.some((question) => lookup(question) === undefined));
    const asked = unheard < 0 ? batches : batches.slice(0, unheard + 1);
    const records = uniqueQuestions(asked.flat());
    const welcomes = reportsIn(subject, lookup, organisationOf).flatMap(({ at, hosts }) =>
      hosts.map((host) => welcomeQuestion(at, host)),
    );
    const loops = records.flatMap((question) => aliasQuestions(question, lookup));
    return { zones: [], wanted: uniqueQuestions([...records, ...welcomes, ...loops]) };
  };
}

/** Side by side, the questions of a hundred names would count against a reading's limit as often as they share a zone above. */
function batchesOf(names: readonly Name[]): readonly (readonly Name[])[] {
  const starts = Array.from({ length: Math.ceil(names.length / NAMES_AT_ONCE) }, (_, index) => index * NAMES_AT_ONCE);
  return starts.map((start) => names.slice(start, start + NAMES_AT_ONCE));
}

function recordQuestions(authors: readonly Name[], organisationOf: OrganisationOf): readonly (Question | null)[] {
  return authors.flatMap((author) => placesFor(author, organisationOf)).map((place) => dmarcQuestion(place));
}

function uniqueQuestions(questions: readonly (Question | null)[]): readonly Question[] {
  const known = questions.filter((question) => question !== null);
  return [...new Map(known.map((question) => [questionKey(question), question])).values()];
}

function placesFor(author: Name, organisationOf: OrganisationOf): readonly Name[] {
  return [author, organisationOf(author) ?? author, ...treeWalkTargets(author)];
}

/** Hosts outside that the records heard so far send reports to, by the domain whose record it is. */
export function reportsIn(
  subject: DmarcSubject,
  lookup: Lookup,
  organisationOf: OrganisationOf,
): readonly { readonly at: Name; readonly hosts: readonly Name[] }[] {
  const { domain } = subject;
  const { looked } = namesJudged(subject);
  // Not the top-level domain: what it may have published for itself is not the domain's business.
  const above = placesFor(domain, organisationOf).filter((place) =>
    isAtOrBelow(place, organisationOf(domain) ?? domain),
  );
  return [...new Set([...above, ...looked])].flatMap((at) =>
    recordsHeard(at, lookup).map((record) => ({ at, hosts: outsideHosts(record, at, organisationOf) })),
  );
}

function recordsHeard(domain: Name, lookup: Lookup): readonly DmarcRecord[] {
  const question = dmarcQuestion(domain);
  if (question === null) return [];
  const texts = heard(question, lookup).records.map((record) => textOf(record));
  return texts.flatMap((text) => {
    const record = text === null ? null : parseDmarc(text);
    return record?.ok === true ? [record.value] : [];
  });
}
