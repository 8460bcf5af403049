import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { CliError } from "../../lib/cli/cli-error.ts";
import { holdingLease, holdingLeaseIfFree, tryLease } from "../../lib/cli/hold-lease.ts";
import { type DataFolder, StoreError, type Table } from "../../lib/ports.ts";
import { createMemoryEvidence, createMemoryTable } from "../support/memory-table.ts";

const LEASE = ["L#service", "lease"] as const;
const RENEWAL_MS = 10_000;
/** Lives, and is not this process. */
const OTHER = process.ppid;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function folderOn(table: Table): DataFolder {
  return { path: "/data", table, evidence: createMemoryEvidence(), close: () => Promise.resolve() };
}

function held(pid: number, revision: number) {
  const [pk, sk] = LEASE;
  return { pk, sk, revision, body: { pid, token: "another", renewedAt: Date.now() } };
}

const never = new AbortController().signal;
const untilAborted = (signal: AbortSignal) =>
  new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("stopped")));

describe("work under the lease", () => {
  test("has it for as long as it lasts, renewed, and gives it back", async () => {
    const table = createMemoryTable();
    const work = holdingLease(folderOn(table), never, async () => {
      const before = await table.get(...LEASE);
      await jest.advanceTimersByTimeAsync(3 * RENEWAL_MS);
      const after = await table.get(...LEASE);
      return (after?.revision ?? 0) - (before?.revision ?? 0);
    });
    expect(await work).toBe(3);
    expect(await table.get(...LEASE)).toBeNull();
    expect(jest.getTimerCount()).toBe(0);
  });

  test("is not begun while another process has it: 74, with its number", async () => {
    const table = createMemoryTable();
    await table.put(held(OTHER, 1), "absent");
    let isBegun = false;
    const refused = holdingLease(folderOn(table), never, async () => (isBegun = true));
    const error = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({ exitCode: 74, message: expect.stringContaining(`(pid ${OTHER})`) });
    expect(isBegun).toBe(false);
    expect(await table.get(...LEASE)).toMatchObject({ body: { pid: OTHER } });
  });

  test("is stopped when another has taken it over, which then keeps it", async () => {
    const table = createMemoryTable();
    const work = holdingLease(folderOn(table), never, untilAborted).catch((thrown: unknown) => thrown);
    await jest.advanceTimersByTimeAsync(0);
    await table.put(held(OTHER, 7), "always");
    await jest.advanceTimersByTimeAsync(RENEWAL_MS);
    expect(await work).toMatchObject({ exitCode: 74, message: expect.stringContaining("another") });
    expect(await table.get(...LEASE)).toMatchObject({ revision: 7 });
    expect(jest.getTimerCount()).toBe(0);
  });

  test("is not stopped by a renewal that the store refused", async () => {
    const table = createMemoryTable();
    let isFailing = false;
    const put: Table["put"] = (...given) =>
      isFailing ? Promise.reject(new StoreError("full", "/data", "no room")) : table.put(...given);
    const stop = new AbortController();
    const work = holdingLease(folderOn({ ...table, put }), stop.signal, untilAborted);
    await jest.advanceTimersByTimeAsync(0);
    isFailing = true;
    await jest.advanceTimersByTimeAsync(RENEWAL_MS);
    isFailing = false;
    await jest.advanceTimersByTimeAsync(RENEWAL_MS);
    stop.abort();
    expect(await work).toBe("stopped");
    expect(await table.get(...LEASE)).toBeNull();
  });

  test("that fails gives it back; and what it failed of is told, also where that cannot be done", async () => {
    for (const remove of [undefined, () => Promise.reject(new StoreError("unavailable", "/data", "gone"))]) {
      const table = createMemoryTable();
      const failing = { ...table, ...(remove === undefined ? {} : { remove }) };
      const failed = new StoreError("full", "/data", "no room");
      await expect(holdingLease(folderOn(failing), never, () => Promise.reject(failed))).rejects.toBe(failed);
      expect((await table.get(...LEASE)) === null).toBe(remove === undefined);
      expect(jest.getTimerCount()).toBe(0);
    }
  });
});

describe("work that can do without the lease", () => {
  test("has it, renewed, for as long as it lasts where it is free, and gives it back", async () => {
    const table = createMemoryTable();
    const work = holdingLeaseIfFree(folderOn(table), async (isHeld) => {
      await jest.advanceTimersByTimeAsync(3 * RENEWAL_MS);
      return [isHeld(), (await table.get(...LEASE))?.revision];
    });
    expect(await work).toEqual([true, 4]);
    expect(await table.get(...LEASE)).toBeNull();
    expect(jest.getTimerCount()).toBe(0);
  });

  test("is done without it where another has it, and leaves it alone", async () => {
    const table = createMemoryTable();
    await table.put(held(OTHER, 1), "absent");
    expect(await holdingLeaseIfFree(folderOn(table), async (isHeld) => isHeld())).toBe(false);
    expect(await table.get(...LEASE)).toMatchObject({ revision: 1, body: { pid: OTHER } });
    expect(jest.getTimerCount()).toBe(0);
  });

  test("knows when another has taken it over meanwhile, which then keeps it", async () => {
    const table = createMemoryTable();
    const work = holdingLeaseIfFree(folderOn(table), async (isHeld) => {
      await table.put(held(OTHER, 7), "always");
      await jest.advanceTimersByTimeAsync(RENEWAL_MS);
      return isHeld();
    });
    expect(await work).toBe(false);
    expect(await table.get(...LEASE)).toMatchObject({ revision: 7 });
  });
});

test("a lease of a process that is gone is free", async () => {
  const table = createMemoryTable();
  // Numbers of processes end well before this one.
  await table.put(held(2 ** 30, 1), "absent");
  expect(await tryLease(folderOn(table))).toHaveProperty("lease");
});
