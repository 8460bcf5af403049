/** Nothing that is done to what was seen makes S18 pass unless both the chain and the name servers are proven. */
import { expect, test } from "@jest/globals";
import { evaluate } from "../../lib/core/evaluate.ts";
import type { Observation } from "../../lib/core/observation.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import type { AnswerBook, BookEntry } from "../../lib/dnssec/answer-book.ts";
import type { ChainObservation, NameServersObservation } from "../../lib/dnssec/observations.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import type { Reply } from "../../lib/wire/message.ts";
import { openRehearsal } from "../support/rehearsal.ts";

const rehearsal = await openRehearsal();

type Change = (entry: BookEntry) => BookEntry;

const changeReply =
  (change: (reply: Reply) => Reply): Change =>
  (entry) =>
    entry.reply.state === "observed"
      ? { ...entry, reply: { ...entry.reply, value: change(entry.reply.value) } }
      : entry;

/** Ways to spoil one reply. */
const SPOILS: readonly (readonly [string, Change])[] = [
  ["emptied", changeReply((reply) => ({ ...reply, answer: [], authority: [] }))],
  ["without authority section", changeReply((reply) => ({ ...reply, authority: [] }))],
  [
    "stripped of signatures",
    changeReply((reply) => ({
      ...reply,
      answer: reply.answer.filter(({ type }) => type !== "RRSIG"),
      authority: reply.authority.filter(({ type }) => type !== "RRSIG"),
    })),
  ],
  ["NXDOMAIN", changeReply((reply) => ({ ...reply, rcode: 3 }))],
  ["REFUSED", changeReply((reply) => ({ ...reply, rcode: 5 }))],
  ["truncated", changeReply((reply) => ({ ...reply, flags: [...reply.flags, "tc"] }))],
  ["to another question", changeReply((reply) => ({ ...reply, question: { name: "." as never, type: "A" } }))],
];

function judge(observations: readonly Observation[], practiceClass: string) {
  const asset = rehearsal.asset(practiceClass);
  const { verdict, findings } = evaluate(s18, {
    ...{ asset, observations, reading: "kommune-2024" as const, statements: NO_STATEMENTS, asOf: 0 },
  });
  return { verdict, tags: findings.map(({ tag }) => tag) };
}

function withValue(observation: Observation, change: (value: never) => unknown): Observation {
  if (observation.result.state === "unobserved") throw new Error("nothing was observed");
  return { ...observation, result: { state: "observed", value: change(observation.result.value as never) as never } };
}

const inChain = (change: (book: AnswerBook) => AnswerBook) => (value: ChainObservation) => ({
  ...value,
  book: change(value.book),
});

const inServers = (change: (book: AnswerBook) => AnswerBook) => (value: NameServersObservation) => ({
  ...value,
  servers: value.servers.map((server) => ({ ...server, book: change(server.book) })),
});

const PROVEN = ["S18_SECURE", "S18_SERVERS_AGREE"];

test.each(["signed", "nsec3", "nsec3-iterations-500", "wildcard", "cname-into-unsigned", "name-in-zone"])(
  "%s: no spoilt, missing or swapped reply passes without proof",
  async (practiceClass) => {
    const [chain, servers] = await rehearsal.observe(practiceClass);
    if (chain === undefined || servers === undefined) throw new Error("two observations are made");
    const books = { chain: [] as AnswerBook, servers: [] as AnswerBook };
    withValue(chain, (value: ChainObservation) => (books.chain = value.book));
    withValue(servers, (value: NameServersObservation) => (books.servers = value.servers[0]?.book ?? []));
    const check = (changed: readonly Observation[], what: string): void => {
      const { verdict, tags } = judge(changed, practiceClass);
      if (verdict === "pass")
        expect({ what, proven: PROVEN.every((tag) => tags.includes(tag)) }).toEqual({ what, proven: true });
    };
    for (const side of ["chain", "servers"] as const) {
      const book = books[side];
      const spoilt = (at: number, change: (book: AnswerBook) => AnswerBook, what: string): void => {
        const { question } = book[at] ?? { question: { name: "", type: "" } };
        const label = `${side} ${question.name} ${question.type}: ${what}`;
        check(
          side === "chain"
            ? [withValue(chain, inChain(change)), servers]
            : [chain, withValue(servers, inServers(change))],
          label,
        );
      };
      for (let at = 0; at < book.length; at += 1) {
        for (const [what, spoil] of SPOILS)
          spoilt(at, (all) => all.map((entry, index) => (index === at ? spoil(entry) : entry)), what);
        spoilt(at, (all) => all.filter((_, index) => index !== at), "missing");
        const other = book[(at + 1) % book.length];
        if (other?.reply.state !== "observed") continue;
        const { value } = other.reply;
        const swap: Change = ({ question }) => ({
          question,
          reply: { state: "observed", value: { ...value, question } },
        });
        spoilt(at, (all) => all.map((entry, index) => (index === at ? swap(entry) : entry)), "another's reply");
      }
    }
    expect(books.chain.length + books.servers.length).toBeGreaterThan(20);
  },
);
