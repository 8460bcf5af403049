import { type Observation, type Observed, unobserved } from "../../core/observation.ts";
import type { Rehearsal, Scenario } from "../../core/scenario.ts";
import type { AnswerBook } from "../../dnssec/answer-book.ts";
import type { ChainObservation, CrossCheck, NameServersObservation, ServerView } from "../../dnssec/observations.ts";
import type { Reply, ResourceRecord } from "../../wire/message.ts";
import { type Name, name } from "../../wire/name.ts";
import { RCODE } from "../../wire/rcode.ts";

/** A practice domain whose observations are altered after the visit: what no zone file can play. */
export function changed(
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

/** Alters the reply to one question in the chain. */
export function inChain(name: string, type: string, change: (reply: Reply) => Observed<Reply>) {
  return (chain: ChainObservation): ChainObservation => ({
    ...chain,
    book: inBook(chain.book, { name, type }, change),
  });
}

/** No answer came. */
export const silence = (): Observed<Reply> => unobserved("dns-timeout", "taken away");
/** The same question, answered with SERVFAIL. */
export const servfail = (reply: Reply): Observed<Reply> => ({
  state: "observed",
  value: { ...reply, rcode: RCODE.SERVFAIL, answer: [], authority: [] },
});

/** Alters the records of one type in the answer section. */
export const alterAnswer =
  (type: string, change: (record: ResourceRecord) => ResourceRecord) =>
  (reply: Reply): Observed<Reply> => ({
    state: "observed",
    value: { ...reply, answer: reply.answer.map((record) => (record.type === type ? change(record) : record)) },
  });

/** Turns the last octet round: of an address, of a signature. */
export function flipLastOctet(record: ResourceRecord): ResourceRecord {
  const octets = Buffer.from(record.data, "base64");
  octets[octets.length - 1] = (octets.at(-1) ?? 0) ^ 0xff;
  return { ...record, data: octets.toString("base64") };
}

/** Validating resolvers with these opinions. */
export const resolvers =
  (...opinions: CrossCheck["opinion"][]) =>
  (chain: ChainObservation): ChainObservation => ({
    ...chain,
    crossCheck: opinions.map((opinion, index) => ({ resolver: `resolver ${index + 1}`, opinion })),
  });

/** Alters what the first server address said. */
export const firstServer =
  (change: (server: ServerView) => ServerView): ChangeServers =>
  (observation) => ({
    ...observation,
    servers: observation.servers.map((server, index) => (index === 0 ? change(server) : server)),
  });

/** Alters what every server address said. */
export const everyServer =
  (change: (server: ServerView) => ServerView): ChangeServers =>
  (observation) => ({ ...observation, servers: observation.servers.map(change) });

/** A server that there is no route to. */
export const unreachable = (server: ServerView): ServerView => ({
  ...server,
  state: "unreachable",
  cause: "vantage-blocked",
  detail: "no route from here",
  book: [],
});

/** A name that the chain was not asked about. */
export const OTHER_RANDOM_NAME = name("etandetnavnudenhold.oevelse.dk");

/** Every question about a name below the apex becomes one about a name that the chain knows nothing of. */
export const askedAboutOtherName = (server: ServerView): ServerView => ({
  ...server,
  book: server.book.map((entry) => {
    if (entry.question.name === "oevelse.dk." || entry.reply.state === "unobserved") return entry;
    const question = { ...entry.question, name: OTHER_RANDOM_NAME };
    return { question, reply: { ...entry.reply, value: { ...entry.reply.value, question } } };
  }),
});

/** AA, NOERROR and nothing but the zone's own NS records: what some servers say instead of a denial. */
export const authoritativeReferral =
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

/** A server that is silent about one type. */
export const withoutAnswerTo =
  (type: string) =>
  (server: ServerView): ServerView => ({
    ...server,
    book: server.book.map((entry) => (entry.question.type === type ? { ...entry, reply: silence() } : entry)),
  });

/** Leaves only the alias in the replies about `www`, and silence about what it points at. */
export function withoutTarget(chain: ChainObservation): ChainObservation {
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
