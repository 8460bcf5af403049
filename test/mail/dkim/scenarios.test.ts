/** Every DKIM scenario, judged by DKIM's check alone: what DMARC and SPF say is theirs to test. */
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_TLS_PROFILE } from "../../../data/tls-profiles/index.ts";
import { argumentsOf, render } from "../../../lib/core/messages.ts";
import type { Observation } from "../../../lib/core/observation.ts";
import type { ObservationKinds } from "../../../lib/core/observation-kinds.ts";
import type { Rehearsal } from "../../../lib/core/scenario.ts";
import { allMessages } from "../../../lib/core/unobserved.ts";
import { goodDomain, goodZone } from "../../../lib/requirements/s23/base-world.ts";
import { dkimCheck } from "../../../lib/requirements/s23/dkim-check.ts";
import { dkimMessages } from "../../../lib/requirements/s23/dkim-messages.ts";
import { DKIM_SCENARIOS } from "../../../lib/requirements/s23/dkim-scenarios.ts";
import { dkimTerms } from "../../../lib/requirements/s23/dkim-terms.ts";
import { name } from "../../../lib/wire/name.ts";
import { openRehearsal } from "../../support/rehearsal.ts";

const TEXT_LIMIT = 150;

const whole = await openRehearsal();
const rehearsal: Rehearsal = { ...whole, observeIn: (world, asset) => whole.observeIn(world, asset, ["dns.dkim"]) };
const messages = allMessages({ id: "S23", messages: dkimMessages } as never);

const cases = await Promise.all(
  DKIM_SCENARIOS.map(async (scenario) => {
    const [observation] = await scenario.observe(rehearsal);
    return { scenario, observation: observation as Observation<"dns.dkim"> };
  }),
);

function judge({ scenario, observation }: (typeof cases)[number]) {
  const { result, observedAt } = observation;
  if (result.state !== "observed") throw new Error(`${scenario.name}: ${result.detail}`);
  const context = {
    asset: scenario.asset(rehearsal),
    reading: "kommune-2024",
    at: Date.parse(observedAt),
    targets: [],
    profile: DEFAULT_TLS_PROFILE,
  } as const;
  return dkimCheck.judge({ "dns.dkim": result.value }, context);
}

function nameOf(code: string): string {
  return (dkimTerms as Readonly<Record<string, { readonly da: string }>>)[code]?.da ?? code;
}

describe("what each scenario says of DKIM", () => {
  test.each(cases.map((one) => [one.scenario.name, one] as const))("%s", (_, one) => {
    const findings = judge(one);
    expect([...new Set(findings.map(({ tag }) => tag))].sort()).toEqual([...one.scenario.tags].sort());
    for (const { tag, evidence } of findings) {
      const message = messages[tag];
      if (message === undefined) throw new Error(tag);
      const text = render(message.text.da, evidence, nameOf);
      const remedy = message.remedy === undefined ? "" : render(message.remedy.da, evidence);
      if (process.env.SHOW !== undefined) console.log(`${one.scenario.name}\n  ${tag}: ${text}\n  -> ${remedy}`);
      if (tag.startsWith("S23_DKIM_")) expect({ text, long: text.length > TEXT_LIMIT }).toEqual({ text, long: false });
    }
  });
});

test("every tag is said in some scenario", () => {
  const said = new Set(DKIM_SCENARIOS.flatMap(({ tags }) => tags));
  expect(Object.keys(dkimMessages).filter((tag) => !said.has(tag))).toEqual([]);
});

test("both languages use the same arguments", () => {
  for (const [tag, { text }] of Object.entries(dkimMessages)) {
    expect({ tag, uses: [...argumentsOf(text.en)].sort() }).toEqual({ tag, uses: [...argumentsOf(text.da)].sort() });
  }
});

test("a wildcard's key is told of once, at however many selectors it was seen", () => {
  const one = cases.find(({ scenario }) => scenario.name === "DKIM: a wildcard with a key for every selector");
  if (one === undefined) throw new Error("no such scenario");
  expect(judge(one).map(({ tag }) => tag)).toEqual(["S23_DKIM_KEY_WEAK", "S23_DKIM_GUESSED"]);
});

test("that a key is missing says on whose word the domain sends, and is not certain", () => {
  const sources = (title: string) => {
    const one = cases.find(({ scenario }) => scenario.name === `DKIM: ${title}`);
    if (one === undefined) throw new Error(title);
    return judge(one).flatMap(({ tag, evidence }) => (tag.startsWith("S23_DKIM_MISSING") ? [evidence.source] : []));
  };
  expect(sources("signed proof that nothing is below _domainkey")).toEqual(["inventory"]);
  expect(sources("nothing below _domainkey, and SPF alone says that it sends")).toEqual(["spf"]);
  expect(sources("an unsigned zone whose servers agree and know empty non-terminals")).toEqual(["inventory"]);
  expect(dkimMessages.S23_DKIM_MISSING).not.toHaveProperty("certain");
});

test("judging again from the stored observation gives the same", () => {
  for (const one of cases) {
    const stored = JSON.parse(JSON.stringify(one.observation)) as Observation<"dns.dkim">;
    expect(judge({ ...one, observation: stored })).toEqual(judge(one));
  }
});

test("an observation without its replies says nothing for the domain, and nothing against it", () => {
  for (const { scenario, observation } of cases) {
    const { result } = observation;
    if (result.state !== "observed") throw new Error(scenario.name);
    const emptied = { ...observation, result: { ...result, value: { ...result.value, book: [], servers: [] } } };
    const outcomes = judge({ scenario, observation: emptied }).map(({ tag }) => messages[tag]?.outcome);
    expect(new Set(outcomes)).toEqual(new Set(["indeterminate"]));
  }
});

test("a domain that does not exist has nothing to sign mail for", async () => {
  const asset = { ...goodDomain, id: "domain:findesikke.dk", name: "findesikke.dk", domain: name("findesikke.dk") };
  const [observation] = await rehearsal.observeIn({ zones: [goodZone()] }, asset, ["dns.dkim"]);
  if (observation?.result.state !== "observed") throw new Error("nothing was seen");
  const at = Date.parse(observation.observedAt);
  const seen = { "dns.dkim": observation.result.value as ObservationKinds["dns.dkim"] };
  const findings = dkimCheck.judge(seen, {
    asset,
    reading: "kommune-2024",
    at,
    targets: [],
    profile: DEFAULT_TLS_PROFILE,
  });
  expect(findings.map(({ tag }) => tag)).toEqual(["S23_UNOBSERVED_ASSET_NOT_FOUND"]);
});
