/** Nothing that is done to one reply makes DMARC pass where it did not; and a good domain passes only as long as all are sound. */
import { expect, test } from "@jest/globals";
import { DEFAULT_TLS_PROFILE } from "../../../data/tls-profiles/index.ts";
import { type Observation, unobserved } from "../../../lib/core/observation.ts";
import type { BookEntry } from "../../../lib/dnssec/answer-book.ts";
import type { DmarcObservation } from "../../../lib/mail/observations.ts";
import { goodDomain, goodZone } from "../../../lib/requirements/s23/base-world.ts";
import { dmarcChecks } from "../../../lib/requirements/s23/dmarc-checks.ts";
import type { Reply } from "../../../lib/wire/message.ts";
import { openRehearsal } from "../../support/rehearsal.ts";

type Change = (entry: BookEntry) => BookEntry;

const changeReply =
  (change: (reply: Reply) => Reply): Change =>
  (entry) =>
    entry.reply.state === "observed"
      ? { ...entry, reply: { ...entry.reply, value: change(entry.reply.value) } }
      : entry;

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
  ["NXDOMAIN", changeReply((reply) => ({ ...reply, rcode: 3, answer: [] }))],
  ["SERVFAIL", changeReply((reply) => ({ ...reply, rcode: 2, answer: [], authority: [] }))],
  ["REFUSED", changeReply((reply) => ({ ...reply, rcode: 5, answer: [], authority: [] }))],
  ["silent", (entry) => ({ ...entry, reply: unobserved("dns-timeout", "no answer") })],
];

const rehearsal = await openRehearsal();

async function observe(zone: ReturnType<typeof goodZone>): Promise<Observation<"dns.dmarc">> {
  const [observation] = await rehearsal.observeIn({ zones: [zone] }, goodDomain, ["dns.dmarc"]);
  return observation as Observation<"dns.dmarc">;
}

function tagsOf(
  { result, observedAt }: Observation<"dns.dmarc">,
  change: (value: DmarcObservation) => DmarcObservation,
) {
  if (result.state !== "observed") throw new Error(result.detail);
  const context = {
    asset: goodDomain,
    reading: "kommune-2024",
    at: Date.parse(observedAt),
    targets: [],
    profile: DEFAULT_TLS_PROFILE,
  } as const;
  const seen = { "dns.dmarc": change(result.value) };
  return dmarcChecks.flatMap((check) => check.judge(seen, context)).map(({ tag }) => tag);
}

const good = await observe(goodZone());
if (good.result.state !== "observed") throw new Error(good.result.detail);
const { book } = good.result.value;

/** Whether a known name exists, and that no zone begins at a name, other replies may prove as well. */
function isNeeded({ question: { name, type } }: BookEntry): boolean {
  return type === "TXT" || (type === "DNSKEY" && [".", "dk.", "kommune.dk."].includes(name));
}

const spoilt = SPOILS.flatMap(([title, change]) =>
  book.map((entry, index) => [`${title}: ${entry.question.name} ${entry.question.type}`, index, change] as const),
);

test.each(spoilt)("the policy is not proven when one reply is %s", (_, index, change) => {
  const entry = book[index];
  const changed = entry === undefined ? undefined : change(entry);
  const tags = tagsOf(good, (value) => ({
    ...value,
    book: value.book.map((one, at) => (at === index && changed !== undefined ? changed : one)),
  }));
  if (entry !== undefined && isNeeded(entry)) {
    const isSame = JSON.stringify(changed) === JSON.stringify(entry);
    expect(tags.includes("S23_DMARC_REJECT")).toBe(isSame);
  }
  expect(tags.length).toBeGreaterThan(0);
});

test.each(book.map((entry, index) => [`${entry.question.name} ${entry.question.type}`, index] as const))(
  "a reply that was never had proves nothing: %s",
  (_, index) => {
    const tags = tagsOf(good, (value) => ({ ...value, book: value.book.filter((__, at) => at !== index) }));
    const entry = book[index];
    if (entry !== undefined && isNeeded(entry)) expect(tags).not.toContain("S23_DMARC_REJECT");
    expect(tags.length).toBeGreaterThan(0);
  },
);

test("no spoiling of a weak policy makes it pass", async () => {
  const records = ['_dmarc TXT "v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@kommune.dk"'];
  const weak = await observe(goodZone({ without: ["_dmarc TXT"], records }));
  const size = weak.result.state === "observed" ? weak.result.value.book.length : 0;
  expect(size).toBeGreaterThan(0);
  for (const [, change] of SPOILS) {
    for (let index = 0; index < size; index += 1) {
      const tags = tagsOf(weak, (value) => ({
        ...value,
        book: value.book.map((one, at) => (at === index ? change(one) : one)),
      }));
      expect(tags).not.toContain("S23_DMARC_REJECT");
    }
  }
});

test("without organisations, random name or book nothing passes and nothing throws", () => {
  const empty = { organisations: [], book: [], anchors: [], namesBelow: [] };
  expect(tagsOf(good, (value) => ({ ...value, ...empty }))).not.toContain("S23_DMARC_REJECT");
  expect(tagsOf(good, (value) => ({ ...value, organisations: [] }))).not.toContain("S23_DMARC_REJECT");
});
