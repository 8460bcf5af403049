import type { DomainAsset } from "../core/asset.ts";
import { type Observation, observed } from "../core/observation.ts";
import { indexBook } from "../dnssec/lookup.ts";
import { questionsForServers } from "../mail/dkim/below-domainkey.ts";
import { dkimWants, recentlyReported } from "../mail/dkim/dkim-wants.ts";
import { domainKeyName, randomNames } from "../mail/dkim/names.ts";
import { selectorQuestions, selectorsToTry } from "../mail/dkim/selectors-to-try.ts";
import type { DkimObservation, DnsReading } from "../mail/observations.ts";
import { classifierOf } from "../mail/reading.ts";
import type { Question } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { BookKeeper } from "./book-keeper.ts";
import { enclosingZone, namesIn } from "./name-servers.ts";
import type { ProbeContext } from "./probe-context.ts";
import { readDns } from "./read-dns.ts";
import { askResolver, locateServers } from "./server-addresses.ts";

/** Name servers that are asked directly, one address of each. */
const MAX_SERVERS = 8;

/**
 * Looks for a domain's DKIM keys: at selectors that the inventory or reports name, else at likely ones, and at the names that
 * tell whether there can be any. Asks the domain's servers directly only where resolvers' answers leave it open. Unobserved when
 * no question at all was answered.
 */
export async function probeDkim(
  { id, domain, dkimSelectors = [] }: Pick<DomainAsset, "id" | "domain" | "dkimSelectors">,
  context: ProbeContext,
): Promise<Observation<"dns.dkim">> {
  const at = context.now();
  const random = randomNames(domain, context.randomLabel(id));
  const subject = {
    domain,
    declared: dkimSelectors,
    reported: recentlyReported(context.reportedSelectors(domain), at),
    randomSibling: random.sibling,
    randomSelector: random.selector,
  };
  const result = await readDns(domain, dkimWants(subject), context);
  const observation = { kind: "dns.dkim", asset: id, target: id, observedAt: new Date(at).toISOString() } as const;
  if (result.state === "unobserved") return { ...observation, result };
  const reading = result.value;
  const { randomSibling, randomSelector, reported } = subject;
  const sought = selectorsToTry(subject, indexBook(reading.book));
  const names = selectorQuestions(sought, domain).map(({ name }) => name);
  const questions = questionsForServers({ ...reading, randomSibling }, names, isDenialSigned(reading, at));
  const servers = questions.length === 0 ? [] : await askServers(domain, questions, context);
  return { ...observation, result: observed({ ...reading, randomSibling, randomSelector, sought, reported, servers }) };
}

function isDenialSigned(reading: DnsReading, at: number): boolean {
  const name = domainKeyName(reading.domain);
  return name !== null && classifierOf(reading, at)({ name, type: "TXT" }).status === "secure";
}

/** The same questions at one address of every name server of the domain's zone. */
async function askServers(
  domain: Name,
  questions: readonly Question[],
  context: ProbeContext,
): Promise<DkimObservation["servers"]> {
  const { direct, signal } = context;
  const zone = direct === null ? null : await enclosingZone(domain, context);
  if (direct === null || zone === null) return [];
  const reply = await askResolver(zone, "NS", context);
  const named = reply.state === "observed" ? (namesIn(reply.value.answer, zone) ?? []) : [];
  const { candidates } = await locateServers(named.slice(0, MAX_SERVERS), new Map(), context);
  const reachable = candidates.filter(({ address }) => context.hasRouteTo(address));
  const oneEach = [...new Map(reachable.toReversed().map((candidate) => [candidate.server, candidate])).values()];
  return Promise.all(
    oneEach.map(async ({ server, address }) => {
      const keeper = new BookKeeper((question) => direct.ask({ address }, question, { zone, signal }));
      await keeper.ask(questions);
      return { server, address, book: keeper.book };
    }),
  );
}
