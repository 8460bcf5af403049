import { beforeEach, describe, expect, test } from "@jest/globals";
import { LARGEST_BODY, type Table } from "../../lib/ports.ts";
import type { Memory, Snapshot } from "../../lib/watch/memory.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import type { Summary } from "../../lib/watch/summary.ts";
import { addressOf, HOUR, moment, SUBJECT } from "../support/looks.ts";
import { createMemoryTable } from "../support/memory-table.ts";
import { dyingAfter, livesThrough, untilItLives } from "./support/interrupted-table.ts";
import { stateOf } from "./support/transitions.ts";

const { municipality } = SUBJECT;
const DAY = "2026-03-01";

let table: Table;
let memory: Memory;

beforeEach(() => {
  table = createMemoryTable();
  memory = createMemory(table);
});

/** What was so at the close so many hours after the start: each row tells which close it is of. */
function closeAt(hour: number, assets: number): Snapshot {
  const { verdict, cause, since, observedAt, deciding, evidence, judgement, evidenceAt, last } = stateOf();
  const rows = Array.from({ length: assets }, (_, index) => ({
    ...{ asset: `domain:${"x".repeat(200)}${index}.dk`, verdict, cause, since, observedAt, deciding },
    ...{ rules: `close ${hour}`, evidence, judgement, evidenceAt, last },
  }));
  return { closedAt: moment(hour * HOUR), inventory: addressOf(`inventory ${hour}`), rows };
}

/** What is read on a day, when it is of one close alone. */
async function readOn(date: string, from: Memory = memory) {
  const read = await from.days.snapshot(municipality, date, "S18");
  if (read === null) return null;
  const closes = new Set(read.rows.map(({ rules }) => rules));
  if (closes.size > 1) throw new Error(`rows of ${[...closes].join(" and ")}`);
  return read;
}

describe("a snapshot", () => {
  const large = closeAt(1, 600);

  test("is read as it was written, however many rows it has", async () => {
    for (const assets of [600, 1, 0, 250]) {
      const snapshot = closeAt(assets, assets);
      await memory.days.putSnapshot(
        municipality,
        `2026-04-${String((assets % 30) + 1).padStart(2, "0")}`,
        "S18",
        snapshot,
      );
      const read = await readOn("2026-04-30");
      expect(read).toMatchObject({ closedAt: snapshot.closedAt, inventory: snapshot.inventory });
      expect(read?.rows).toEqual(snapshot.rows);
      await table.remove("D#101", `S18#${read?.date ?? ""}`);
    }
    expect(JSON.stringify(large.rows).length).toBeGreaterThan(3 * LARGEST_BODY);
  });

  test("is the latest on or before the day, of its own requirement and municipality", async () => {
    const put = (date: string, hour: number, requirement: "S18" | "S19" | "S20" = "S18", of = municipality) =>
      memory.days.putSnapshot(of, date, requirement, closeAt(hour, 2));
    await put("2026-03-02", 30);
    await put("2026-02-27", 1);
    await put("2026-03-01", 9, "S19");
    await put("2026-03-01", 9, "S20");
    await put("2026-03-01", 9, "S18", "1010");
    const dates = ["2026-02-26", "2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2027-01-01"];
    const read = await Promise.all(dates.map(async (date) => (await readOn(date))?.date ?? null));
    expect(read).toEqual([null, "2026-02-27", "2026-02-27", "2026-02-27", "2026-03-02", "2026-03-02"]);
  });

  test("is that of the day's last close, with fewer rows or more, and leaves no others behind", async () => {
    for (const [hour, assets] of [
      [1, 600],
      [2, 3],
      [3, 300],
    ] as const) {
      await memory.days.putSnapshot(municipality, DAY, "S18", closeAt(hour, assets));
      expect((await readOn(DAY))?.rows).toEqual(closeAt(hour, assets).rows);
    }
    const left = await table.query(`D#101#S18#${DAY}`);
    expect(new Set(left.map(({ sk }) => sk.split("#")[0]))).toEqual(new Set([moment(3 * HOUR)]));
  });

  test("is not replaced by that of an earlier close", async () => {
    await memory.days.putSnapshot(municipality, DAY, "S18", closeAt(2, 3));
    await memory.days.putSnapshot(municipality, DAY, "S18", closeAt(1, 600));
    expect((await readOn(DAY))?.closedAt).toBe(moment(2 * HOUR));
    expect((await readOn(DAY))?.rows).toEqual(closeAt(2, 3).rows);
  });

  test("is that of the close before or of this one, wherever writing it is cut short", async () => {
    const later = closeAt(2, 400);
    let last = 1;
    for (; ; last += 1) {
      const own = createMemoryTable();
      await createMemory(own).days.putSnapshot(municipality, DAY, "S18", large);
      const isEnded = await livesThrough(dyingAfter(own, last), (dying) =>
        createMemory(dying).days.putSnapshot(municipality, DAY, "S18", later),
      );
      const read = await readOn(DAY, createMemory(own));
      expect([large.rows, later.rows]).toContainEqual(read?.rows);
      await createMemory(own).days.putSnapshot(municipality, DAY, "S18", later);
      expect((await readOn(DAY, createMemory(own)))?.rows).toEqual(later.rows);
      if (isEnded) break;
    }
    expect(last).toBeGreaterThan(5);
    await untilItLives(table, (dying) => createMemory(dying).days.putSnapshot(municipality, DAY, "S18", later));
    expect((await readOn(DAY))?.rows).toEqual(later.rows);
  });

  test("that is replaced while it is read is read anew", async () => {
    await memory.days.putSnapshot(municipality, DAY, "S18", large);
    let isReplaced = false;
    const slow: Table = {
      ...table,
      query: async (pk, range) => {
        const items = await table.query(pk, range);
        if (!isReplaced && pk === "D#101") {
          isReplaced = true;
          await memory.days.putSnapshot(municipality, DAY, "S18", closeAt(2, 500));
        }
        return items;
      },
    };
    expect((await readOn(DAY, createMemory(slow)))?.rows).toEqual(closeAt(2, 500).rows);
  });

  test("whose rows are not all there, or were altered, is corrupt", async () => {
    await memory.days.putSnapshot(municipality, DAY, "S18", large);
    const pk = `D#101#S18#${DAY}`;
    const [first, second] = await table.query(pk);
    if (first === undefined || second === undefined) throw new Error("no rows");
    await table.remove(pk, second.sk);
    const problem = { name: "StoreError", problem: "corrupt" };
    await expect(readOn(DAY)).rejects.toMatchObject({ ...problem, path: `D#101 / S18#${DAY}` });
    await table.put(second, "always");
    await table.put({ ...first, body: [{ asset: 1 }] }, "always");
    await expect(readOn(DAY)).rejects.toMatchObject({ ...problem, path: `${pk} / ${first.sk}` });
  });
});

describe("the summary", () => {
  const summary: Summary = {
    ...{ municipality, name: "Eksempelkommune", reading: "kommune-2024", closedAt: moment(0), run: "domains/x" },
    suspect: false,
    requirements: [
      {
        ...{ requirement: "S18", verdict: "indeterminate", cause: "no-inventory", since: moment(0), oldest: null },
        ...{ assets: { pass: 0, fail: 0, indeterminate: 0, "not-applicable": 0, attested: 0 } },
        ...{ stale: 0, openRegressions: 0 },
      },
    ],
  };

  test("is the last that was written", async () => {
    expect(await memory.days.summary(municipality)).toBeNull();
    await memory.days.putSummary(summary);
    await memory.days.putSummary({ ...summary, suspect: true });
    expect(await memory.days.summary(municipality)).toEqual({ ...summary, suspect: true });
    expect(await memory.days.summary("102")).toBeNull();
  });

  test("that was altered is corrupt", async () => {
    const body = { ...summary, requirements: [{ ...summary.requirements[0], assets: { pass: 0 } }] };
    await table.put({ pk: "S#101", sk: "summary", revision: 1, body }, "always");
    await expect(memory.days.summary(municipality)).rejects.toMatchObject({ path: "S#101 / summary" });
  });
});

describe("gaps", () => {
  test("are listed by requirement and asset until they are removed, each with the last answer before it", async () => {
    const other = { ...SUBJECT, asset: "domain:a.dk" };
    await memory.gaps.put(SUBJECT, moment(0));
    await memory.gaps.put(SUBJECT, moment(1));
    await memory.gaps.put(other, moment(2));
    await memory.gaps.put({ ...SUBJECT, municipality: "102" }, moment(3));
    expect(await memory.gaps.all(municipality)).toEqual([
      { subject: other, observedAt: moment(2) },
      { subject: SUBJECT, observedAt: moment(1) },
    ]);
    await memory.gaps.remove(other);
    await memory.gaps.remove(other);
    expect(await memory.gaps.all(municipality)).toEqual([{ subject: SUBJECT, observedAt: moment(1) }]);
  });

  test("keep nothing of a subject but its names", async () => {
    await memory.gaps.put(stateOf(), moment(0));
    expect(await memory.gaps.all(municipality)).toEqual([{ subject: SUBJECT, observedAt: moment(0) }]);
  });
});
