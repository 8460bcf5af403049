import { describe, expect, test } from "@jest/globals";
import type { Table } from "../../lib/ports.ts";
import { type Holder, type Lease, takeLease } from "../../lib/watch/lease.ts";
import { createMemoryTable } from "../support/memory-table.ts";

const NOW = Date.parse("2026-11-23T10:00:00.000Z");
const MINUTE = 60_000;
const alive = () => true;
const dead = () => false;

interface Taking {
  readonly now?: number;
  readonly isAlive?: (pid: number) => boolean;
  readonly token?: string;
}

function take(table: Table, pid: number, { now = NOW, isAlive = alive, token = `token of ${pid}` }: Taking = {}) {
  return takeLease(table, { pid, token }, { now: () => now }, isAlive);
}

async function taken(...args: Parameters<typeof take>): Promise<Lease> {
  const result = await take(...args);
  if ("heldBy" in result) throw new Error(`held by ${result.heldBy.pid}`);
  return result.lease;
}

async function holderIn(table: Table): Promise<Holder | null> {
  const item = await table.get("L#service", "lease");
  return item === null ? null : (item.body as Holder);
}

describe("a lease", () => {
  test("is one process's until it gives it back", async () => {
    const table = createMemoryTable();
    const lease = await taken(table, 1);
    expect(await take(table, 2)).toEqual({ heldBy: { pid: 1, token: "token of 1", renewedAt: NOW } });
    await lease.release();
    expect(await holderIn(table)).toBeNull();
    await taken(table, 2);
    expect((await holderIn(table))?.pid).toBe(2);
  });

  test("is taken at once from one that died, and from one whose number this process has", async () => {
    for (const [pid, isAlive] of [
      [2, dead],
      [1, alive],
    ] as const) {
      const table = createMemoryTable();
      await taken(table, 1);
      await taken(table, pid, { isAlive, token: "new" });
      expect(await holderIn(table)).toMatchObject({ pid, token: "new" });
    }
  });

  test.each([
    [MINUTE - 1, true],
    [MINUTE, false],
    [1 - MINUTE, true],
    // The clock was set back since: then its age says nothing, and a holder that lives renews within seconds.
    [-MINUTE, false],
  ])("that was renewed %i ms ago by one that seems to live is held: %p", async (age, isHeld) => {
    const table = createMemoryTable();
    await taken(table, 1);
    expect("heldBy" in (await take(table, 2, { now: NOW + age }))).toBe(isHeld);
  });

  test("can be renewed for as long as nobody else took it; then it says so, and is not given back", async () => {
    const table = createMemoryTable();
    let now = NOW;
    const first = await takeLease(table, { pid: 1, token: "a" }, { now: () => now }, alive);
    if ("heldBy" in first) throw new Error("held");
    now += MINUTE / 2;
    expect([await first.lease.renew(), await first.lease.renew()]).toEqual([true, true]);
    expect((await holderIn(table))?.renewedAt).toBe(now);
    expect("heldBy" in (await take(table, 2, { now: NOW + MINUTE }))).toBe(true);
    await taken(table, 2, { now: now + MINUTE });
    expect([await first.lease.renew(), await first.lease.renew()]).toEqual([false, false]);
    await first.lease.release();
    expect((await holderIn(table))?.pid).toBe(2);
  });

  test("is still held when a renewal was carried out whose answer was lost", async () => {
    const table = createMemoryTable();
    let isLost = false;
    const put: Table["put"] = async (...given) => {
      const isWritten = await table.put(...given);
      if (isLost) throw new Error("no answer");
      return isWritten;
    };
    const lease = await taken({ ...table, put }, 1);
    isLost = true;
    await expect(lease.renew()).rejects.toThrow("no answer");
    isLost = false;
    expect([await lease.renew(), await lease.renew()]).toEqual([true, true]);
    await lease.release();
    expect(await holderIn(table)).toBeNull();
  });

  test("goes to one of two that take it at the same moment", async () => {
    for (const before of [null, 9]) {
      const table = createMemoryTable();
      if (before !== null) await taken(table, before);
      const isAlive = (pid: number) => pid !== before;
      const results = await Promise.all([1, 2, 3].map((pid) => take(table, pid, { isAlive })));
      const winners = results.filter((result) => "lease" in result);
      expect(winners).toHaveLength(1);
      const holder = await holderIn(table);
      expect(results.flatMap((result) => ("heldBy" in result ? [result.heldBy] : []))).toEqual([holder, holder]);
    }
  });
});
