import { type Observation, type Observed, unobserved } from "../../core/observation.ts";
import type { Rehearsal, Scenario } from "../../core/scenario.ts";
import type { AnswerBook } from "../../dnssec/answer-book.ts";
import type { ChainObservation, CrossCheck, NameServersObservation, ServerView } from "../../dnssec/observations.ts";
import type { Reply, ResourceRecord } from "../../wire/message.ts";
import { type Name, name } from "../../wire/name.ts";
import { RCODE } from "../../wire/rcode.ts";

const GOOD = ["S18_SECURE", "S18_SERVERS_AGREE"] as const;

/** A practice domain whose observations are altered after the visit: what no zone file can play. */
function changed(
  practiceClass: string,
  change: { readonly chain?: (chain: ChainObservation) => ChainObservation; readonly servers?: ChangeServers },
  said: Pick<Scenario, "name" | "tags" | "verdict" | "reading" | "cause">,
): Scenario {
  const alter = (observation: Observation): Observation => {
    const { result } = observation;
    if (result.state === "unobserved") return observation;
    const alterValue = observation.kind === "dns.chain" ? change.chain : change.servers;
    const value = alterValue?.(result.value as never) ?? result.value;
    return { ...observation, result: { state: "observed", value } };
  };
  return {
    asset: (rehearsal: Rehearsal) => rehearsal.asset(practiceClass),
    observe: async (rehearsal: Rehearsal) => (await rehearsal.observe(practiceClass)).map(alter),
    ...said,
  };
}

type ChangeServers = (servers: NameServersObservation) => NameServersObservation;

/** Replaces the reply to one question wherever it stands in a book. */
function inBook(
  book: AnswerBook,
  { name, type }: { name: string; type: string },
  change: (reply: Reply) => Observed<Reply>,
): AnswerBook {
  return book.map((entry) => {
    const isMeant = entry.question.name === name && entry.question.type === type && entry.reply.state === "observed";
    return isMeant && entry.reply.state === "observed" ? { ...entry, reply: change(entry.reply.value) } : entry;
  });
}

function inChain(name: string, type: string, change: (reply: Reply) => Observed<Reply>) {
  return (chain: ChainObservation): ChainObservation => ({
    ...chain,
    book: inBook(chain.book, { name, type }, change),
  });
}

const silence = (): Observed<Reply> => unobserved("dns-timeout", "taken away");
const servfail = (reply: Reply): Observed<Reply> => ({
  state: "observed",
  value: { ...reply, rcode: RCODE.SERVFAIL, answer: [], authority: [] },
});

/** Alters the records of one type in the answer section. */
const alterAnswer =
  (type: string, change: (record: ResourceRecord) => ResourceRecord) =>
  (reply: Reply): Observed<Reply> => ({
    state: "observed",
    value: { ...reply, answer: reply.answer.map((record) => (record.type === type ? change(record) : record)) },
  });

/** Turns the last octet round: of an address, of a signature. */
function flipLastOctet(record: ResourceRecord): ResourceRecord {
  const octets = Buffer.from(record.data, "base64");
  octets[octets.length - 1] = (octets.at(-1) ?? 0) ^ 0xff;
  return { ...record, data: octets.toString("base64") };
}

const resolvers =
  (...opinions: CrossCheck["opinion"][]) =>
  (chain: ChainObservation): ChainObservation => ({
    ...chain,
    crossCheck: opinions.map((opinion, index) => ({ resolver: `resolver ${index + 1}`, opinion })),
  });

const firstServer =
  (change: (server: ServerView) => ServerView): ChangeServers =>
  (observation) => ({
    ...observation,
    servers: observation.servers.map((server, index) => (index === 0 ? change(server) : server)),
  });

const everyServer =
  (change: (server: ServerView) => ServerView): ChangeServers =>
  (observation) => ({ ...observation, servers: observation.servers.map(change) });

const unreachable = (server: ServerView): ServerView => ({
  ...server,
  state: "unreachable",
  cause: "vantage-blocked",
  detail: "no route from here",
  book: [],
});

const OTHER_RANDOM_NAME = name("etandetnavnudenhold.oevelse.dk");

/** Every question about a name below the apex becomes one about a name that the chain knows nothing of. */
const askedAboutOtherName = (server: ServerView): ServerView => ({
  ...server,
  book: server.book.map((entry) => {
    if (entry.question.name === "oevelse.dk." || entry.reply.state === "unobserved") return entry;
    const question = { ...entry.question, name: OTHER_RANDOM_NAME };
    return { question, reply: { ...entry.reply, value: { ...entry.reply.value, question } } };
  }),
});

/** AA, NOERROR and nothing but the zone's own NS records: what some servers say instead of a denial. */
const authoritativeReferral =
  (type: string) =>
  (server: ServerView): ServerView => ({
    ...server,
    book: server.book.map((entry) => {
      const { question, reply } = entry;
      if (question.type !== type || question.name !== "oevelse.dk." || reply.state === "unobserved") return entry;
      const ns = { name: question.name, type: "NS", ttl: 60, data: "A25zMQA=" };
      return { question, reply: { ...reply, value: { ...reply.value, answer: [], authority: [ns] } } };
    }),
  });

const withoutAnswerTo =
  (type: string) =>
  (server: ServerView): ServerView => ({
    ...server,
    book: server.book.map((entry) => (entry.question.type === type ? { ...entry, reply: silence() } : entry)),
  });

/** What no zone file can play: altered data, silence at one question, dissent of validators, servers out of reach. */
export const CHANGED_SCENARIOS: readonly Scenario[] = [
  changed(
    "signed",
    { chain: inChain("oevelse.dk.", "A", alterAnswer("A", flipLastOctet)) },
    {
      name: "an address altered on its way",
      tags: ["S18_SIGNATURE_INVALID", "S18_SERVERS_AGREE"],
      verdict: "fail",
    },
  ),
  changed(
    "signed",
    {
      chain: inChain(
        "oevelse.dk.",
        "A",
        alterAnswer("A", (record) => ({ ...record, data: "!" })),
      ),
    },
    {
      name: "an address that is no RDATA",
      tags: ["S18_BOGUS", "S18_SERVERS_AGREE"],
      verdict: "fail",
    },
  ),
  changed(
    "signed",
    { chain: inChain("dk.", "DNSKEY", alterAnswer("RRSIG", flipLastOctet)) },
    {
      name: "the top-level domain's keys do not verify",
      tags: ["S18_PARENT_BOGUS"],
      verdict: "fail",
    },
  ),
  changed(
    "signed",
    { chain: inChain(".", "DNSKEY", alterAnswer("RRSIG", flipLastOctet)) },
    {
      name: "the root's keys do not verify: we doubt ourselves",
      tags: ["S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { chain: (chain) => ({ ...chain, anchors: [] }) },
    {
      name: "no trust anchor",
      tags: ["S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { chain: (chain) => ({ ...chain, book: [] }) },
    {
      name: "an observation without replies",
      tags: ["S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { chain: inChain("oevelse.dk.", "MX", silence) },
    {
      name: "no answer about MX",
      tags: ["S18_UNOBSERVED_DNS_TIMEOUT", "S18_SERVERS_AGREE"],
      verdict: "indeterminate",
      cause: "dns-timeout",
    },
  ),
  changed(
    "signed",
    { chain: inChain("oevelse.dk.", "MX", servfail) },
    {
      name: "SERVFAIL about MX",
      tags: ["S18_UNOBSERVED_DNS_SERVFAIL", "S18_SERVERS_AGREE"],
      verdict: "indeterminate",
      cause: "dns-servfail",
    },
  ),
  changed(
    "signed",
    { chain: inChain("oevelse.dk.", "DS", silence) },
    {
      name: "no answer about DS",
      tags: ["S18_UNOBSERVED_DNS_TIMEOUT"],
      verdict: "indeterminate",
      cause: "dns-timeout",
    },
  ),
  changed(
    "signed",
    { chain: inChain("www.oevelse.dk.", "A", servfail) },
    {
      name: "a name below without an answer",
      tags: [...GOOD, "S18_NAME_UNANSWERED"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { chain: inChain("www.oevelse.dk.", "A", alterAnswer("A", flipLastOctet)) },
    {
      name: "a name below altered on its way",
      tags: ["S18_SIGNATURE_INVALID", "S18_SERVERS_AGREE"],
      verdict: "fail",
    },
  ),
  changed(
    "cname-into-unsigned",
    { chain: withoutTarget },
    {
      name: "an alias into a zone that gives no answer",
      tags: [...GOOD, "S18_ALIAS_UNRESOLVED"],
      verdict: "pass",
    },
  ),
  changed(
    "child-secure",
    { chain: inChain("lejer.bolig-oevelse.dk.", "DNSKEY", alterAnswer("RRSIG", flipLastOctet)) },
    {
      name: "a delegated zone that does not validate",
      tags: [...GOOD, "S18_CHILD_BOGUS"],
      verdict: "pass",
    },
  ),
  changed(
    "child-secure",
    { chain: inChain("lejer.bolig-oevelse.dk.", "DNSKEY", alterAnswer("RRSIG", flipLastOctet)) },
    {
      name: "a delegated zone that does not validate, state reading",
      reading: "stat-2024-10",
      tags: [...GOOD, "S18_CHILD_BOGUS_STATE"],
      verdict: "fail",
    },
  ),
  changed(
    "child-secure",
    { chain: inChain("lejer.bolig-oevelse.dk.", "DS", servfail) },
    {
      name: "a declared zone about whose DS there is no answer, state reading",
      reading: "stat-2024-10",
      tags: [...GOOD, "S18_UNOBSERVED_DNS_SERVFAIL", "S18_NAME_UNANSWERED"],
      verdict: "indeterminate",
      cause: "dns-servfail",
    },
  ),
  changed(
    "signed",
    { chain: inChain("www.oevelse.dk.", "DS", servfail) },
    {
      name: "a name that nobody calls a zone, without an answer about its DS, state reading",
      reading: "stat-2024-10",
      tags: [...GOOD],
      verdict: "pass",
    },
  ),
  changed(
    "child-secure",
    { chain: inChain("lejer.bolig-oevelse.dk.", "DNSKEY", servfail) },
    {
      name: "a delegated zone without an answer, state reading",
      reading: "stat-2024-10",
      tags: [...GOOD, "S18_UNOBSERVED_DNS_SERVFAIL", "S18_NAME_UNANSWERED"],
      verdict: "indeterminate",
      cause: "dns-servfail",
    },
  ),
  changed(
    "signed",
    { chain: (chain) => ({ ...chain, source: "name servers", discarded: ["resolvers"] }) },
    {
      name: "resolvers whose data does not hold, where the name servers' does",
      tags: [...GOOD, "S18_SOURCE_DISCARDED"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { chain: resolvers("bogus", "bogus") },
    {
      name: "two validators reject what we accept",
      tags: [...GOOD, "S18_CROSS_CHECK_BOGUS"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { chain: resolvers("bogus", "secure") },
    {
      name: "validators disagree with each other",
      tags: [...GOOD],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { chain: resolvers("bogus", "unknown") },
    {
      name: "one validator rejects what we accept",
      tags: [...GOOD],
      verdict: "pass",
    },
  ),
  changed(
    "expired",
    { chain: resolvers("secure", "secure") },
    {
      name: "two validators accept what we reject",
      tags: ["S18_SIGNATURE_EXPIRED", "S18_CROSS_CHECK_SECURE"],
      verdict: "fail",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...firstServer(unreachable)(all), demandedFamilies: ["ipv4", "ipv6"] }) },
    {
      name: "one name server out of reach from here, though its family is demanded",
      tags: [...GOOD, "S18_UNOBSERVED_VANTAGE_BLOCKED"],
      verdict: "indeterminate",
      cause: "vantage-blocked",
    },
  ),
  changed(
    "signed",
    { servers: firstServer(unreachable) },
    {
      name: "one name server out of reach from here",
      tags: [...GOOD, "S18_SERVER_UNREACHABLE"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { servers: firstServer(withoutAnswerTo("MX")) },
    {
      name: "one name server that does not answer about MX",
      tags: [...GOOD, "S18_SERVER_INCOMPLETE"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { servers: firstServer(withoutAnswerTo("SOA")) },
    {
      name: "one name server whose SOA was lost",
      tags: [...GOOD, "S18_SERVER_INCOMPLETE"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { servers: firstServer(authoritativeReferral("A")) },
    {
      name: "one name server that denies its address with authority and without proof",
      tags: ["S18_SECURE", "S18_SERVER_BOGUS"],
      verdict: "fail",
    },
  ),
  changed(
    "signed",
    { servers: everyServer((server) => ({ ...server, book: server.book.slice(0, 2) })) },
    {
      name: "name servers of which only the first answers were kept",
      tags: ["S18_SECURE", "S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...all, servers: [] }) },
    {
      name: "no name server was looked at",
      tags: ["S18_SECURE", "S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...all, leftOut: "the 33rd name server and 8 more were not asked" }) },
    {
      name: "more name servers than one visit can ask",
      tags: [...GOOD, "S18_UNOBSERVED_TOOL_LIMIT"],
      verdict: "indeterminate",
      cause: "tool-limit",
    },
  ),
  changed(
    "signed",
    { servers: everyServer(withoutAnswerTo("MX")) },
    {
      name: "name servers that do not answer about MX",
      tags: ["S18_SECURE", "S18_SERVER_INCOMPLETE", "S18_UNOBSERVED_DNS_TIMEOUT"],
      verdict: "indeterminate",
      cause: "dns-timeout",
    },
  ),
  changed(
    "signed",
    { servers: everyServer(withoutAnswerTo("SOA")) },
    {
      name: "name servers whose SOA was lost",
      tags: ["S18_SECURE", "S18_SERVER_INCOMPLETE", "S18_UNOBSERVED_DNS_TIMEOUT"],
      verdict: "indeterminate",
      cause: "dns-timeout",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...everyServer(askedAboutOtherName)(all), randomName: OTHER_RANDOM_NAME }) },
    {
      name: "name servers asked about another random name than the chain",
      tags: ["S18_SECURE", "S18_UNOBSERVED_INTERNAL"],
      verdict: "indeterminate",
      cause: "internal",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...all, withoutAddress: [{ server: all.domain, why: "NXDOMAIN" }] }) },
    {
      name: "a name server without an address",
      tags: [...GOOD, "S18_SERVER_WITHOUT_ADDRESS"],
      verdict: "pass",
    },
  ),
  changed(
    "signed",
    { servers: (all) => ({ ...all, servers: [], withoutAddress: [{ server: all.domain, why: "NXDOMAIN" }] }) },
    {
      name: "no name server with an address",
      tags: ["S18_SECURE", "S18_SERVER_WITHOUT_ADDRESS", "S18_SERVERS_LAME"],
      verdict: "indeterminate",
      cause: "dns-servfail",
    },
  ),
];

/** Leaves only the alias in the replies about `www`, and silence about what it points at. */
function withoutTarget(chain: ChainObservation): ChainObservation {
  const isInside = (name: string): boolean => name === chain.domain || name.endsWith(`.${chain.domain}`);
  const outside = new Set<Name>();
  const book = chain.book.map((entry) => {
    if (entry.reply.state === "unobserved" || !isInside(entry.question.name)) return entry;
    const { answer } = entry.reply.value;
    answer.filter(({ name, type }) => type === "A" && !isInside(name)).forEach(({ name }) => outside.add(name));
    const value = {
      ...entry.reply.value,
      answer: answer.filter(({ name }) => isInside(name)),
    };
    return { ...entry, reply: { state: "observed" as const, value } };
  });
  const silent = [...outside].flatMap((name) =>
    ["A", "AAAA"].map((type) => ({ question: { name, type }, reply: silence() })),
  );
  return { ...chain, book: [...book, ...silent] };
}
