import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { Classification } from "../../dnssec/classification.ts";
import type { AnswerBook } from "../../dnssec/answer-book.ts";
import { indexBook, type Lookup, questionKey } from "../../dnssec/lookup.ts";
import type { ChainObservation, ServerView } from "../../dnssec/observations.ts";
import type { Validator } from "../../dnssec/validator.ts";
import type { Observed } from "../../core/observation.ts";
import type { Reply } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { RCODE } from "../../wire/rcode.ts";
import { type Fault, faultyRecord } from "./bogus-findings.ts";
import type { Classified } from "./chain-view.ts";
import type { messages } from "./messages.ts";
import { nsec3Findings } from "./strength-findings.ts";
import { plainList, plainName, plainRecord } from "../wording.ts";

/** What one name server address says, validated. */
export interface JudgedServer {
  readonly view: ServerView;
  readonly own: Lookup;
  readonly findings: readonly Finding[];
  readonly classified: readonly Classified[];
  readonly isBroken: boolean;
}

/** What servers are judged against. */
export interface JudgedIn {
  readonly chain: ChainObservation;
  readonly zone: Name;
  readonly validator: Validator;
}

/** Whether two servers said the very same: a probe makes equal replies one object. */
export function isSameBook(one: AnswerBook, other: AnswerBook): boolean {
  return (
    one.length === other.length &&
    one.every(({ question, reply }, index) => {
      const entry = other[index];
      return entry?.reply === reply && questionKey(entry.question) === questionKey(question);
    })
  );
}

/**
 * Validates what one server says with the parent's DS from the chain and the server's own keys. `twin` is a server judged
 * before that said the very same.
 */
export function judgeServer(
  view: ServerView,
  { chain, zone, validator }: JudgedIn,
  finding: FindingMaker<typeof messages>,
  twin?: JudgedServer,
): JudgedServer {
  const own = indexBook(view.book);
  const lookup = withChain(own, indexBook(chain.book));
  const classified =
    twin?.classified ??
    view.book.map(({ question }) => ({ question, classification: validator.classify(question, lookup) }));
  const faults = classified.flatMap(({ classification }): readonly Fault[] =>
    classification.status === "bogus" && classification.zone === zone ? [classification] : [],
  );
  const unanswered = classified.filter(({ classification }) => isUnanswered(classification, own));
  const server = { server: plainName(view.server), address: view.address, zone: plainName(zone) };
  const findings: Finding[] = [...nsec3Findings(classified, zone, finding)];
  const [first] = faults;
  if (first !== undefined) {
    const record = plainList(faults.map((fault) => faultyRecord(fault)));
    findings.push(
      servesUnsigned(own, zone)
        ? finding("S18_SERVER_UNSIGNED", server)
        : finding("S18_SERVER_BOGUS", { ...server, record, reason: first.reason }),
    );
  }
  if (unanswered.length > 0) {
    const record = plainList(unanswered.map(({ question }) => plainRecord(question, zone)));
    findings.push(finding("S18_SERVER_INCOMPLETE", { ...server, record }));
  }
  return { view, own, findings, classified, isBroken: faults.length > 0 };
}

/** Validates one record set of a server with the keys that another server hands out (RFC 8901 section 3). */
export function judgeWithOtherKeys(
  { own }: JudgedServer,
  other: JudgedServer,
  { chain, zone, validator }: JudgedIn,
): Classification {
  const keys = { name: zone, type: "DNSKEY" };
  const chainLookup = indexBook(chain.book);
  return validator.classify({ name: zone, type: "SOA" }, (question) => {
    if (question.type === keys.type && question.name === keys.name) return other.own(question);
    return own(question) ?? chainLookup(question);
  });
}

/** A server's own words first; where it gave no usable ones about its keys, and for everything above its zone, the chain's. */
function withChain(own: Lookup, chain: Lookup): Lookup {
  return (question) => {
    const said = own(question);
    if (said === undefined) return chain(question);
    return question.type === "DNSKEY" && !isUsable(said) ? (chain(question) ?? said) : said;
  };
}

function isUsable(reply: Observed<Reply>): boolean {
  if (reply.state === "unobserved") return false;
  const { rcode } = reply.value;
  return rcode === RCODE.NOERROR || rcode === RCODE.NXDOMAIN;
}

/** Whether this server left a question open: not what lies behind an alias, and not a gap in the chain above it. */
function isUnanswered(classification: Classification, own: Lookup): boolean {
  if (classification.aliases.length > 0 || classification.status !== "indeterminate") return false;
  return classification.reason !== "no-trust-anchor" && own(classification.record) !== undefined;
}

/** Neither keys nor a signature on the SOA: a copy of the zone from before it was signed, or a server that strips. */
function servesUnsigned(own: Lookup, zone: Name): boolean {
  const keys = own({ name: zone, type: "DNSKEY" });
  const soa = own({ name: zone, type: "SOA" });
  if (keys?.state !== "observed" || soa?.state !== "observed") return false;
  return (
    !keys.value.answer.some(({ type }) => type === "DNSKEY") && !soa.value.answer.some(({ type }) => type === "RRSIG")
  );
}
