import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openDataFolder } from "../../lib/adapters/data-folder.ts";
import { LARGEST_BODY, type DataFolder, type Item, type Range, type Table } from "../../lib/ports.ts";
import { createMemoryTable } from "../support/memory-table.ts";

interface Opened {
  readonly table: Table;
  close(): Promise<void>;
}

const TABLES: readonly (readonly [string, () => Promise<Opened>])[] = [
  ["in memory", async () => ({ table: createMemoryTable(), close: async () => undefined })],
  ["on disk", openOnDisk],
  ["on disk, by way of another", openBeside],
];

async function openOnDisk(): Promise<Opened & { readonly folder: string; readonly data: DataFolder }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "kravvagt-test-"));
  const data = await openDataFolder(folder, { create: true });
  const close = async (): Promise<void> => {
    await data.close();
    await rm(folder, { recursive: true });
  };
  return { table: data.table, close, folder, data };
}

async function openBeside(): Promise<Opened> {
  const host = await openOnDisk();
  const guest = await openDataFolder(host.folder, { create: false });
  const close = async (): Promise<void> => {
    await guest.close();
    await host.close();
  };
  return { table: guest.table, close };
}

const LOW_SURROGATE = "\udc00";
/** Where the order of UTF-8 and of code units differ: U+FFFD is three octets, a pair is four but begins with U+D83D. */
const SORT_KEYS = [
  "a",
  "a#1",
  "a#10",
  "a#2",
  "b",
  "é",
  "\ud7fe",
  "\ud7ff",
  "\u{1f600}",
  LOW_SURROGATE,
  "\ufffd",
  "\uffff",
];

describe.each(TABLES)("a table %s", (_, openTable) => {
  let table: Table;
  let close: () => Promise<void>;
  let partitions = 0;

  beforeAll(async () => ({ table, close } = await openTable()));
  afterAll(() => close());

  /** A partition that no other test has touched. */
  function partition(): string {
    partitions += 1;
    return `P#${partitions}`;
  }

  function item(pk: string, sk: string, revision = 1, body: unknown = { of: sk }): Item {
    return { pk, sk, revision, body };
  }

  async function fill(sortKeys: readonly string[]): Promise<string> {
    const pk = partition();
    for (const sk of sortKeys) await table.put(item(pk, sk), "always");
    return pk;
  }

  async function keysIn(pk: string, range?: Range): Promise<readonly string[]> {
    return (await table.query(pk, range)).map(({ sk }) => sk);
  }

  test("what was never put is not there", async () => {
    expect(await table.get(partition(), "a")).toBeNull();
    expect(await table.query(partition())).toEqual([]);
  });

  test("what was put is there, and shares nothing with what was given", async () => {
    const pk = partition();
    const body = {
      list: [1, { deep: "æ" }],
      gone: undefined,
      empty: "",
      nothing: null,
      yes: true,
      real: -1.5e-7,
      far: 1e21,
    };
    expect(await table.put(item(pk, "a", 7, body), "always")).toBe(true);
    body.list.push(2);
    const found = await table.get(pk, "a");
    const kept = Object.fromEntries(Object.entries(body).filter(([name]) => name !== "gone"));
    expect(found).toEqual({ pk, sk: "a", revision: 7, body: { ...kept, list: [1, { deep: "æ" }] } });
    (found?.body as typeof body).list.push(3);
    expect((await table.get(pk, "a"))?.body).toEqual({ ...kept, list: [1, { deep: "æ" }] });
  });

  test("a body may be any JSON", async () => {
    const pk = partition();
    const number = fc.oneof(
      fc.integer(),
      fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((it) => Math.abs(it) > 1e-9),
    );
    const text = fc.string({ unit: "grapheme", maxLength: 20 });
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof({ maxDepth: 4 }, number, text, fc.boolean(), fc.constant(null), tie("list"), tie("map")),
      list: fc.array(tie("json"), { maxLength: 4 }),
      map: fc.dictionary(
        text.filter((key) => key !== "__proto__"),
        tie("json"),
        { maxKeys: 4, noNullPrototype: true },
      ),
    }));
    const property = fc.asyncProperty(json, async (body) => {
      await table.put(item(pk, "a", 1, body), "always");
      expect((await table.get(pk, "a"))?.body).toEqual(JSON.parse(JSON.stringify(body)));
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test("absent: only the first put is written", async () => {
    const pk = partition();
    expect(await table.put(item(pk, "a", 1, "first"), "absent")).toBe(true);
    expect(await table.put(item(pk, "a", 1, "second"), "absent")).toBe(false);
    expect((await table.get(pk, "a"))?.body).toBe("first");
    expect(await table.put(item(pk, "b", 1, "beside"), "absent")).toBe(true);
  });

  test("revision: only in place of the one that was read", async () => {
    const pk = partition();
    expect(await table.put(item(pk, "a", 2), { revision: 1 })).toBe(false);
    expect(await table.get(pk, "a")).toBeNull();
    await table.put(item(pk, "a", 1), "absent");
    expect(await table.put(item(pk, "a", 2, "two"), { revision: 1 })).toBe(true);
    expect(await table.put(item(pk, "a", 2, "late"), { revision: 1 })).toBe(false);
    expect(await table.get(pk, "a")).toEqual(item(pk, "a", 2, "two"));
  });

  test("always: whatever stands there", async () => {
    const pk = partition();
    await table.put(item(pk, "a", 9), "always");
    expect(await table.put(item(pk, "a", 1, "anew"), "always")).toBe(true);
    expect(await table.get(pk, "a")).toEqual(item(pk, "a", 1, "anew"));
  });

  test("removing: under a condition, and what is not there is no failure", async () => {
    const pk = await fill(["a", "b"]);
    expect(await table.remove(pk, "a", { revision: 2 })).toBe(false);
    expect(await table.remove(pk, "a", "absent")).toBe(false);
    expect(await table.get(pk, "a")).not.toBeNull();
    expect(await table.remove(pk, "a", { revision: 1 })).toBe(true);
    expect(await table.get(pk, "a")).toBeNull();
    expect(await table.remove(pk, "a", { revision: 1 })).toBe(false);
    expect(await table.remove(pk, "a", "absent")).toBe(true);
    expect(await table.remove(pk, "a")).toBe(true);
    expect(await keysIn(pk)).toEqual(["b"]);
  });

  test("a query gives one partition in the order of code units, either way", async () => {
    const pk = await fill(SORT_KEYS.toReversed());
    await table.put(item(`${pk}x`, "a"), "always");
    expect(await keysIn(pk)).toEqual(SORT_KEYS);
    expect(await keysIn(pk, { newestFirst: true })).toEqual(SORT_KEYS.toReversed());
  });

  test("a query takes both ends, a prefix and a limit", async () => {
    const pk = await fill(SORT_KEYS);
    expect(await keysIn(pk, { from: "a#10", to: "b" })).toEqual(["a#10", "a#2", "b"]);
    expect(await keysIn(pk, { from: "\ufffd" })).toEqual(["\ufffd", "\uffff"]);
    expect(await keysIn(pk, { to: "a#1" })).toEqual(["a", "a#1"]);
    expect(await keysIn(pk, { to: "" })).toEqual([]);
    expect(await keysIn(pk, { from: "", prefix: "" })).toEqual(SORT_KEYS);
    expect(await keysIn(pk, { prefix: "a#1" })).toEqual(["a#1", "a#10"]);
    expect(await keysIn(pk, { prefix: "\ud83d" })).toEqual(["\u{1f600}"]);
    expect(await keysIn(pk, { prefix: "a", from: "a#10", to: "a#2" })).toEqual(["a#10", "a#2"]);
    expect(await keysIn(pk, { prefix: "a", from: "b" })).toEqual([]);
    expect(await keysIn(pk, { from: "b", to: "a" })).toEqual([]);
    expect(await keysIn(pk, { limit: 2 })).toEqual(["a", "a#1"]);
    expect(await keysIn(pk, { limit: 2, newestFirst: true, to: "b" })).toEqual(["b", "a#2"]);
    expect(await keysIn(pk, { limit: 0 })).toEqual([]);
  });

  test("a query has no end of its own: many items, and large ones", async () => {
    const many = Array.from({ length: 900 }, (_unused, number) => `k${String(number).padStart(4, "0")}`);
    const pk = partition();
    await Promise.all(many.map((sk) => table.put(item(pk, sk), "always")));
    expect(await keysIn(pk)).toEqual(many);
    expect(await keysIn(pk, { newestFirst: true, limit: 500, prefix: "k0" })).toEqual(many.slice(400).toReversed());

    const large = partition();
    const text = "x".repeat(LARGEST_BODY - 2);
    const few = many.slice(0, 40);
    for (const sk of few) await table.put(item(large, sk, 1, text), "always");
    expect(await keysIn(large)).toEqual(few);
  });

  test("a body or key that is too large is refused, and changes nothing", async () => {
    const pk = await fill(["a"]);
    const tooLarge = expect.objectContaining({ name: "StoreError", problem: "too-large" });
    const body = "x".repeat(LARGEST_BODY - 1);
    await expect(table.put(item(pk, "a", 2, body), "always")).rejects.toEqual(tooLarge);
    await expect(table.put(item(pk, "æ".repeat(513)), "always")).rejects.toEqual(tooLarge);
    await expect(table.put(item("æ".repeat(1025), "a"), "always")).rejects.toEqual(tooLarge);
    expect(await table.put(item(pk, "æ".repeat(512)), "always")).toBe(true);
    expect(await table.get(pk, "a")).toEqual(item(pk, "a"));
  });

  test("of writers that race for one revision, one wins each time", async () => {
    const pk = partition();
    await table.put(item(pk, "count", 1, 0), "absent");
    async function count(): Promise<void> {
      for (let done = 0; done < 10;) {
        const before = await table.get(pk, "count");
        const { revision, body } = before ?? item(pk, "count");
        if (await table.put(item(pk, "count", revision + 1, Number(body) + 1), { revision })) done += 1;
      }
    }
    await Promise.all([count(), count(), count()]);
    expect(await table.get(pk, "count")).toEqual(item(pk, "count", 31, 30));
  });

  test("any range gives what lies in it, whatever the keys", async () => {
    const unit = fc.constantFrom("a", "#", "\ud7fe", "\ud7ff", "\ud800", "\udfff", "\ufffd", "\uffff");
    const key = fc.string({ unit, minLength: 1, maxLength: 4 });
    const keys = fc.uniqueArray(key, { minLength: 1, maxLength: 6 });
    const property = fc.asyncProperty(
      keys,
      fc.option(key),
      fc.option(key),
      fc.option(key),
      async (all, from, to, prefix) => {
        const pk = await fill(all);
        const range = {
          ...(from !== null && { from }),
          ...(to !== null && { to }),
          ...(prefix !== null && { prefix }),
        };
        const within = all.filter(
          (sk) =>
            (from === null || sk >= from) && (to === null || sk <= to) && (prefix === null || sk.startsWith(prefix)),
        );
        expect(await keysIn(pk, range)).toEqual(within.sort());
      },
    );
    await fc.assert(property, { numRuns: 50 });
  });
});
