import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { evaluate } from "../../lib/core/evaluate.ts";
import { argumentsOf, render } from "../../lib/core/messages.ts";
import { type Observation, unobserved } from "../../lib/core/observation.ts";
import type { Scenario } from "../../lib/core/scenario.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { messageOf } from "../../lib/core/unobserved.ts";
import { s20 } from "../../lib/requirements/s20/requirement.ts";
import { scenarios } from "../../lib/requirements/s20/scenarios.ts";
import { openRehearsal } from "../support/rehearsal.ts";

const rehearsal = await openRehearsal();
const TEXT_LIMIT = 150;

function judge({ asset, reading = "kommune-2024" }: Scenario, observations: readonly Observation[]) {
  return evaluate(s20, { asset: asset(rehearsal), reading, observations, statements: NO_STATEMENTS, asOf: 0 });
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("scenario: %s", (_, scenario) => {
  test("says exactly its tags, in sentences that fit", async () => {
    const { findings, verdict, cause } = judge(scenario, await scenario.observe(rehearsal));
    expect({ tags: [...new Set(findings.map(({ tag }) => tag))].sort(), verdict, cause }).toEqual({
      tags: [...scenario.tags].sort(),
      verdict: scenario.verdict,
      cause: scenario.cause ?? null,
    });
    for (const { tag, evidence } of findings.filter(({ tag: own }) => own in s20.messages)) {
      const { text, remedy } = messageOf(s20, tag);
      for (const language of ["da", "en"] as const) {
        const nameOf = (code: string): string => s20.terms?.[code]?.[language] ?? code;
        const said = render(text[language], evidence, nameOf);
        expect({ said, long: said.length > TEXT_LIMIT }).toEqual({ said, long: false });
        expect(render(remedy?.[language] ?? "", evidence, nameOf)).not.toContain("{");
      }
    }
  });

  test("without any one of its observations it never passes", async () => {
    const observations = await scenario.observe(rehearsal);
    for (const missing of observations) {
      const rest = observations.map((one): Observation =>
        one === missing ? { ...one, result: unobserved("dns-timeout", "taken away") } : one,
      );
      const { verdict, findings } = judge(scenario, rest);
      expect(["fail", "indeterminate", "not-applicable"]).toContain(verdict);
      expect(findings.map(({ tag }) => tag)).toContain("S20_UNOBSERVED_DNS_TIMEOUT");
    }
    expect(judge(scenario, []).verdict).toBe("indeterminate");
  });
});

test("every tag has a scenario, and every name is its own", () => {
  const said = new Set(scenarios.flatMap(({ tags }) => tags));
  expect(Object.keys(s20.messages).filter((tag) => !said.has(tag))).toEqual([]);
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
});

test("both languages use the same arguments", () => {
  for (const [tag, { text, remedy }] of Object.entries(s20.messages)) {
    for (const { da, en } of [text, ...(remedy === undefined ? [] : [remedy])]) {
      expect({ tag, arguments: [...argumentsOf(en)].sort() }).toEqual({ tag, arguments: [...argumentsOf(da)].sort() });
    }
  }
});

test("random answers never throw and never pass", async () => {
  const [example] = scenarios;
  if (example === undefined) throw new Error("no scenario");
  const observations = await example.observe(rehearsal);
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom("visited", "not-here", "nothing-to-visit"), (noise, state) => {
      const spoilt = observations.map((one) => {
        const value =
          one.result.state === "observed" ? { ...one.result.value, book: [], anchors: [], state, noise } : noise;
        return { ...one, result: { state: "observed", value } };
      }) as unknown as readonly Observation[];
      expect(judge(example, spoilt).verdict).not.toBe("pass");
    }),
  );
});

test("every row of the specification is in SPEC.md, with scenarios that there are; its tags are those of the messages", () => {
  const read = (file: string): string => readFileSync(path.resolve(import.meta.dirname, "../..", file), "utf8");
  const { rows } = JSON.parse(read("docs/specification/s20-rows.json")) as { rows: readonly { id: string }[] };
  const spec = read("lib/requirements/s20/SPEC.md");
  const [, table = ""] = spec.split("## Rows\n");
  const cells = [...table.matchAll(/^\| ((?:20\.|edge )\d+) \| (.*?) \|/gm)].map((match) => match.slice(1, 3));
  expect(cells.map(([id]) => id)).toEqual(rows.map(({ id }) => id));
  const names = new Set(scenarios.map(({ name }) => name));
  const quoted = cells.flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""));
  expect(quoted.filter((one) => !names.has(one))).toEqual([]);
  const tags = [...spec.matchAll(/^\| `([A-Z0-9_]+)` \| ([a-z-]+) \| (.*) \|$/gm)].map((match) => match.slice(1, 4));
  expect(tags).toEqual(Object.entries(s20.messages).map(([tag, { outcome, text }]) => [tag, outcome, text.da]));
});

/** Names as long as ordinary ones get. */
const LONG = {
  ...{ domain: "lyngby-taarbaek.dk", zone: "outlook.com", records: "3 1 1", expires: "2026-12-24 10:00 UTC" },
  ...{ gateway: "kommune-dk.mail.protection.outlook.com", gateways: "kommune-dk.mail.protection.outlook.com" },
  ...{ address: "2a01:111:f403:ca05::5", owner: "_25._tcp.kommune-dk.mail.protection.outlook.com", code: 554 },
  ...{ certificate: "ecdsa", family: "ipv6", name: "_tcp.kommune-dk.mail.protection.outlook.com" },
};

/** Of each text that tells a reason, one that it can have, and the longest of those that are no rarity. */
const reasonOf = (tag: string): string =>
  tag.includes("BOGUS") ? "signature-invalid" : tag.includes("UNUSABLE") ? "wrong-form" : "unsupported-digest";

test.each(Object.entries(s20.messages))("%s fits with ordinary long names", (tag, { text }) => {
  for (const language of ["da", "en"] as const) {
    const evidence = { ...LONG, reason: reasonOf(tag) };
    const said = render(text[language], evidence, (code) => s20.terms?.[code]?.[language] ?? code);
    expect(said).not.toMatch(/[{}]/);
    expect({ said, long: said.length > TEXT_LIMIT }).toEqual({ said, long: false });
  }
});
