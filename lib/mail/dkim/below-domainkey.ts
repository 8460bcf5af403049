import type { Classification } from "../../dnssec/classification.ts";
import { indexBook } from "../../dnssec/lookup.ts";
import type { Observed } from "../../core/observation.ts";
import type { Question, Reply } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { RCODE } from "../../wire/rcode.ts";
import type { DkimObservation } from "../observations.ts";
import { type Classify, heard } from "../reading.ts";
import { isSaidToBeMissing, knownControls } from "./dkim-wants.ts";
import { domainKeyName, otherNamesBelow } from "./names.ts";

/**
 * What the name `_domainkey` itself tells of the names below it (RFC 8020, RFC 4592 section 2.2.2). `something`: it exists, and
 * neither names that nobody has made nor those that are no selectors do. `nothing`: it does not exist, as the zone's signatures prove or every server says that
 * answers rightly for such names. Else nothing can be told, for a reason.
 */
export type BelowDomainkey =
  | { readonly kind: "something" }
  | { readonly kind: "nothing"; readonly by: "signatures"; readonly zone: Name }
  | { readonly kind: "nothing"; readonly by: "servers"; readonly servers: number; readonly control: Name }
  | { readonly kind: "unknown"; readonly why: Doubt };

export type Doubt =
  /** No usable answer about one of the names. */
  | "unanswered"
  /** Names that nobody has made exist, too: a wildcard, or denials that hide which names exist. */
  | "anything-exists"
  /** The denial is compact (RFC 9824), whose makers do not always know of empty non-terminals. */
  | "compact"
  /** `_domainkey` has records of its own, is an alias, or is the top of a zone, which exists with nothing below. */
  | "own-data"
  /** `_domainkey` may exist only for the sake of names below it that are no selectors. */
  | "other-data"
  /** The zone is unsigned, and its servers were not asked. */
  | "servers-not-asked"
  /** No name is known by which to tell whether the servers answer rightly for such names. */
  | "no-control"
  /** The servers do not say the same. */
  | "servers-differ"
  /** A server denies a name that must exist. */
  | "control-denied";

type Seen = Pick<DkimObservation, "domain" | "book" | "randomSibling" | "randomSelector" | "servers">;

/** Judges by validated answers and, where nothing is signed, by what each server said. */
export function belowDomainkey(seen: Seen, classify: Classify): BelowDomainkey {
  const { domain, randomSibling, randomSelector } = seen;
  const name = domainKeyName(domain);
  const unknown = (why: Doubt): BelowDomainkey => ({ kind: "unknown", why });
  if (name === null) return unknown("unanswered");
  const own = classify({ name, type: "TXT" });
  if (!isAnswered(own)) return unknown("unanswered");
  if (own.answer === "positive" || own.aliases.length > 0) return unknown("own-data");
  if (own.answer === "nxdomain") {
    if (own.status === "insecure") return byServers(seen, name);
    if (own.denial === "compact") return unknown("compact");
    return { kind: "nothing", by: "signatures", zone: own.zone };
  }
  if (isZoneTop(name, seen.book)) return unknown("own-data");
  const random = [randomSibling, randomSelector].map((each) => classify({ name: each, type: "TXT" }));
  if (!random.every(isAnswered)) return unknown("unanswered");
  if (random.some(isThereAtAll)) return unknown("anything-exists");
  const others = otherNamesBelow(domain).map((each) => classify({ name: each, type: "TXT" }));
  if (others.some(isThereAtAll)) return unknown("other-data");
  return others.every(isAnswered) ? { kind: "something" } : unknown("unanswered");
}

function isAnswered(classification: Classification) {
  return classification.status === "secure" || classification.status === "insecure";
}

/** Whether something is at the name that was asked about, be it an alias of a name that does not exist. */
function isThereAtAll(classification: Classification): boolean {
  return isAnswered(classification) && (classification.answer !== "nxdomain" || classification.aliases.length > 0);
}

/** As the SOA record in the authority section of an answer without records says (RFC 2308 section 2.2). */
function isZoneTop(name: Name, book: DkimObservation["book"]): boolean {
  const reply = indexBook(book)({ name, type: "TXT" });
  return (
    reply?.state === "observed" &&
    reply.value.authority.some(({ name: owner, type }) => type === "SOA" && owner === name)
  );
}

/** Unsigned: all that answer must deny it, and each of them must know of a name that exists for the sake of one below. */
function byServers({ domain, book, servers }: Seen, name: Name): BelowDomainkey {
  const unknown = (why: Doubt): BelowDomainkey => ({ kind: "unknown", why });
  if (servers.length === 0) {
    return unknown(knownControls(domain, indexBook(book)).length === 0 ? "no-control" : "servers-not-asked");
  }
  const [control] = knownControls(domain, indexBook(book));
  if (control === undefined) return unknown("no-control");
  const said = servers.map((server) => {
    const lookup = indexBook(server.book);
    return {
      own: existence(lookup({ name, type: "TXT" })),
      control: existence(lookup({ name: control.name, type: "TXT" })),
    };
  });
  const heardFrom = said.filter(({ own }) => own !== "unheard");
  if (heardFrom.length === 0) return unknown("unanswered");
  if (heardFrom.some(({ own }) => own === "exists")) return unknown("servers-differ");
  if (heardFrom.some((each) => each.control !== "exists")) return unknown("control-denied");
  return { kind: "nothing", by: "servers", servers: heardFrom.length, control: control.name };
}

/** What an authoritative reply says of whether its question's name exists. */
function existence(reply: Observed<Reply> | undefined): "exists" | "denied" | "unheard" {
  if (reply?.state !== "observed" || !reply.value.flags.includes("aa")) return "unheard";
  if (reply.value.rcode === RCODE.NXDOMAIN) return "denied";
  return reply.value.rcode === RCODE.NOERROR ? "exists" : "unheard";
}

/** A name that is said not to exist although there is something below it (RFC 8020 section 3.1), and who said so. */
export interface CutOff {
  readonly name: Name;
  /** The question below it that was answered. */
  readonly below: Question;
  /** Names of the servers that contradict themselves; empty when only resolvers were asked. */
  readonly servers: readonly Name[];
}

/**
 * Whether `_domainkey` is denied while a selector below it is answered: resolvers that conclude from the one to the other lose
 * the keys. Where servers were asked, one of them must contradict itself: a resolver may only have an old answer.
 */
export function cutOffKeys({ domain, book, servers }: Seen, selectors: readonly Name[]): CutOff | null {
  const lookup = indexBook(book);
  const name = domainKeyName(domain);
  const below = selectors.map((each) => ({ name: each, type: "TXT" })).find((question) => isThere(lookup(question)));
  if (name === null || below === undefined || !isSaidToBeMissing(domain, lookup)) return null;
  if (servers.length === 0) return { name, below, servers: [] };
  const liars = servers.filter((server) => {
    const asked = indexBook(server.book);
    return existence(asked({ name, type: "TXT" })) === "denied" && isThere(asked(below));
  });
  return liars.length === 0 ? null : { name, below, servers: liars.map(({ server }) => server) };
}

/** Records, or a CNAME, at the question's own name. */
function isThere(reply: Observed<Reply> | undefined): boolean {
  const question = reply?.state === "observed" ? reply.value.question : null;
  if (reply?.state !== "observed" || question === null) return false;
  const { answer } = reply.value;
  return (
    !answer.some(({ type }) => type === "DNAME") &&
    answer.some(({ name, type }) => name === question.name && (type === question.type || type === "CNAME"))
  );
}

/**
 * What is worth asking the domain's servers directly: nothing, unless resolvers' answers contradict each other, or the zone is
 * unsigned and an unsigned denial is all there is. `isSigned`: whether the denial of `_domainkey` is.
 */
export function questionsForServers(
  { domain, book, randomSibling }: Pick<Seen, "domain" | "book" | "randomSibling">,
  selectors: readonly Name[],
  isSigned: boolean,
): readonly Question[] {
  const lookup = indexBook(book);
  const name = domainKeyName(domain);
  if (name === null || !isSaidToBeMissing(domain, lookup)) return [];
  const there = selectors.map((each) => ({ name: each, type: "TXT" })).find((question) => isThere(lookup(question)));
  if (there !== undefined) return [{ name, type: "TXT" }, there];
  const [control] = knownControls(domain, lookup);
  const isUndecided = !isSigned && heard({ name: randomSibling, type: "TXT" }, lookup).state === "no-name";
  if (!isUndecided || control === undefined) return [];
  return [name, control.name].map((each) => ({ name: each, type: "TXT" }));
}
