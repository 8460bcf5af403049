import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { evaluate } from "../../lib/core/evaluate.ts";
import { render } from "../../lib/core/messages.ts";
import { type Observation, unobserved } from "../../lib/core/observation.ts";
import type { Scenario } from "../../lib/core/scenario.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { messageOf } from "../../lib/core/unobserved.ts";
import { k11 } from "../../lib/requirements/k11/requirement.ts";
import { scenarios } from "../../lib/requirements/k11/scenarios.ts";
import { openRehearsal } from "../support/rehearsal.ts";

const rehearsal = await openRehearsal();
const TEXT_LIMIT = 150;

function judge({ asset, reading = "kommune-2024" }: Scenario, observations: readonly Observation[]) {
  return evaluate(k11, { asset: asset(rehearsal), reading, observations, statements: NO_STATEMENTS, asOf: 0 });
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("scenario: %s", (_, scenario) => {
  test("says exactly its tags, in sentences that fit", async () => {
    const { findings, verdict, cause } = judge(scenario, await scenario.observe(rehearsal));
    expect({ tags: [...new Set(findings.map(({ tag }) => tag))].sort(), verdict, cause }).toEqual({
      tags: [...scenario.tags].sort(),
      verdict: scenario.verdict,
      cause: scenario.cause ?? null,
    });
    for (const { tag, evidence } of findings.filter(({ tag: own }) => own in k11.messages)) {
      const { text, remedy } = messageOf(k11, tag);
      for (const language of ["da", "en"] as const) {
        const nameOf = (code: string): string => k11.terms?.[code]?.[language] ?? code;
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
      expect(["fail", "indeterminate"]).toContain(verdict);
      expect(findings.map(({ tag }) => tag)).toContain("K11_UNOBSERVED_DNS_TIMEOUT");
    }
    expect(judge(scenario, []).verdict).toBe("indeterminate");
  });
});

test("every tag has a scenario, and every name is its own", () => {
  const said = new Set(scenarios.flatMap(({ tags }) => tags));
  expect(Object.keys(k11.messages).filter((tag) => !said.has(tag))).toEqual([]);
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
});

test("SPEC.md names every row, and scenarios that exist", () => {
  const house = path.resolve(import.meta.dirname, "../..");
  const spec = readFileSync(path.join(house, "lib/requirements/k11/SPEC.md"), "utf8");
  const { rows } = JSON.parse(readFileSync(path.join(house, "docs/specification/k11-rows.json"), "utf8")) as {
    rows: readonly { readonly id: string }[];
  };
  const lines = (spec.split("## Rows")[1] ?? "").split("\n## ")[0]?.split("\n") ?? [];
  const listed = lines.filter((line) => line.startsWith("| ")).map((line) => line.split("|")[1]?.trim());
  expect(listed.filter((id) => id !== "Row" && id !== "---")).toEqual(rows.map(({ id }) => id));
  const named = lines.flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1]));
  const names = new Set<string | undefined>(scenarios.map(({ name }) => name));
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});
