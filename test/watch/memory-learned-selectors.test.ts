import { describe, expect, test } from "@jest/globals";
import type { Lesson } from "../../lib/mail/reports/lessons.ts";
import { weekOf } from "../../lib/mail/reports/days.ts";
import { sendersOfWeeks } from "../../lib/mail/reports/report-week.ts";
import type { Table } from "../../lib/ports.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { learnedSelectors, reportedSelectorsOf } from "../../lib/watch/memory/learned-selectors.ts";
import { name } from "../../lib/wire/name.ts";
import { createMemoryTable } from "../support/memory-table.ts";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");
const MUNICIPALITY = "0101";
const KOMMUNE = name("kommune.dk");

function lesson(fingerprint: string, changes: Partial<Lesson> = {}): Lesson {
  const firstDay = changes.firstDay ?? "2026-11-17";
  return {
    ...{ domain: KOMMUNE, week: weekOf(Date.parse(firstDay) / 1000), fingerprint, reporter: "google.com" },
    ...{ firstDay, lastDay: firstDay },
    selectors: [{ selector: "s1", passed: 5 }],
    senders: [{ block: "192.0.2.0/24", spf: "pass", dkim: "pass", count: 5 }],
    ...changes,
  };
}

function memoryOver(table: Table = createMemoryTable()) {
  return createMemory(table);
}

describe("what reports taught", () => {
  test("is there, by domain, and as probes ask for it", async () => {
    const memory = memoryOver();
    const outcomes = await memory.reports.learn(MUNICIPALITY, [
      lesson("a"),
      lesson("b", { firstDay: "2026-11-09", selectors: [{ selector: "s2", passed: 1 }] }),
      lesson("c", { domain: name("nyt.kommune.dk") }),
    ]);
    expect(outcomes).toEqual(["learned", "learned", "learned"]);
    const s1 = { selector: "s1", passed: 5, firstDay: "2026-11-17", lastDay: "2026-11-17", reporters: ["google.com"] };
    const s2 = { selector: "s2", passed: 1, firstDay: "2026-11-09", lastDay: "2026-11-09", reporters: ["google.com"] };
    expect(await learnedSelectors(memory, MUNICIPALITY, KOMMUNE, NOW)).toEqual([s1, s2]);
    const reported = await reportedSelectorsOf(memory, MUNICIPALITY, NOW);
    expect(reported(KOMMUNE)).toEqual([s1, s2]);
    expect(reported(name("nyt.kommune.dk"))).toEqual([s1]);
    expect(reported(name("dk"))).toEqual([]);
    expect(await learnedSelectors(memory, "0202", KOMMUNE, NOW)).toEqual([]);
    const weeks = await memory.reports.weeksOf(MUNICIPALITY, KOMMUNE, NOW);
    expect(weeks.map(({ week }) => week)).toEqual(["2026-11-09", "2026-11-16"]);
    expect(sendersOfWeeks(weeks)).toEqual([{ block: "192.0.2.0/24", spf: "pass", dkim: "pass", count: 10 }]);
  });

  test("is not counted again, in the same call or later", async () => {
    const memory = memoryOver();
    expect(await memory.reports.learn(MUNICIPALITY, [lesson("a"), lesson("a"), lesson("b")])).toEqual([
      "learned",
      "known",
      "learned",
    ]);
    expect(await memory.reports.learn(MUNICIPALITY, [lesson("b"), lesson("a")])).toEqual(["known", "known"]);
    expect(await learnedSelectors(memory, MUNICIPALITY, KOMMUNE, NOW)).toMatchObject([{ passed: 10 }]);
  });

  test("is counted once when several take in the same reports at the same time", async () => {
    const table = createMemoryTable();
    const reports = Array.from({ length: 20 }, (_, n) => lesson(String(n)));
    const outcomes = await Promise.all(
      [1, 2, 3].map((worker) => memoryOver(table).reports.learn(MUNICIPALITY, reports.slice(worker))),
    );
    expect(outcomes.flat().filter((outcome) => outcome === "learned")).toHaveLength(19);
    expect(await learnedSelectors(memoryOver(table), MUNICIPALITY, KOMMUNE, NOW)).toMatchObject([{ passed: 95 }]);
  });

  test("is not touched when there is nothing new", async () => {
    const table = createMemoryTable();
    await memoryOver(table).reports.learn(MUNICIPALITY, [lesson("a")]);
    let writes = 0;
    const watched: Table = {
      ...table,
      put: (item, condition) => {
        writes += 1;
        return table.put(item, condition);
      },
    };
    await memoryOver(watched).reports.learn(MUNICIPALITY, [lesson("a")]);
    expect(writes).toBe(0);
  });

  test("is forgotten after half a year, and not told before it is", async () => {
    const memory = memoryOver();
    const days = ["2026-05-18", "2026-05-25", "2026-11-17"];
    await memory.reports.learn(
      MUNICIPALITY,
      days.map((firstDay) => lesson(firstDay, { firstDay })),
    );
    const told = await memory.reports.weeks(MUNICIPALITY, NOW);
    expect(told.map(({ week }) => week)).toEqual(["2026-05-25", "2026-11-16"]);
    expect(await memory.reports.weeksOf(MUNICIPALITY, KOMMUNE, NOW)).toEqual(told);
    expect(await memory.reports.forget(MUNICIPALITY, NOW)).toBe(1);
    expect(await memory.reports.forget(MUNICIPALITY, NOW)).toBe(0);
    expect(await memory.reports.weeks(MUNICIPALITY, NOW)).toEqual(told);
  });
});

test.each([
  ["a field less", { senders: undefined }, "not of its form: senders"],
  ["a field more", { more: 1 }, "not of its form"],
  ["a name that is none", { domain: "Kommune.dk" }, "expected an absolute name"],
  ["another domain", { domain: "anden.dk." }, "belongs under P#0101 / 2026-11-16#anden.dk."],
])("an item with %s is corrupt", async (_, change, problem) => {
  const table = createMemoryTable();
  const memory = memoryOver(table);
  await memory.reports.learn(MUNICIPALITY, [lesson("a")]);
  const [item] = await table.query("P#0101");
  if (item === undefined) throw new Error("nothing was put");
  await table.put({ ...item, body: { ...(item.body as object), ...change } }, "always");
  await expect(memory.reports.weeks(MUNICIPALITY, NOW)).rejects.toThrow(problem);
});
