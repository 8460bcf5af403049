import type { Cause } from "../../core/cause.ts";
import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { Observed } from "../../core/observation.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { Classification } from "../../dnssec/classification.ts";
import { validatorAt } from "../../dnssec/domain-validator.ts";
import { indexBook, type Lookup } from "../../dnssec/lookup.ts";
import type { ChainObservation, NameServersObservation, ServerView } from "../../dnssec/observations.ts";
import type { Validator } from "../../dnssec/validator.ts";
import type { Reply } from "../../wire/message.ts";
import type { Name } from "../../wire/name.ts";
import { RCODE } from "../../wire/rcode.ts";
import { parseSoa } from "../../wire/rdata/soa.ts";
import { type Fault, faultyRecord } from "./bogus-findings.ts";
import { type Classified, viewChain } from "./chain-view.ts";
import { messages } from "./messages.ts";
import { delegationFindings, stateFindings } from "./server-states.ts";
import { nsec3Findings } from "./strength-findings.ts";
import { plainList, plainName, plainRecord } from "./wording.ts";

type Make = FindingMaker<typeof messages>;

/** Facts 18.4 and 18.5 at every name server address: one that serves the zone unsigned or bogus breaks look-ups now and then. */
export const serversCheck = defineCheck(messages, {
  id: "s18.servers",
  clause: "1",
  needs: ["dns.chain", "dns.servers"],
  judge: ({ "dns.chain": chain, "dns.servers": observation }, { at }, finding) => {
    const validator = validatorAt(chain.anchors, at);
    const walk = validator.walkToZone(observation.domain, indexBook(chain.book));
    const about = [...stateFindings(observation, finding), ...delegationFindings(observation, finding)];
    // Servers can serve wrongly only what the parent promises; the chain's own check says why it promises nothing.
    const failure = walk.steps.at(-1)?.failure ?? null;
    const isBrokenAbove = failure?.status === "bogus" && failure.zone !== observation.zone;
    if (walk.status === "insecure" || isBrokenAbove) return about;
    const answered = observation.servers.filter(({ state }) => state === "answered");
    const judged = answered.map((server) => judgeServer(server, chain, observation, validator, finding));
    const found = [
      ...judged.flatMap(({ findings }) => findings),
      ...serialFindings(answered, observation.zone, finding),
      ...about,
    ];
    if (judged.some(({ isBroken }) => isBroken)) {
      // Every server and the chain alike: one cause, which the chain's check names. Otherwise these servers are the finding.
      return judged.every(({ isBroken }) => isBroken) && isBrokenInChain(chain, observation, at) ? about : found;
    }
    const zone = plainName(observation.zone);
    const gap = judged.flatMap((server) => server.gap ?? [])[0];
    if (gap === undefined && judged.some(({ isSecure }) => isSecure)) {
      return [...found, finding("S18_SERVERS_AGREE", { zone, answered: answered.length })];
    }
    // Nothing was proven wrong, and nothing right: that has to be said, or the chain alone would decide.
    return gap === undefined ? found : [...found, undecided("S18", zone, gap)];
  },
});

/** Whether resolvers were handed the same broken zone, so that the chain's own check fails on it. */
function isBrokenInChain(chain: ChainObservation, { zone }: NameServersObservation, at: number): boolean {
  const { walk, own } = viewChain(chain, at);
  const isBroken = ({ classification }: Classified): boolean =>
    classification.status === "bogus" && classification.zone === zone;
  return walk.status === "bogus" || own.some(isBroken);
}

interface JudgedServer {
  readonly findings: readonly Finding[];
  readonly isSecure: boolean;
  readonly isBroken: boolean;
  /** Why it could not be judged in full; null when it was. */
  readonly gap: { readonly cause: Cause; readonly detail: string } | null;
}

/** Validates what one server says with the parent's DS from the chain and the server's own keys. */
function judgeServer(
  view: ServerView,
  chain: ChainObservation,
  { zone }: NameServersObservation,
  validator: Validator,
  finding: Make,
): JudgedServer {
  const own = indexBook(view.book);
  const lookup = withChain(own, indexBook(chain.book));
  const classified = view.book.map(({ question }) => ({
    question,
    classification: validator.classify(question, lookup),
  }));
  const faults = classified.flatMap(({ classification }): readonly Fault[] =>
    classification.status === "bogus" && classification.zone === zone ? [classification] : [],
  );
  const unanswered = view.book.filter(({ reply }) => !isUsable(reply));
  const server = { server: plainName(view.server), address: view.address, zone: plainName(zone) };
  const findings: Finding[] = [...nsec3Findings(classified, zone, finding)];
  const [first] = faults;
  if (first !== undefined) {
    const record = plainList(faults.map((fault) => faultyRecord(fault)));
    const isUnsigned = servesUnsigned(own, zone);
    findings.push(
      isUnsigned
        ? finding("S18_SERVER_UNSIGNED", server)
        : finding("S18_SERVER_BOGUS", { ...server, record, reason: first.reason }),
    );
  }
  if (unanswered.length > 0) {
    const record = plainList(unanswered.map(({ question }) => plainRecord(question, zone)));
    findings.push(finding("S18_SERVER_INCOMPLETE", { ...server, record }));
  }
  const soa = classified.find(({ question }) => question.type === "SOA" && question.name === zone)?.classification;
  const isSecure = soa?.status === "secure";
  return { findings, isSecure, isBroken: faults.length > 0, gap: gapOf(soa, classified) };
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

/** What keeps a server from being judged: its SOA was not usable, or our own observation lacks what validating needs. */
function gapOf(soa: Classification | undefined, classified: readonly Classified[]): JudgedServer["gap"] {
  const lacking = classified.some(
    ({ classification: { status, aliases } }) => status === "need" && aliases.length === 0,
  );
  if (soa?.status === "indeterminate") return soa;
  return lacking || soa === undefined ? { cause: "internal", detail: "the observation is incomplete" } : null;
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

/** Servers that hold different versions of the zone, by the serial in their SOA. */
function serialFindings(answered: readonly ServerView[], zone: Name, finding: Make): readonly Finding[] {
  const serials = answered.flatMap(({ book }) => {
    const reply = indexBook(book)({ name: zone, type: "SOA" });
    const records = reply?.state === "observed" ? reply.value.answer.filter(({ type }) => type === "SOA") : [];
    return records.flatMap(({ data }) => {
      const soa = parseSoa(data);
      return soa.ok ? [soa.value.serial] : [];
    });
  });
  const distinct = [...new Set(serials)].sort((a, b) => a - b);
  return distinct.length > 1
    ? [finding("S18_SERVERS_DIFFER", { zone: plainName(zone), serials: plainList(distinct) })]
    : [];
}
