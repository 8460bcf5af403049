/** What a Danish reader meets of S17, S27 and K11 is Danish, whatever the scenario, with names that are the field's own. */
import { describe, expect, test } from "@jest/globals";
import { evaluate } from "../../lib/core/evaluate.ts";
import type { Scenario } from "../../lib/core/scenario.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { storedFinding } from "../../lib/reports/stored-finding.ts";
import { k11 } from "../../lib/requirements/k11/requirement.ts";
import { scenarios as ofK11 } from "../../lib/requirements/k11/scenarios.ts";
import { s17 } from "../../lib/requirements/s17/requirement.ts";
import { scenarios as ofS17 } from "../../lib/requirements/s17/scenarios.ts";
import { s27 } from "../../lib/requirements/s27/requirement.ts";
import { scenarios as ofS27 } from "../../lib/requirements/s27/scenarios.ts";
import { openRehearsal } from "../support/rehearsal.ts";

/** Words that English sentences have and neither Danish ones nor names of the field do. */
const ENGLISH =
  /\b(?:and|answer|are|by|cannot|could|did|does|from|is|its|not|no|nobody|none|of|or|than|that|the|there|this|waiting|was|were|what|which|who|with|within)\b/iu;
const rehearsal = await openRehearsal();

async function told(scenarios: readonly Scenario[], requirement: typeof s27): Promise<readonly string[]> {
  const each = scenarios.map(async ({ asset, observe, reading = "kommune-2024" }) => {
    const input = { asset: asset(rehearsal), reading, observations: await observe(rehearsal) };
    const { findings } = evaluate(requirement, { ...input, statements: NO_STATEMENTS, asOf: 0 });
    return findings.flatMap((finding) => {
      const { text, remedy = "" } = storedFinding(requirement, finding, "da");
      return [text, remedy];
    });
  });
  return [...new Set((await Promise.all(each)).flat())];
}

describe.each([
  ["S17", s17, ofS17],
  ["S27", s27, ofS27],
  ["K11", k11, ofK11],
] as const)("%s", (_, requirement, scenarios) => {
  test("every sentence of every scenario", async () => {
    const said = await told(scenarios, requirement);
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter((sentence) => ENGLISH.test(sentence))).toEqual([]);
  });
});
