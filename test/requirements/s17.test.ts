import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { evaluate } from "../../lib/core/evaluate.ts";
import { argumentsOf, render } from "../../lib/core/messages.ts";
import { type Observation, unobserved } from "../../lib/core/observation.ts";
import type { Scenario } from "../../lib/core/scenario.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { messageOf } from "../../lib/core/unobserved.ts";
import { s17 } from "../../lib/requirements/s17/requirement.ts";
import { scenarios } from "../../lib/requirements/s17/scenarios.ts";
import { openRehearsal } from "../support/rehearsal.ts";

const rehearsal = await openRehearsal();
const TEXT_LIMIT = 150;

function judge({ asset, reading = "kommune-2024" }: Scenario, observations: readonly Observation[]) {
  return evaluate(s17, { asset: asset(rehearsal), reading, observations, statements: NO_STATEMENTS, asOf: 0 });
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("scenario: %s", (_, scenario) => {
  test("says exactly its tags, in sentences that fit", async () => {
    const { findings, verdict, cause } = judge(scenario, await scenario.observe(rehearsal));
    expect({ tags: [...new Set(findings.map(({ tag }) => tag))].sort(), verdict, cause }).toEqual({
      tags: [...scenario.tags].sort(),
      verdict: scenario.verdict,
      cause: scenario.cause ?? null,
    });
    for (const { tag, evidence } of findings.filter(({ tag: own }) => own in s17.messages)) {
      const { text, remedy } = messageOf(s17, tag);
      for (const language of ["da", "en"] as const) {
        const nameOf = (code: string): string => s17.terms?.[code]?.[language] ?? code;
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
      expect(findings.map(({ tag }) => tag)).toContain("S17_UNOBSERVED_DNS_TIMEOUT");
    }
    expect(judge(scenario, []).verdict).toBe("indeterminate");
  });
});

test("every tag has a scenario, and every name is its own", () => {
  const said = new Set(scenarios.flatMap(({ tags }) => tags));
  expect(Object.keys(s17.messages).filter((tag) => !said.has(tag))).toEqual([]);
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
});

test("both languages use the same arguments", () => {
  for (const [tag, { text, remedy }] of Object.entries(s17.messages)) {
    for (const { da, en } of [text, ...(remedy === undefined ? [] : [remedy])]) {
      expect({ tag, arguments: [...argumentsOf(en)].sort() }).toEqual({ tag, arguments: [...argumentsOf(da)].sort() });
    }
  }
});

test("every row of the specification is in SPEC.md, with scenarios that there are; its tags are those of the messages", () => {
  const read = (file: string): string => readFileSync(path.resolve(import.meta.dirname, "../..", file), "utf8");
  const { rows } = JSON.parse(read("docs/specification/s17-rows.json")) as { rows: readonly { id: string }[] };
  const spec = read("lib/requirements/s17/SPEC.md");
  const [, table = ""] = spec.split("## Rows\n");
  const cells = [...table.matchAll(/^\| ((?:17\.|edge )\d+) \| (.*?) \|/gm)].map((match) => match.slice(1, 3));
  expect(cells.map(([id]) => id)).toEqual(rows.map(({ id }) => id));
  const names = new Set(scenarios.map(({ name }) => name));
  const quoted = cells.flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""));
  expect(quoted.filter((one) => !names.has(one))).toEqual([]);
  const tags = [...spec.matchAll(/^\| `([A-Z0-9_]+)` \| ([a-z-]+) \| (.*) \|$/gm)].map((match) => match.slice(1, 4));
  expect(tags).toEqual(Object.entries(s17.messages).map(([tag, { outcome, text }]) => [tag, outcome, text.da]));
});

/** Names as long as ordinary ones get. */
const LONG = {
  ...{
    name: "www.visit-lyngby-taarbaek.com",
    domain: "visit-lyngby-taarbaek.com",
    host: "www.visit-lyngby-taarbaek.com",
  },
  ...{ start: "https://www.visit-lyngby.com", final: "www.visit-lyngby-taarbaek.com", between: "redirect.example.net" },
  ...{ address: "2a01:111:f403:ca05::5", ports: "80, 443", family: "ipv6", status: 301, seconds: 5, limit: 10 },
  ...{ code: "CERT_HAS_EXPIRED", problem: "scheme", reason: "null-mx" },
};

test.each(Object.entries(s17.messages))("%s fits with ordinary long names", (_, { text }) => {
  for (const language of ["da", "en"] as const) {
    const said = render(text[language], LONG, (code) => s17.terms?.[code]?.[language] ?? code);
    expect(said).not.toMatch(/[{}]/);
    expect({ said, long: said.length > TEXT_LIMIT }).toEqual({ said, long: false });
  }
});

describe("the exception for people abroad (17.6)", () => {
  const asOf = Date.parse("2026-11-23T10:00:00Z");
  const validUntil = Date.parse("2027-11-01T00:00:00Z");
  const exemption = {
    requirement: "S17",
    ...{ asset: "domain:visit-kommune.com", reason: "turister i udlandet", validUntil },
    by: { name: "Anna Andersen" },
  } as const;

  async function judgeExempted(title: string, moment: number) {
    const scenario = scenarios.find(({ name }) => name === title);
    if (scenario === undefined) throw new Error(`no scenario ${title}`);
    return evaluate(s17, {
      ...{ asset: scenario.asset(rehearsal), reading: "kommune-2024", asOf: moment },
      observations: await scenario.observe(rehearsal),
      statements: { attestations: [], exemptions: [exemption] },
    });
  }

  test.each(["a page on both ports", "mail, and no web"])(
    "%s: attested until its last day, and then not",
    async (title) => {
      expect(await judgeExempted(title, asOf)).toMatchObject({ verdict: "attested", cause: null });
      expect(await judgeExempted(title, validUntil)).toMatchObject({ verdict: "attested" });
      expect(await judgeExempted(title, validUntil + 1)).toMatchObject({ verdict: "fail" });
    },
  );

  test("the finding still stands, with who, why and until when", async () => {
    const { findings } = await judgeExempted("a page on both ports", asOf);
    expect(findings.find(({ outcome }) => outcome === "fail")).toMatchObject({
      tag: "S17_CONTENT",
      exempted: { by: "Anna Andersen", reason: "turister i udlandet", validUntil: "2027-11-01T00:00:00.000Z" },
    });
  });

  test("it makes nothing known that was not seen", async () => {
    expect(await judgeExempted("silent on both ports", asOf)).toMatchObject({ verdict: "indeterminate" });
  });
});

test("each clause of each scenario says something that decides it", async () => {
  for (const scenario of scenarios) {
    const { clauses, findings } = judge(scenario, await scenario.observe(rehearsal));
    expect(clauses.map(({ clause }) => clause)).toEqual(["1", "2"]);
    for (const { clause } of clauses) {
      const deciding = findings.filter((one) => one.clause === clause && one.outcome !== "warn");
      expect({ name: scenario.name, clause, deciding: deciding.length > 0 }).toMatchObject({ deciding: true });
    }
  }
});
