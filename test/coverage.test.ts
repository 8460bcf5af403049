/**
 * Row coverage: every row of a requirement's section of the specification stands in its SPEC.md, with the scenarios and
 * practice cases that show it or a written reason why none can.
 */
import { describe, expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Scenario } from "../lib/core/scenario.ts";
import { PRACTICE_CASES } from "../lib/practice/cases.ts";
import { REQUIREMENTS } from "../lib/requirements/index.ts";

const HOUSE = path.resolve(import.meta.dirname, "..");
/** A reason shorter than this explains nothing. */
const SHORTEST_REASON = 20;

interface Row {
  readonly id: string;
  readonly text: string;
}

interface Coverage {
  readonly scenarios: readonly string[];
  readonly cases: readonly string[];
  readonly reason: string;
}

function specificationRows(id: string): readonly Row[] {
  const file = path.join(HOUSE, "docs/specification", `${id.toLowerCase()}-rows.json`);
  if (!existsSync(file)) throw new Error(`${id} has no row list: run scripts/spec-rows.ts`);
  return (JSON.parse(readFileSync(file, "utf8")) as { rows: readonly Row[] }).rows;
}

const quoted = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

/** Reads the table under "## Rows": | row | scenarios | practice and lab cases | reason why none |. */
function coverageOf(id: string): ReadonlyMap<string, Coverage> {
  const spec = readFileSync(path.join(HOUSE, "lib/requirements", id.toLowerCase(), "SPEC.md"), "utf8");
  const section = spec.split(/^## /m).find((part) => part.startsWith("Rows\n")) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| ") && !/^\| (Row |---)/.test(line));
  return new Map(
    rows.map((line) => {
      const [row = "", scenarios = "", cases = "", reason = ""] = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [row, { scenarios: quoted(scenarios), cases: quoted(cases), reason }];
    }),
  );
}

describe.each(REQUIREMENTS.map(({ id }) => id))("rows of the specification: %s", (id) => {
  const rows = specificationRows(id);
  const coverage = coverageOf(id);

  test("every row is covered, or says why it cannot be", async () => {
    const { scenarios } = (await import(`../lib/requirements/${id.toLowerCase()}/scenarios.ts`)) as {
      scenarios: readonly Scenario[];
    };
    const scenarioNames = new Set(scenarios.map(({ name }) => name));
    const caseNames = new Set(PRACTICE_CASES.map((one) => one.class));
    const gaps = rows.flatMap(({ id: row }) => {
      const covered = coverage.get(row);
      if (covered === undefined) return [`${row}: not in SPEC.md`];
      const unknown = [
        ...covered.scenarios.filter((name) => !scenarioNames.has(name)),
        ...covered.cases.filter((name) => !caseNames.has(name)),
      ];
      if (unknown.length > 0) return [`${row}: names what does not exist: ${unknown.join(", ")}`];
      const shown = covered.scenarios.length + covered.cases.length > 0;
      return shown || covered.reason.length >= SHORTEST_REASON ? [] : [`${row}: neither shown nor excused`];
    });
    process.stderr.write(`${id}: ${rows.length - gaps.length} of ${rows.length} rows\n`);
    expect(gaps).toEqual([]);
  });

  test("SPEC.md lists no row that the specification does not have", () => {
    expect([...coverage.keys()].filter((row) => !rows.some(({ id: known }) => known === row))).toEqual([]);
  });
});
