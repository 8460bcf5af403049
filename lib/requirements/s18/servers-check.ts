import type { Cause } from "../../core/cause.ts";
import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import { domainQuestions } from "../../dnssec/domain-questions.ts";
import { validatorAt } from "../../dnssec/domain-validator.ts";
import { questionKey } from "../../dnssec/lookup.ts";
import type { NameServersObservation } from "../../dnssec/observations.ts";
import type { Name } from "../../wire/name.ts";
import { parseSoa } from "../../wire/rdata/soa.ts";
import { type ChainView, type Classified, isProtected, viewChain } from "./chain-view.ts";
import { messages } from "./messages.ts";
import { isSameBook, type JudgedIn, type JudgedServer, judgeServer, judgeWithOtherKeys } from "./server-judgement.ts";
import { delegationFindings, stateFindings } from "./server-states.ts";
import { plainList, plainName, plainRecord } from "../wording.ts";

type Make = FindingMaker<typeof messages>;

/** Facts 18.4 and 18.5 at every name server address: one that serves the zone unsigned or bogus breaks look-ups now and then. */
export const serversCheck = defineCheck(messages, {
  id: "s18.servers",
  clause: "1",
  needs: ["dns.chain", "dns.servers"],
  judge: ({ "dns.chain": chain, "dns.servers": observation }, { at }, finding) => {
    const { zone, servers } = observation;
    const view = viewChain(chain, at);
    const about = [...stateFindings(observation, finding), ...delegationFindings(observation, finding)];
    // Servers can serve wrongly only what the parent promises; the chain's own check says why it promises nothing.
    const failure = view.walk.steps.at(-1)?.failure ?? null;
    const isBrokenAbove = failure?.status === "bogus" && failure.zone !== zone;
    if (view.walk.status === "insecure" || isBrokenAbove || isNowhere(view)) return about;
    const setting = { chain, zone, validator: validatorAt(chain.anchors, at) };
    const answered = servers.filter(({ state }) => state === "answered");
    const judged = answered.reduce<readonly JudgedServer[]>((before, server) => {
      const twin = before.find(({ view: { book } }) => isSameBook(book, server.book));
      return [...before, judgeServer(server, setting, finding, twin)];
    }, []);
    const found = [...judged.flatMap(({ findings }) => findings), ...serialFindings(judged, zone, finding), ...about];
    if (judged.some(({ isBroken }) => isBroken)) {
      // Every server and the chain alike: one cause, which the chain's check names. Otherwise these servers are the finding.
      return judged.every(({ isBroken }) => isBroken) && isBrokenInChain(view, zone) ? about : found;
    }
    const foreign = judged.filter((one) => isForeign(one, judged, setting));
    if (foreign.length > 0) {
      const names = plainList(foreign.map(({ view: { server } }) => plainName(server)));
      return [...found, finding("S18_SERVERS_KEYS_DIFFER", { zone: plainName(zone), servers: names })];
    }
    // Nothing was proven wrong. What was not proven right has to be said, or the chain alone would decide.
    const open = openQuestions(judged, observation);
    return [
      ...found,
      ...(open ?? [finding("S18_SERVERS_AGREE", { zone: plainName(zone), answered: answered.length })]),
    ];
  },
});

/** Whether some other server hands out keys that do not verify what this one says. */
function isForeign(one: JudgedServer, all: readonly JudgedServer[], setting: JudgedIn): boolean {
  const keysOf = ({ own }: JudgedServer) => own({ name: setting.zone, type: "DNSKEY" });
  const others = all.filter((other) => keysOf(other) !== keysOf(one));
  return others.some((other) => judgeWithOtherKeys(one, other, setting).status === "bogus");
}

/** The name does not exist: no server serves it, and the chain's own check says so. */
function isNowhere({ domain, own }: ChainView): boolean {
  const soa = own.find(({ question }) => question.name === domain && question.type === "SOA")?.classification;
  return (soa?.status === "secure" || soa?.status === "insecure") && soa.answer === "nxdomain";
}

/** Whether resolvers were handed the same broken zone, so that the chain's own check fails on it. */
function isBrokenInChain({ walk, own }: ChainView, zone: Name): boolean {
  const isBroken = ({ classification }: Classified): boolean =>
    classification.status === "bogus" && classification.zone === zone;
  return walk.status === "bogus" || own.some(isBroken);
}

/**
 * What no server at all has proven: each question about the domain must be answered validly by at least one of them. Null
 * when nothing is open; empty when the servers' states say it already.
 */
function openQuestions(
  judged: readonly JudgedServer[],
  { domain, zone, randomName, servers, withoutAddress }: NameServersObservation,
): readonly Finding[] | null {
  if (judged.length === 0) {
    const isSaid = servers.length + withoutAddress.length > 0;
    return isSaid
      ? []
      : [undecided("S18", plainName(zone), { cause: "internal", detail: "no name server was looked at" })];
  }
  const said = Map.groupBy(
    judged.flatMap(({ classified }) => classified),
    ({ question }) => questionKey(question),
  );
  const wanted = [{ name: zone, type: "DNSKEY" }, { name: zone, type: "SOA" }, ...domainQuestions(domain, randomName)];
  const open = wanted.flatMap((question) => {
    const gap = gapOf(said.get(questionKey(question)) ?? []);
    return gap === null ? [] : [{ question, gap }];
  });
  const byCause = Map.groupBy(open, ({ gap }) => gap.cause);
  const findings = [...byCause.values()].flatMap((group) => {
    const [first] = group;
    const records = plainList(group.map(({ question }) => plainRecord(question, zone)));
    return first === undefined ? [] : [undecided("S18", `${plainName(zone)} ${records}`, first.gap)];
  });
  return findings.length === 0 ? null : findings;
}

interface Gap {
  readonly cause: Cause;
  readonly detail: string;
}

/** Why none of these answers to one question protects the domain; null when one does. */
function gapOf(answers: readonly Classified[]): Gap | null {
  if (answers.some(isProtected)) return null;
  const gaps = answers.flatMap(({ classification }) =>
    classification.status === "indeterminate" ? classification : [],
  );
  return gaps[0] ?? { cause: "internal", detail: "the observation is incomplete" };
}

/** Servers that hold different versions of the zone, by the serial in their SOA. */
function serialFindings(judged: readonly JudgedServer[], zone: Name, finding: Make): readonly Finding[] {
  const serials = judged.flatMap(({ own }) => {
    const reply = own({ name: zone, type: "SOA" });
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
