import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Inventory } from "../../lib/inventory/inventory.ts";
import type { Table } from "../../lib/ports.ts";
import type { Alert } from "../../lib/watch/alert.ts";
import { HOUR, START } from "../support/looks.ts";
import { Crash, crashingAt, createCopyableTable } from "./support/crashing-table.ts";
import { createWorld, type Seen, type World } from "./support/world.ts";

const ZONE = { verdict: "fail", isCertain: true, deciding: [{ tag: "S18_BOGUS", about: "dk" }] } as const;
const MENDED = { verdict: "pass", isCertain: true } as const;
const DOMAINS = [
  ...["zone1.dk", "zone2.dk", "zone3.dk", "unsigned.dk", "mended1.dk", "mended2.dk", "held1.dk", "held2.dk"],
  ...["silent1.dk", "silent2.dk", "failing1.dk", "failing2.dk", "open.dk", "candidate.dk", "fine.dk"],
  // So many that what breaks is not most of them.
  ...["fine1.dk", "fine2.dk", "fine3.dk", "fine4.dk"],
];
/** Seven o'clock on a Sunday in Denmark; the run under test is of this hour. */
const HOUR_CLOSED = 6;
const CLOSED_AT = START + HOUR_CLOSED * HOUR + 60_000;
const BY = { name: "Anna" };
/** The exemption comes within its thirty days between the last two rounds. */
const MONTH_BEFORE = START + HOUR_CLOSED * HOUR;
const INVENTORY: Partial<Inventory> = {
  exemptions: [
    ...([
      { requirement: "S18", asset: "domain:fine.dk", reason: "", by: BY, validUntil: MONTH_BEFORE + 720 * HOUR },
    ] as const),
  ],
};

/** Every write is tried for the plain repeat; every other one for what is rarer. */
const STEP = 2;

const ALWAYS: Seen = { "failing1.dk": "fail", "failing2.dk": "fail" };
const BROKEN: Seen = { ...ALWAYS, "mended1.dk": ZONE, "mended2.dk": ZONE, "open.dk": ZONE };
const SILENT: Seen = { "silent1.dk": "indeterminate", "silent2.dk": "indeterminate" };
const CLOSED: Seen = {
  ...{ ...ALWAYS, ...SILENT, "open.dk": "fail", "mended1.dk": MENDED, "mended2.dk": MENDED },
  ...{ "held1.dk": MENDED, "held2.dk": MENDED, "zone1.dk": ZONE, "zone2.dk": ZONE, "zone3.dk": ZONE },
  ...{ "unsigned.dk": { verdict: "fail", isCertain: true }, "candidate.dk": "fail" },
};

/** Everything that a close can have to tell lies ready: the run of the hour is open, its outboxes unpublished. */
async function prepare(table: Table, hour = HOUR_CLOSED): Promise<string> {
  const world = createWorld(DOMAINS, INVENTORY, table);
  await world.close(await world.look(0, ALWAYS));
  await world.close(await world.look(1, BROKEN));
  await world.close(await world.look(4, BROKEN));
  const held = { ...BROKEN, ...SILENT, "held1.dk": ZONE, "held2.dk": ZONE };
  await world.close(await world.look(5, held, { suspect: "controls" }));
  return world.look(hour, CLOSED);
}

const seeded = createCopyableTable();
let run = "";
let expected: readonly unknown[] = [];

beforeAll(async () => {
  run = await prepare(seeded);
  const world = createWorld(DOMAINS, INVENTORY, await seeded.copy());
  await world.close(run, CLOSED_AT);
  expected = await comparable(world);
});

/** Alerts as they must come out, whenever they were made. */
async function comparable(world: World): Promise<readonly unknown[]> {
  const alerts = (await world.alerts()).map((alert) => ({ ...alert, createdAt: null }));
  return alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function told(alerts: readonly Alert[]): readonly string[] {
  return alerts.flatMap((alert) =>
    "members" in alert && alert.kind !== "gap"
      ? alert.members.map(({ asset, number }) => `${asset} ${String(number)}`)
      : [],
  );
}

function isEachOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

/** Closes over a table that crashes at its `nth` write; false when it came to its end before that. */
async function crashes(table: Table, nth: number, when: "before" | "after", now = CLOSED_AT): Promise<boolean> {
  const world = createWorld(DOMAINS, INVENTORY, crashingAt(table, nth, when));
  try {
    await world.close(run, now);
    return false;
  } catch (error) {
    if (error instanceof Crash) return true;
    throw error;
  }
}

async function writesOfClose(): Promise<number> {
  const table = await seeded.copy();
  let writes = 0;
  const counting: Table = {
    ...table,
    put: (item, condition) => ((writes += 1), table.put(item, condition)),
    remove: (pk, sk, condition) => ((writes += 1), table.remove(pk, sk, condition)),
  };
  await createWorld(DOMAINS, INVENTORY, counting).close(run, CLOSED_AT);
  return writes;
}

describe("a close that dies and is repeated", () => {
  test("has everything to tell in this test", () => {
    const kinds = expected.map((alert) => (alert as Alert).kind).toSorted();
    expect(kinds).toEqual([
      ...["digest", "doubt", "forecast", "gap", "recovery"],
      ...["regression", "regression", "regression"],
    ]);
    expect(isEachOnce(told(expected as readonly Alert[]))).toBe(true);
    expect(told(expected as readonly Alert[]).some((name) => name.includes("held"))).toBe(false);
  });

  test.each(["before", "after"] as const)("files the same alerts, wherever it died (%s the write)", async (when) => {
    const writes = await writesOfClose();
    expect(writes).toBeGreaterThan(50);
    for (let nth = 1; nth <= writes; nth += 1) {
      const table = await seeded.copy();
      expect(await crashes(table, nth, when)).toBe(true);
      const world = createWorld(DOMAINS, INVENTORY, table);
      await world.close(run, CLOSED_AT + 30_000);
      expect({ nth, alerts: await comparable(world) }).toEqual({ nth, alerts: expected });
      expect(await world.memory.notices.all("101")).toEqual([]);
      expect(await world.memory.gaps.all("101")).toHaveLength(2);
      expect((await world.memory.runs.of("101", run))?.value.closedAt).not.toBeNull();
      expect(await world.memory.alerts.undelivered("101")).toHaveLength(expected.length);
    }
  });

  test("may die again and again", async () => {
    const writes = await writesOfClose();
    for (let nth = 1; nth <= writes; nth += 3) {
      const table = await seeded.copy();
      await crashes(table, nth, "after");
      await crashes(table, (nth * 7) % 23, "before", CLOSED_AT + 10_000);
      await crashes(table, (nth * 5) % 11, "after", CLOSED_AT + 20_000);
      const world = createWorld(DOMAINS, INVENTORY, table);
      await world.close(run, CLOSED_AT + 30_000);
      expect({ nth, alerts: await comparable(world) }).toEqual({ nth, alerts: expected });
    }
  });

  test("tells nothing twice and loses nothing when the next round comes before it is repeated", async () => {
    const writes = await writesOfClose();
    const whole = told(expected as readonly Alert[]).toSorted();
    for (let nth = 1; nth <= writes; nth += STEP) {
      const table = await seeded.copy();
      await crashes(table, nth, "after");
      const world = createWorld(DOMAINS, INVENTORY, table);
      await world.close(await world.look(HOUR_CLOSED + 1, CLOSED));
      await world.close(run, CLOSED_AT + HOUR + 120_000);
      await world.close(await world.look(HOUR_CLOSED + 2, { ...CLOSED, "candidate.dk": "pass" }));
      const found = told(await world.alerts()).filter((name) => !name.startsWith("domain:candidate.dk"));
      expect({ nth, told: found.toSorted() }).toEqual({ nth, told: whole });
      expect(await world.memory.notices.all("101")).toEqual([]);
    }
  });

  test("tells only once of a subject that turned over in between", async () => {
    const writes = await writesOfClose();
    for (let nth = 1; nth <= writes; nth += STEP) {
      const table = await seeded.copy();
      await crashes(table, nth, "after");
      const world = createWorld(DOMAINS, INVENTORY, table);
      const turned = { ...CLOSED, "zone1.dk": MENDED, "mended1.dk": ZONE };
      const next = await world.look(HOUR_CLOSED + 1, turned);
      await world.close(run, CLOSED_AT + HOUR);
      await world.close(next);
      await world.close(await world.look(HOUR_CLOSED + 2, turned));
      const found = told(await world.alerts());
      expect({ nth, isEachOnce: isEachOnce(found) }).toEqual({ nth, isEachOnce: true });
      const zone1 = found.filter((name) => name.startsWith("domain:zone1.dk"));
      // Its end is told exactly when its beginning was.
      expect({ nth, zone1: zone1.length % 2 }).toEqual({ nth, zone1: 0 });
      expect(await world.memory.notices.all("101")).toEqual([]);
    }
  });

  test("a digest that was begun on one day is finished on another", async () => {
    const writes = await writesOfClose();
    for (let nth = 1; nth <= writes; nth += STEP) {
      const table = await seeded.copy();
      await crashes(table, nth, "after");
      const world = createWorld(DOMAINS, INVENTORY, table);
      await world.close(run, CLOSED_AT + 48 * HOUR);
      const found = told(await world.alerts()).filter((name) => name.includes("failing"));
      expect({ nth, found: found.toSorted() }).toEqual({
        nth,
        found: ["domain:failing1.dk 1", "domain:failing2.dk 1"],
      });
      expect(await world.memory.notices.all("101")).toEqual([]);
    }
  });

  test("a doubted run stays doubted, and holds what it held", async () => {
    const doubted = createCopyableTable();
    const domains = DOMAINS.slice(0, 8);
    const before = createWorld(domains, {}, doubted);
    await before.close(await before.look(0));
    const mass = Object.fromEntries(domains.map((each) => [each, ZONE]));
    const held = await before.look(1, mass);
    for (const when of ["before", "after"] as const) {
      for (let nth = 1, died = true; died; nth += 1) {
        const table = await doubted.copy();
        const dying = createWorld(domains, {}, crashingAt(table, nth, when));
        died = await dying.close(held).then(
          () => false,
          (error: unknown) => error instanceof Crash,
        );
        const world = createWorld(domains, {}, table);
        await world.close(held, START + HOUR + 300_000);
        expect(await world.alerts()).toMatchObject([{ kind: "doubt", suspicion: "mass" }]);
        await world.close(await world.look(2, mass));
        expect((await world.alerts()).map(({ kind }) => kind)).toEqual(["doubt", "regression"]);
        expect(await world.memory.notices.all("101")).toEqual([]);
      }
    }
  });

  test("a gap that opens before the close is repeated is told by a later one", async () => {
    const gaps = createCopyableTable();
    const before = createWorld(["a.dk", "b.dk"], {}, gaps);
    await before.close(await before.look(0));
    await before.close(await before.look(1, { "a.dk": "indeterminate" }));
    const both = { "a.dk": "indeterminate", "b.dk": "indeterminate" } as const;
    const missed = await before.look(2, both);
    for (let nth = 1, died = true; died; nth += 1) {
      const table = await gaps.copy();
      const dying = createWorld(["a.dk", "b.dk"], {}, crashingAt(table, nth, "after"));
      died = await dying.close(missed).then(
        () => false,
        (error: unknown) => error instanceof Crash,
      );
      const world = createWorld(["a.dk", "b.dk"], {}, table);
      await world.close(missed, START + 3.5 * HOUR);
      await world.close(await world.look(4, both));
      const found = (await world.alerts()).flatMap((alert) => (alert.kind === "gap" ? alert.members : []));
      expect({ nth, found: found.map(({ asset }) => asset).toSorted() }).toEqual({
        nth,
        found: ["domain:a.dk", "domain:b.dk"],
      });
    }
  });
});
