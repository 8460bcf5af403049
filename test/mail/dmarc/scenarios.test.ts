/** Every DMARC scenario, judged by the two checks of DMARC alone: what SPF and DKIM say is theirs to test. */
import { describe, expect, test } from "@jest/globals";
import { DEFAULT_TLS_PROFILE } from "../../../data/tls-profiles/index.ts";
import type { Observation } from "../../../lib/core/observation.ts";
import type { Rehearsal } from "../../../lib/core/scenario.ts";
import { allMessages } from "../../../lib/core/unobserved.ts";
import { render } from "../../../lib/core/messages.ts";
import type { DmarcObservation } from "../../../lib/mail/observations.ts";
import { goodDomain, goodZone } from "../../../lib/requirements/s23/base-world.ts";
import { dmarcChecks } from "../../../lib/requirements/s23/dmarc-checks.ts";
import { dmarcMessages } from "../../../lib/requirements/s23/dmarc-messages.ts";
import { DMARC_SCENARIOS } from "../../../lib/requirements/s23/dmarc-scenarios.ts";
import { name } from "../../../lib/wire/name.ts";
import { openRehearsal } from "../../support/rehearsal.ts";

const TEXT_LIMIT = 150;

const whole = await openRehearsal();
const rehearsal: Rehearsal = { ...whole, observeIn: (world, asset) => whole.observeIn(world, asset, ["dns.dmarc"]) };

const messages = allMessages({ id: "S23", messages: dmarcMessages } as never);

const cases = await Promise.all(
  DMARC_SCENARIOS.map(async (scenario) => {
    const [observation] = await scenario.observe(rehearsal);
    return { scenario, observation: observation as Observation<"dns.dmarc"> };
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
  return dmarcChecks.flatMap((check) => check.judge({ "dns.dmarc": result.value }, context));
}

describe("what each scenario says of DMARC", () => {
  test.each(cases.map((one) => [one.scenario.name, one] as const))("%s", (_, one) => {
    const findings = judge(one);
    expect([...new Set(findings.map(({ tag }) => tag))].sort()).toEqual([...new Set(one.scenario.tags)].sort());
    for (const { tag, evidence } of findings) {
      const message = messages[tag];
      if (message === undefined) throw new Error(tag);
      const text = render(message.text.da, evidence);
      if (message.remedy !== undefined) expect(render(message.remedy.da, evidence)).not.toBe("");
      expect({ text, long: text.length > TEXT_LIMIT }).toEqual({ text, long: false });
    }
  });
});

test("every tag is said in some scenario", () => {
  const said = new Set(DMARC_SCENARIOS.flatMap(({ tags }) => tags));
  expect(Object.keys(dmarcMessages).filter((tag) => !said.has(tag))).toEqual([]);
});

test("judging again from the stored observation gives the same", () => {
  for (const one of cases) {
    const stored = JSON.parse(JSON.stringify(one.observation)) as Observation<"dns.dmarc">;
    expect(judge({ ...one, observation: stored })).toEqual(judge(one));
  }
});

test("a domain that does not exist is not failed for having no record: the inventory is to be looked at", async () => {
  const asset = { ...goodDomain, id: "domain:findesikke.dk", name: "findesikke.dk", domain: name("findesikke.dk") };
  const [observation] = await whole.observeIn({ zones: [goodZone()] }, asset, ["dns.dmarc"]);
  if (observation?.result.state !== "observed") throw new Error("nothing was observed");
  const context = {
    asset,
    reading: "kommune-2024",
    at: Date.parse(observation.observedAt),
    targets: [],
    profile: DEFAULT_TLS_PROFILE,
  } as const;
  const seen = { "dns.dmarc": observation.result.value as DmarcObservation };
  const tags = dmarcChecks.flatMap((check) => check.judge(seen, context)).map(({ tag }) => tag);
  expect(tags).toEqual(["S23_UNOBSERVED_ASSET_NOT_FOUND", "S23_UNOBSERVED_ASSET_NOT_FOUND"]);
});
