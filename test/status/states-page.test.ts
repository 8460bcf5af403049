import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { stateKey } from "../../lib/watch/keys.ts";
import { SUBJECT } from "../support/looks.ts";
import { createMemoryTable } from "../support/memory-table.ts";
import { stateOf } from "../watch/support/transitions.ts";

const { municipality } = SUBJECT;

describe("a page of states", () => {
  test("is what comes after an id in the order of all, whether the id stands there or not", async () => {
    const ids = fc.uniqueArray(fc.string({ unit: "binary", minLength: 1, maxLength: 4 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        ids,
        fc.option(fc.string({ unit: "binary", minLength: 1, maxLength: 4 })),
        fc.integer({ min: 1, max: 5 }),
        async (assets, other, limit) => {
          const memory = createMemory(createMemoryTable());
          for (const asset of assets) await memory.states.commit(stateOf({ asset }), null);
          const all = (await memory.states.all(municipality, "S18")).map(({ asset }) => asset);
          for (const after of [null, other, ...all]) {
            const page = await memory.states.page(municipality, "S18", { after, limit });
            expect(page.map(({ asset }) => asset)).toEqual(
              all.filter((id) => after === null || id > after).slice(0, limit),
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is of one requirement of one municipality", async () => {
    const memory = createMemory(createMemoryTable());
    await memory.states.commit(stateOf({ asset: "domain:a.dk" }), null);
    await memory.states.commit(stateOf({ asset: "domain:b.dk", requirement: "S19" }), null);
    await memory.states.commit(stateOf({ asset: "domain:c.dk", municipality: "102" }), null);
    const page = await memory.states.page(municipality, "S18", { after: null, limit: 10 });
    expect(page.map(({ asset }) => asset)).toEqual(["domain:a.dk"]);
  });

  test("refuses a state that is not of its form", async () => {
    const table = createMemoryTable();
    const memory = createMemory(table);
    await table.put({ ...stateKey(SUBJECT), revision: 1, body: { verdict: "pass" } }, "always");
    for (const after of [null, "domain:a.dk"]) {
      await expect(memory.states.page(municipality, "S18", { after, limit: 10 })).rejects.toMatchObject({
        problem: "corrupt",
      });
    }
  });
});
