import { describe, expect, test } from "@jest/globals";
import { evaluate } from "../../lib/core/evaluate.ts";
import { type Observed, observed } from "../../lib/core/observation.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import type { ProbeContext, RecursiveDns } from "../../lib/probes/probe-context.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import type { Question, Reply } from "../../lib/wire/message.ts";
import { openRehearsal } from "../support/rehearsal.ts";

type Ask = RecursiveDns["ask"];
type Lie = (reply: Reply, question: Question) => Reply;

const stripsDenials: Lie = (reply) => ({
  ...reply,
  authority: reply.authority.filter(({ type }) => !["NSEC", "NSEC3", "RRSIG"].includes(type)),
});
const stripsSignatures: Lie = (reply) => ({ ...reply, answer: reply.answer.filter(({ type }) => type !== "RRSIG") });
const forgesAddresses: Lie = (reply, { type }) =>
  type === "A"
    ? { ...reply, answer: reply.answer.map((one) => (one.type === "A" ? { ...one, data: "AQIDBA==" } : one)) }
    : reply;
const forgetsKeys: Lie = (reply, { name, type }) =>
  type === "DNSKEY" && name === "oevelse.dk." ? { ...reply, answer: [], authority: [] } : reply;

function lying(ask: Ask, lie: Lie): Ask {
  return async (question, options) => {
    const heard: Observed<Reply> = await ask(question, options);
    return heard.state === "observed" ? observed(lie(heard.value, question)) : heard;
  };
}

/** Judges a practice domain that was seen through other resolvers. */
async function judge(practiceClass: string, change: (context: ProbeContext) => ProbeContext) {
  const rehearsal = await openRehearsal(change);
  const observations = await rehearsal.observe(practiceClass);
  const asset = rehearsal.asset(practiceClass);
  const { verdict, findings } = evaluate(s18, {
    ...{ asset, observations, reading: "kommune-2024" as const, statements: NO_STATEMENTS, asOf: 0 },
  });
  const doubt = findings.find(({ tag }) => tag === "S18_SOURCE_DISCARDED");
  return {
    verdict,
    tags: findings.map(({ tag }) => tag),
    source: doubt?.evidence.source,
    discarded: doubt?.evidence.discarded,
  };
}

const onlyLiar =
  (lie: Lie) =>
  (context: ProbeContext): ProbeContext => {
    const ask = lying(context.resolver.ask, lie);
    return { ...context, resolver: { ...context.resolver, ask, alone: () => [{ resolver: "liar", ask }] } };
  };

const liarAndHonest =
  (lie: Lie) =>
  (context: ProbeContext): ProbeContext => {
    const honest = context.resolver.ask;
    const ask = lying(honest, lie);
    const alone = () => [
      { resolver: "liar", ask },
      { resolver: "honest", ask: honest },
    ];
    return { ...context, resolver: { ...context.resolver, ask, alone } };
  };

const lies: readonly (readonly [string, Lie])[] = [
  ["strips denials", stripsDenials],
  ["strips signatures", stripsSignatures],
  ["forges addresses", forgesAddresses],
  ["has a lame server's word that there are no keys", forgetsKeys],
];

describe("a resolver that hands out what does not validate", () => {
  test.each(lies)("and %s does not make a signed domain look broken: another resolver is asked", async (_, lie) => {
    const { verdict, source, discarded } = await judge("signed", liarAndHonest(lie));
    expect({ verdict, source, discarded }).toEqual({ verdict: "pass", source: "honest", discarded: "resolvers, liar" });
  });

  test.each(lies)("and %s, with no other beside it: the name servers are asked", async (_, lie) => {
    const { verdict, source, discarded } = await judge("signed", onlyLiar(lie));
    expect({ verdict, source, discarded }).toEqual({ verdict: "pass", source: "name servers", discarded: "resolvers" });
  });

  test("is believed when nobody else can be asked", async () => {
    const { verdict, tags } = await judge("signed", (context) => ({
      ...onlyLiar(forgesAddresses)(context),
      direct: null,
    }));
    expect(verdict).toBe("fail");
    expect(tags).toContain("S18_SIGNATURE_INVALID");
    expect(tags).not.toContain("S18_SOURCE_DISCARDED");
  });

  test("never makes a broken domain look sound", async () => {
    for (const practiceClass of [
      "expired",
      "ds-of-other-key",
      "missing-rrsig-mx",
      "denial-stripped",
      "one-server-unsigned",
    ]) {
      const { verdict } = await judge(practiceClass, liarAndHonest(stripsDenials));
      expect({ practiceClass, verdict }).toEqual({ practiceClass, verdict: "fail" });
    }
  });

  test("is asked about a name that does not exist: the parent's servers prove it", async () => {
    expect(await judge("not-registered", onlyLiar(stripsDenials))).toMatchObject({
      verdict: "indeterminate",
      source: "name servers",
    });
  });
});

test("a domain that is broken for everybody keeps its first look, and no source is blamed", async () => {
  const { verdict, tags } = await judge("expired", (context) => context);
  expect(verdict).toBe("fail");
  expect(tags).toEqual(["S18_SIGNATURE_EXPIRED"]);
});
