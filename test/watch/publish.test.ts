import { beforeEach, describe, expect, test } from "@jest/globals";
import type { AssetState } from "../../lib/core/state.ts";
import type { Table } from "../../lib/ports.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { publishAll, publishOutbox } from "../../lib/watch/publish.ts";
import { HOUR, lookAt, moment, POLICY, secondLookAt, stateAfter, SUBJECT } from "../support/looks.ts";
import { reduce } from "../../lib/core/reduce.ts";
import { createMemoryTable } from "../support/memory-table.ts";
import { dyingAfter, livesThrough } from "./support/interrupted-table.ts";

const { municipality } = SUBJECT;
const certain = { isCertain: true };
/** Baseline, regression, recovery, regression. */
const STATE = stateAfter(
  lookAt(0, "pass"),
  lookAt(1, "fail", certain),
  lookAt(2, "pass", certain),
  lookAt(3, "fail", certain),
);

let table: Table;
let memory: Memory;

beforeEach(() => {
  table = createMemoryTable();
  memory = createMemory(table);
});

async function toldOf(from: Memory = memory) {
  return (await from.notices.all(municipality)).map(({ value: { run, transition, digest } }) => [
    ...[run, transition.number, digest],
  ]);
}

async function expectPublished(from: Memory, whole: AssetState): Promise<void> {
  expect(await from.transitions.history(SUBJECT)).toEqual(whole.outbox);
  expect(await from.transitions.changes(municipality, moment(0), moment(99 * HOUR))).toEqual(whole.outbox);
  expect((await from.transitions.open(municipality)).map(({ number }) => number)).toEqual([4]);
  expect(await toldOf(from)).toEqual([
    [`domains/${moment(HOUR)}`, 2, false],
    [`domains/${moment(2 * HOUR)}`, 3, false],
    [`domains/${moment(3 * HOUR)}`, 4, false],
  ]);
  expect(await from.states.of(SUBJECT)).toMatchObject({ outbox: [], verdict: "fail", slot: whole.slot });
}

describe("publishing an outbox", () => {
  test("puts it into history, files the notices and clears it", async () => {
    await memory.states.commit(STATE, null);
    const after = await publishOutbox(STATE, memory);
    expect(after).toEqual({ ...STATE, revision: STATE.revision + 1, outbox: [] });
    expect(await memory.states.of(SUBJECT)).toEqual(after);
    await expectPublished(memory, STATE);
  });

  test("that is empty writes nothing", async () => {
    const state = { ...STATE, outbox: [] };
    expect(await publishOutbox(state, memory)).toBe(state);
    expect(await memory.states.of(SUBJECT)).toBeNull();
  });

  test("files a notice under the run whose look settled it: a second look's own", async () => {
    const state = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), secondLookAt(1, "fail"));
    await memory.states.commit(state, null);
    await publishOutbox(state, memory);
    expect(await toldOf()).toEqual([[`domains/${moment(HOUR)}/confirm`, 2, false]]);
  });

  test("tells nobody of a baseline that is well, and the digest of one that fails", async () => {
    for (const [asset, verdict] of [
      ["domain:a.dk", "pass"],
      ["domain:b.dk", "fail"],
    ] as const) {
      const state = reduce(null, { ...SUBJECT, asset }, lookAt(0, verdict), POLICY);
      await memory.states.commit(state, null);
      await publishOutbox(state, memory);
    }
    expect(await toldOf()).toEqual([[`domains/${moment(0)}`, 1, true]]);
  });

  test("can be cut short after any write and done again: each transition once, each notice once", async () => {
    let last = 1;
    for (; ; last += 1) {
      const own = createMemoryTable();
      await createMemory(own).states.commit(STATE, null);
      const isEnded = await livesThrough(dyingAfter(own, last), (dying) => publishOutbox(STATE, createMemory(dying)));
      const next = createMemory(own);
      await publishAll(municipality, ["S18"], next);
      await expectPublished(next, STATE);
      if (isEnded) break;
    }
    // History and change for each of four, two regressions put and one removed, three notices, the state.
    expect(last).toBe(2 * 4 + 3 + 3 + 1 + 1);
  });

  test("again by one who still holds the old state changes nothing", async () => {
    await memory.states.commit(STATE, null);
    const after = await publishOutbox(STATE, memory);
    expect(await publishOutbox(STATE, memory)).toEqual(after);
    await expectPublished(memory, STATE);
  });

  test("leaves what another look has put there meanwhile", async () => {
    await memory.states.commit(STATE, null);
    const next = reduce(STATE, SUBJECT, lookAt(4, "pass", certain), POLICY);
    await memory.states.commit(next, STATE);
    const after = await publishOutbox(STATE, memory);
    expect(after).toEqual({ ...next, revision: next.revision + 1, outbox: next.outbox.slice(4) });
    expect(await memory.transitions.history(SUBJECT)).toEqual(STATE.outbox);
    expect((await publishOutbox(after, memory)).outbox).toEqual([]);
    expect(await memory.transitions.history(SUBJECT)).toEqual(next.outbox);
    expect(await memory.transitions.open(municipality)).toEqual([]);
  });

  test("gives up when the state is gone, or is never left alone", async () => {
    const problem = { name: "StoreError", problem: "unavailable", path: `M#101#S18 / ${SUBJECT.asset}` };
    await expect(publishOutbox(STATE, memory)).rejects.toMatchObject(problem);
    await memory.states.commit(STATE, null);
    const busy = createMemory({ ...table, put: async (...given) => given[1] === "absent" && table.put(...given) });
    await expect(publishOutbox(STATE, busy)).rejects.toMatchObject(problem);
    await publishAll(municipality, ["S18"], memory);
    await expectPublished(memory, STATE);
  });
});

describe("publishing all", () => {
  test("empties the outbox of every state of the requirements, and no others", async () => {
    const subjects = [
      { ...SUBJECT, asset: "domain:a.dk" },
      { ...SUBJECT, asset: "domain:b.dk" },
      { ...SUBJECT, requirement: "S19" as const },
      { ...SUBJECT, requirement: "S20" as const },
    ];
    for (const subject of subjects) await memory.states.commit(reduce(null, subject, lookAt(0, "fail"), POLICY), null);
    await publishAll(municipality, ["S18", "S20"], memory);
    const states = await Promise.all(subjects.map((subject) => memory.states.of(subject)));
    expect(states.map((state) => state?.outbox.length)).toEqual([0, 0, 1, 0]);
    expect((await toldOf()).map(([run]) => run)).toEqual([
      `domains/${moment(0)}`,
      `domains/${moment(0)}`,
      `mail/${moment(0)}`,
    ]);
  });
});
