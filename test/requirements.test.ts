import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Asset } from "../lib/core/asset.ts";
import { CAUSES } from "../lib/core/cause.ts";
import { evaluate } from "../lib/core/evaluate.ts";
import { argumentsOf, render } from "../lib/core/messages.ts";
import { type Observation, unobserved } from "../lib/core/observation.ts";
import type { Requirement } from "../lib/core/requirement.ts";
import type { Scenario } from "../lib/core/scenario.ts";
import { NO_STATEMENTS } from "../lib/core/statements.ts";
import { unobservedMessages, unobservedTag } from "../lib/core/unobserved.ts";
import { REQUIREMENTS } from "../lib/requirements/index.ts";
import { openRehearsal } from "./support/rehearsal.ts";

const FOLDERS = path.resolve(import.meta.dirname, "../lib/requirements");
/** House style: what is so, in one line. */
const TEXT_LIMIT = 150;

/** A scenario with its observations made. */
interface Rehearsed extends Omit<Scenario, "asset" | "observe"> {
  readonly asset: Asset;
  readonly observations: readonly Observation[];
}

const rehearsal = await openRehearsal();
const scenarioModules = new Map<string, readonly Rehearsed[]>();
for (const { id } of REQUIREMENTS) {
  const { scenarios } = (await import(`../lib/requirements/${id.toLowerCase()}/scenarios.ts`)) as {
    scenarios: readonly Scenario[];
  };
  const rehearsed = scenarios.map(async ({ asset, observe, ...rest }) => ({
    ...rest,
    asset: asset(rehearsal),
    observations: await observe(rehearsal),
  }));
  scenarioModules.set(id, await Promise.all(rehearsed));
}

function judge(requirement: Requirement, { asset, reading = "kommune-2024", observations }: Rehearsed) {
  return evaluate(requirement, { asset, reading, observations, statements: NO_STATEMENTS, asOf: 0 });
}

const asText = (finding: object): string => JSON.stringify(finding);

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

test("the index lists every requirement folder, once", () => {
  const folders = readdirSync(FOLDERS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(REQUIREMENTS.map(({ id }) => id.toLowerCase()).sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(REQUIREMENTS.map((requirement) => [requirement.id, requirement] as const))("%s", (id, requirement) => {
  const scenarios = scenarioModules.get(id) ?? [];
  const own = Object.entries(requirement.messages);

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("scenario: %s", (_, scenario) => {
    const { findings, verdict, cause } = judge(requirement, freeze(scenario));
    expect({ tags: [...new Set(findings.map(({ tag }) => tag))].sort(), verdict, cause }).toEqual({
      tags: [...scenario.tags].sort(),
      verdict: scenario.verdict,
      cause: scenario.cause ?? null,
    });
  });

  test("scenario names are unique", () => {
    const names = scenarios.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("every tag has a scenario that makes the check say it", () => {
    const said = new Set(scenarios.flatMap(({ tags }) => tags));
    expect(own.map(([tag]) => tag).filter((tag) => !said.has(tag))).toEqual([]);
  });

  test("judging twice gives the same", () => {
    for (const scenario of scenarios) expect(judge(requirement, scenario)).toEqual(judge(requirement, scenario));
  });

  const everyCause = CAUSES.flatMap((cause) => scenarios.slice(0, 2).map((scenario) => [cause, scenario] as const));
  const everyScenario = scenarios.map((scenario) => ["dns-timeout", scenario] as const);
  const takenAway = [...everyCause, ...everyScenario].map(
    ([cause, scenario]) => [cause, scenario.name, scenario] as const,
  );

  test.each(takenAway)(
    "what is missing for %s makes each check that needs it indeterminate, and nothing else: %s",
    (cause, _, scenario) => {
      for (const missing of scenario.observations) {
        const observations = scenario.observations.map((observation): Observation =>
          observation === missing ? { ...observation, result: unobserved(cause, "taken away") } : observation,
        );
        const { findings, verdict } = judge(requirement, { ...scenario, observations });
        const concerned = requirement.checks
          .filter(({ needs }) => needs.includes(missing.kind))
          .map((check) => check.id);
        expect(concerned.length).toBeGreaterThan(0);
        const said = findings.filter(({ check }) => concerned.includes(check));
        expect(new Set(said.map(({ check }) => check))).toEqual(new Set(concerned));
        expect(said.some((finding) => finding.tag === unobservedTag(id, cause))).toBe(true);
        expect(verdict).not.toBe("pass");
        // A check goes on with the other targets, and says of them what it said before.
        const others = (missing.target === scenario.asset.id ? [] : judge(requirement, scenario).findings).map(asText);
        const unknown = said.filter((finding) => !others.includes(asText(finding)));
        expect(unknown.every(({ outcome }) => outcome === "indeterminate")).toBe(true);
      }
    },
  );

  test("an observation that was never made is our own fault, never an answer", () => {
    for (const scenario of scenarios) {
      expect(judge(requirement, { ...scenario, observations: [] })).toMatchObject({
        verdict: "indeterminate",
        cause: "internal",
      });
    }
  });

  test("random answers never throw and never pass", () => {
    const kinds = [...new Set(requirement.checks.flatMap(({ needs }) => needs))];
    const [example] = scenarios;
    if (example === undefined) throw new Error(`${id} has no scenario`);
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), (values) => {
        const observations = kinds.map((kind, index) => {
          const value = spoil(
            example.observations.find((one) => one.kind === kind),
            values[index % values.length],
          );
          return {
            kind,
            asset: example.asset.id,
            target: example.asset.id,
            observedAt: "2026-01-01T00:00:00.000Z",
            result: { state: "observed", value },
          };
        }) as unknown as readonly Observation[];
        expect(judge(requirement, { ...example, observations }).verdict).not.toBe("pass");
      }),
      { numRuns: 300 },
    );
  });

  test("both languages use the same arguments, and the remedy no others", () => {
    for (const [tag, message] of [...own, ...Object.entries(unobservedMessages(id))]) {
      const sides = [message.text, ...(message.remedy === undefined ? [] : [message.remedy])];
      for (const { da, en } of sides) {
        expect({ tag, arguments: [...argumentsOf(en)].sort() }).toEqual({
          tag,
          arguments: [...argumentsOf(da)].sort(),
        });
      }
    }
  });

  test(`texts say what is so in at most ${TEXT_LIMIT} characters`, () => {
    for (const [tag, { text }] of own) {
      const filled = render(text.da, Object.fromEntries(argumentsOf(text.da).map((argument) => [argument, ""])));
      expect({ tag, long: filled.length > TEXT_LIMIT }).toEqual({ tag, long: false });
    }
  });

  test("SPEC.md's table of tags equals messages.ts", () => {
    const spec = readFileSync(path.join(FOLDERS, id.toLowerCase(), "SPEC.md"), "utf8");
    const rows = [...spec.matchAll(/^\| `([A-Z0-9_]+)` \| ([a-z-]+) \| (.*) \|$/gm)].map((match) => match.slice(1, 4));
    expect(rows).toEqual(own.map(([tag, { outcome, text }]) => [tag, outcome, text.da]));
  });
});

/** Replaces every leaf's neighbourhood: keeps the form of a real value where it can, so that judging gets past the door. */
function spoil(observation: Observation | undefined, noise: unknown): unknown {
  if (observation?.result.state !== "observed") return noise;
  const value = observation.result.value as unknown as Record<string, unknown>;
  return { ...value, book: [], servers: [], anchors: [], namesBelow: [], crossCheck: [], noise };
}
