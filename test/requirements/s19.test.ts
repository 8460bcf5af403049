import { describe, expect, test } from "@jest/globals";
import { evaluate } from "../../lib/core/evaluate.ts";
import { render } from "../../lib/core/messages.ts";
import type { Observation } from "../../lib/core/observation.ts";
import type { Scenario } from "../../lib/core/scenario.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { messageOf } from "../../lib/core/unobserved.ts";
import type { BookEntry } from "../../lib/dnssec/answer-book.ts";
import type { GatewaysObservation } from "../../lib/mail/observations.ts";
import { s19 } from "../../lib/requirements/s19/requirement.ts";
import { scenarios } from "../../lib/requirements/s19/scenarios.ts";
import type { Reply } from "../../lib/wire/message.ts";
import { openRehearsal } from "../support/rehearsal.ts";

const rehearsal = await openRehearsal();
const TEXT_LIMIT = 150;

function judge({ asset, reading = "kommune-2024" }: Scenario, observations: readonly Observation[]) {
  return evaluate(s19, { asset: asset(rehearsal), reading, observations, statements: NO_STATEMENTS, asOf: 0 });
}

function scenarioNamed(wanted: string): Scenario {
  const found = scenarios.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`no scenario "${wanted}"`);
  return found;
}

async function findingsOf(wanted: string) {
  const scenario = scenarioNamed(wanted);
  return judge(scenario, await scenario.observe(rehearsal)).findings;
}

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("scenario: %s", async (_, scenario) => {
  const { findings, verdict, cause } = judge(scenario, await scenario.observe(rehearsal));
  expect({ tags: [...new Set(findings.map(({ tag }) => tag))].sort(), verdict, cause }).toEqual({
    tags: [...scenario.tags].sort(),
    verdict: scenario.verdict,
    cause: scenario.cause ?? null,
  });
  for (const { tag, evidence } of findings.filter(({ tag: own }) => own in s19.messages)) {
    const { text } = messageOf(s19, tag);
    for (const language of ["da", "en"] as const) {
      const said = render(text[language], evidence, (code) => s19.terms?.[code]?.[language] ?? code);
      expect({ said, long: said.length > TEXT_LIMIT }).toEqual({ said, long: false });
    }
  }
});

describe("what is told", () => {
  test("an unsigned zone is told of once, with its gateways, its supplier and where else that has names", async () => {
    expect(await findingsOf("Microsoft 365, old names")).toMatchObject([
      {
        tag: "S19_SUPPLIER_SIGNED_ELSEWHERE",
        evidence: {
          hosts: "kommune-dk.mail.protection.outlook.com",
          zone: "outlook.com",
          shownBy: "com",
          supplier: "Microsoft 365",
          signed: "mx.microsoft",
        },
      },
    ]);
  });

  test("the zone at fault is the alias's target's where that is the unsigned one", async () => {
    const found = await findingsOf("MX to an alias of an unsigned zone");
    expect(found.find(({ tag }) => tag === "S19_GATEWAY_UNSIGNED")?.evidence).toMatchObject({
      hosts: "post.kommune.dk",
      zone: "gateway.dk",
    });
  });

  test("many gateways are a few names and a count, and all of them in the evidence", async () => {
    const [pass] = await findingsOf("as many gateways as are looked at");
    expect(pass?.evidence.hosts).toBe("mx000.many.kommune.dk, mx001.many.kommune.dk (+62)");
    expect(pass?.evidence.allHosts).toHaveLength(64);
  });

  test("a gateway that domain and wildcard share is told of once", async () => {
    const found = await findingsOf("everything unsigned");
    expect(found.filter(({ tag }) => tag === "S19_GATEWAY_UNSIGNED")).toHaveLength(1);
  });
});

type Change = (reply: Reply) => Reply;

const SPOILS: readonly (readonly [string, Change])[] = [
  ["emptied", (reply) => ({ ...reply, answer: [], authority: [] })],
  [
    "stripped of signatures",
    (reply) => ({
      ...reply,
      answer: reply.answer.filter(({ type }) => type !== "RRSIG"),
      authority: reply.authority.filter(({ type }) => type !== "RRSIG"),
    }),
  ],
  ["REFUSED", (reply) => ({ ...reply, rcode: 5 })],
  ["to another question", (reply) => ({ ...reply, question: { name: "." as never, type: "A" } })],
];

/** What a pass of "gateway of one family, the other provably absent" rests on. */
const RELIED_ON = [
  ...[". DNSKEY", "dk. DS", "dk. DNSKEY", "kommune.dk. DS", "kommune.dk. DNSKEY", "kommune.dk. MX"],
  ...["mx.kommune.dk. A", "mx.kommune.dk. AAAA", "etlangtnavnudenhold.kommune.dk. MX"],
];

test.each(SPOILS.flatMap(([how, change]) => RELIED_ON.map((key) => [key, how, change] as const)))(
  "the reply to %s, %s, passes nothing",
  async (key, _, change) => {
    const scenario = scenarioNamed("gateway of one family, the other provably absent");
    const [seen] = await scenario.observe(rehearsal);
    if (seen?.result.state !== "observed") throw new Error("nothing was observed");
    const value = seen.result.value as GatewaysObservation;
    let touched = 0;
    const book = value.book.map((entry): BookEntry => {
      const { question, reply } = entry;
      if (`${question.name} ${question.type}` !== key || reply.state === "unobserved") return entry;
      touched += 1;
      return { question, reply: { ...reply, value: change(reply.value) } };
    });
    expect(touched).toBe(1);
    const changed = { ...seen, result: { ...seen.result, value: { ...value, book } } };
    expect(judge(scenario, [seen]).verdict).toBe("pass");
    expect(judge(scenario, [changed]).verdict).not.toBe("pass");
  },
);

/** Names as long as ordinary ones get. */
const LONG = {
  ...{ domain: "lyngby-taarbaek.dk", zone: "outlook.com", expires: "2026-12-24 10:00 UTC", preferences: "10, 20" },
  ...{ host: "post.lyngby-taarbaek.dk", target: "kommune-dk.mail.protection.outlook.com", signed: "mx.microsoft" },
  ...{ hosts: "mx1.lyngby-taarbaek.dk, mx2.lyngby-taarbaek.dk (+2)", supplier: "Microsoft 365" },
  ...{ discarded: "resolvers", source: "name servers" },
};

/** Of each text that tells a reason, one that it can have, and the longest of those that are no rarity. */
const reasonOf = (tag: string): string =>
  tag.includes("BOGUS") ? "signature-invalid" : tag.includes("UNUSABLE") ? "wrong-form" : "unsupported-digest";

test.each(Object.entries(s19.messages))("%s fits with ordinary long names", (tag, { text }) => {
  for (const language of ["da", "en"] as const) {
    const evidence = { ...LONG, reason: reasonOf(tag) };
    const said = render(text[language], evidence, (code) => s19.terms?.[code]?.[language] ?? code);
    expect(said).not.toMatch(/[{}]/);
    expect({ said, long: said.length > TEXT_LIMIT }).toEqual({ said, long: false });
  }
});
