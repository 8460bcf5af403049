import { describe, expect, test } from "@jest/globals";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { sealInventory } from "../../lib/verify/evidence.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { assetsWatched, isOver, openJobs, planRun } from "../../lib/watch/plan-run.ts";
import { moment, SUBJECT } from "../support/looks.ts";
import { createMemoryEvidence, createMemoryTable } from "../support/memory-table.ts";
import { watching } from "./support/watched.ts";

const SLOT = moment(0);
const MANY = Array.from({ length: 60 }, (_, index) => `d${String(index).padStart(2, "0")}.dk`);

function world() {
  const [memory, evidence] = [createMemory(createMemoryTable()), createMemoryEvidence()];
  const clock = { now: () => Date.parse(SLOT) + 5, elapsed: () => 0, sleep: () => Promise.resolve() };
  return { memory, evidence, clock };
}

describe("the plan of a run", () => {
  test("has every asset in one batch of at most 25, and names the inventory that it was made from", async () => {
    const io = world();
    const watched = watching(MANY);
    const { value: run } = await planRun(watched, SLOT, io);
    expect(run).toMatchObject({ id: `domains/${SLOT}`, startedAt: moment(5), done: [], closedAt: null, suspect: null });
    expect(run.batches.map((batch) => batch.length)).toEqual([25, 25, 10]);
    expect(run.batches.flat()).toEqual(MANY.map((name) => `domain:${name}`));
    expect(await io.evidence.get(run.inventory)).toBe(sealInventory(watched.inventory).text);
  });

  test("is made once: another plan of the same slot, by whatever inventory, is the one that stands", async () => {
    const io = world();
    const plans = await Promise.all([
      planRun(watching(["a.dk", "b.dk"]), SLOT, io),
      planRun(watching(["c.dk"]), SLOT, io),
    ]);
    expect(plans[0]).toEqual(plans[1]);
    expect(await planRun(watching(["e.dk"]), SLOT, io, ["domain:e.dk"])).toEqual(plans[0]);
  });

  test("is over when it is closed, or ten minutes after its start", async () => {
    const { value: run } = await planRun(watching(["a.dk"]), SLOT, world());
    const start = Date.parse(run.startedAt);
    expect([600_000, 600_001].map((after) => isOver(run, start + after))).toEqual([false, true]);
    expect(isOver({ ...run, closedAt: moment(5) }, start)).toBe(true);
  });

  test("of a second look has the assets that it is told", async () => {
    const { value: run } = await planRun(watching(MANY), `${SLOT}/confirm`, world(), ["domain:d07.dk"]);
    expect(run.batches).toEqual([["domain:d07.dk"]]);
  });

  test("leaves out what none of the family's requirements apply to", async () => {
    const watched = watching(["a.dk"]);
    const host = { kind: "host", id: "host:www.a.dk", name: "www.a.dk", host: "www.a.dk" } as never;
    const inventory = { ...watched.inventory, assets: [host, ...watched.inventory.assets] };
    expect(assetsWatched({ ...watched, inventory }).map(({ id }) => id)).toEqual(["domain:a.dk"]);
    expect(assetsWatched({ ...watched, inventory, requirements: [] })).toEqual([]);
    expect(assetsWatched({ ...watched, inventory, requirements: [s18, s18] })).toHaveLength(1);
  });

  test("has a job for each batch that is not in yet, numbered as in the run", async () => {
    const { value: run } = await planRun(watching(MANY), SLOT, world());
    const jobs = openJobs({ ...run, done: [0, 2] });
    expect(jobs).toEqual([
      {
        ...{ run: run.id, municipality: SUBJECT.municipality, family: "domains", slot: SLOT },
        ...{ batch: 1, batches: 3, assets: run.batches[1] },
      },
    ]);
    expect(openJobs({ ...run, done: [0, 1, 2] })).toEqual([]);
  });
});
