import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Look } from "../../lib/core/look.ts";
import type { Transition } from "../../lib/core/transition.ts";
import type { Verdict } from "../../lib/core/verdict.ts";
import type { Table } from "../../lib/ports.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { HOUR, lookAt, moment, stateAfter, SUBJECT } from "../support/looks.ts";
import { createMemoryTable } from "../support/memory-table.ts";
import { transition } from "./support/transitions.ts";

const { municipality } = SUBJECT;

let table: Table;
let memory: Memory;

beforeEach(() => {
  table = createMemoryTable();
  memory = createMemory(table);
});

/** The transitions of looks an hour apart that each settle at once. */
function historyOf(...verdicts: readonly [Verdict, ...Verdict[]]): readonly Transition[] {
  const looks = verdicts.map((verdict, hour) => lookAt(hour, verdict, { isCertain: true })) as [Look, ...Look[]];
  return stateAfter(...looks).outbox;
}

const STORY = historyOf("pass", "fail", "pass", "fail");

async function numbersOpen(from: Memory = memory): Promise<readonly number[]> {
  return (await from.transitions.open(municipality)).map(({ number }) => number);
}

async function publish(...transitions: readonly (Transition | undefined)[]): Promise<void> {
  for (const each of transitions) if (each !== undefined) await memory.transitions.publish(each);
}

describe("history", () => {
  test("is read oldest first, as it was published, of its own subject", async () => {
    await publish(...STORY, transition({ asset: "domain:other.dk" }));
    expect(await memory.transitions.history(SUBJECT)).toEqual(STORY);
    expect(await memory.transitions.history({ ...SUBJECT, requirement: "S19" })).toEqual([]);
  });

  test("sorts by number, past nine as well", async () => {
    const many = [11, 2, 10, 1].map((number) => transition({ number }));
    await publish(...many);
    expect((await memory.transitions.history(SUBJECT)).map(({ number }) => number)).toEqual([1, 2, 10, 11]);
  });

  test("takes the same transition again, and refuses another under its number", async () => {
    const [first] = STORY;
    await publish(first, first);
    const other = transition({ number: 1 });
    await expect(memory.transitions.publish(other)).rejects.toMatchObject({
      ...{ name: "StoreError", problem: "corrupt", path: `H#101#S18#${SUBJECT.asset} / 00000001` },
    });
    expect(await memory.transitions.history(SUBJECT)).toEqual([first]);
    expect(await numbersOpen()).toEqual([]);
  });

  test("that was altered is corrupt", async () => {
    await publish(...STORY);
    const key = { pk: `H#101#S18#${SUBJECT.asset}`, sk: "00000002" };
    await table.put({ ...key, revision: 1, body: { ...STORY[1], to: "fine" } }, "always");
    await expect(memory.transitions.history(SUBJECT)).rejects.toMatchObject({
      ...{ problem: "corrupt", path: `${key.pk} / ${key.sk}` },
    });
    await table.put({ ...key, revision: 1, body: STORY[0] }, "always");
    await expect(memory.transitions.history(SUBJECT)).rejects.toMatchObject({ problem: "corrupt" });
  });
});

describe("changes", () => {
  const at = (confirmedAt: string, asset: string) => transition({ confirmedAt, asset });
  const days = ["2026-10-31T23:59:59.999Z", "2026-11-01T00:00:00.000Z", "2026-11-15T10:00:00.000Z"];
  const all = [...days, "2026-11-15T10:00:00.000Z", "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z"].map(
    (moment, index) => at(moment, `domain:${index}.dk`),
  );
  const found = async (from: string, to: string) => memory.transitions.changes(municipality, from, to);

  beforeEach(async () => {
    await publish(...all.toReversed(), transition({ municipality: "102", confirmedAt: days[1] ?? "" }));
  });

  test("are those confirmed from one moment to before another, oldest first, over months and years", async () => {
    expect(await found("2000-01-01T00:00:00.000Z", "2030-01-01T00:00:00.000Z")).toEqual(all);
    expect(await found(days[1] ?? "", "2027-01-01T00:00:00.000Z")).toEqual(all.slice(1, -1));
    expect(await found(days[1] ?? "", days[2] ?? "")).toEqual(all.slice(1, 2));
    expect(await found(days[0] ?? "", days[1] ?? "")).toEqual(all.slice(0, 1));
    expect(await found("2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.001Z")).toEqual(all.slice(-2));
  });

  test("are none where the span is empty or turned about", async () => {
    expect(await found(days[1] ?? "", days[1] ?? "")).toEqual([]);
    expect(await found(days[2] ?? "", days[0] ?? "")).toEqual([]);
  });

  test("take moments of other precision and zone for what they are", async () => {
    expect(await found("2026-11-01", "2026-11-15T11:00:00+01:00")).toEqual(all.slice(1, 2));
    expect(await found("2026-11-01T01:00:00+01:00", "2026-11-15T10:00:01Z")).toEqual(all.slice(1, 4));
    await expect(found("i går", days[0] ?? "")).rejects.toThrow(RangeError);
  });

  test("hold each once, however often it is published, and the longest asset ids", async () => {
    const long = at("2027-01-01T00:00:00.001Z", `url:https://${"x".repeat(988)}`);
    await publish(...all, long, long);
    expect(await found("2026-01-01", "2028-01-01")).toEqual([...all, long]);
  });
});

describe("open regressions", () => {
  test("open with a regression and end with what ends it", async () => {
    const open: (readonly number[])[] = [];
    for (const each of STORY) {
      await publish(each);
      open.push(await numbersOpen());
    }
    expect(open).toEqual([[], [2], [], [4]]);
    expect(await memory.transitions.open(municipality)).toEqual([STORY[3]]);
  });

  test("are one for each asset and requirement", async () => {
    const others = [{ asset: "domain:a.dk" }, { requirement: "S19" as const }, { municipality: "102" }];
    await publish(...[{}, ...others].map((changes) => transition(changes)));
    expect((await memory.transitions.open(municipality)).map(({ requirement, asset }) => [requirement, asset])).toEqual(
      [
        ["S18", "domain:a.dk"],
        ["S18", SUBJECT.asset],
        ["S19", SUBJECT.asset],
      ],
    );
  });

  test.each<readonly [string, Partial<Transition>]>([
    ["recovery", { kind: "recovery", from: "fail", to: "pass", closes: 2 }],
    ["rule change", { kind: "rule-change", from: "fail", to: "pass", closes: 2 }],
    [
      "change to not knowing",
      { kind: "change", from: "fail", to: "indeterminate", cause: "no-attestation", closes: 2 },
    ],
  ])("end with a %s", async (_, changes) => {
    await publish(transition(), transition({ number: 3, ...changes }));
    expect(await numbersOpen()).toEqual([]);
  });

  test.each<readonly [string, Partial<Transition>]>([
    ["warnings that appear", { kind: "change", from: "fail", to: "fail", appeared: ["S18_W"] }],
    ["other rules that fail it too", { kind: "rule-change", from: "fail", to: "fail" }],
  ])("stay open with %s", async (_, changes) => {
    await publish(transition(), transition({ number: 3, ...changes }));
    expect(await numbersOpen()).toEqual([2]);
  });

  test("are not opened by a baseline or a rule change", async () => {
    await publish(...historyOf("fail"), transition({ asset: "domain:b.dk", kind: "rule-change" }));
    expect(await numbersOpen()).toEqual([]);
  });

  test("are what the newest says, in whatever order and however often all is published again", async () => {
    await publish(...STORY);
    for (const again of [STORY, STORY.slice(0, 3), STORY.toReversed(), [STORY[1]], [STORY[2]]]) {
      await publish(...again);
      expect(await numbersOpen()).toEqual([4]);
    }
    await publish(...historyOf("pass", "fail", "pass", "fail", "pass").slice(4), ...STORY, STORY[3], STORY[1]);
    expect(await numbersOpen()).toEqual([]);
  });

  test("are never put where they have ended already", async () => {
    await publish(...STORY.slice(0, 3));
    const put: string[] = [];
    const watched = createMemory({
      ...table,
      put: async (item, condition) => {
        put.push(item.pk);
        return table.put(item, condition);
      },
    });
    for (const each of STORY.slice(0, 3)) await watched.transitions.publish(each);
    expect(put).toContain("C#101#2026-03");
    expect(put).not.toContain("O#101");
  });

  test.each<readonly [string, readonly [Verdict, ...Verdict[]], readonly number[]]>([
    ["ended", ["pass", "fail", "pass", "fail", "pass"], []],
    ["open", ["pass", "fail", "pass", "fail"], [4]],
  ])("are right where a process stops anywhere while another publishes what came since: %s", async (_, story, open) => {
    const whole = historyOf(...story);
    let stops = 0;
    for (let end = 1; end <= whole.length; end += 1) {
      for (let other = end; other <= whole.length; other += 1) {
        for (let access = 1; ; access += 1) {
          const shared = createMemoryTable();
          const between = async () => publishTo(shared, whole.slice(0, other));
          const hasStopped = await publishTo(interruptedAt(shared, access, between), whole.slice(0, end));
          await publishTo(shared, whole.slice(hasStopped ? other : end));
          const standing = createMemory(shared);
          expect([end, other, access, await numbersOpen(standing)]).toEqual([end, other, access, open]);
          expect(await standing.transitions.history(SUBJECT)).toEqual(whole);
          expect(await standing.transitions.changes(municipality, moment(0), moment(9 * HOUR))).toEqual(whole);
          if (!hasStopped) break;
          stops += 1;
        }
      }
    }
    expect(stops).toBeGreaterThan(70);
  });

  test("that were altered are corrupt", async () => {
    await publish(transition());
    const key = { pk: "O#101", sk: `S18#${SUBJECT.asset}` };
    const expected = { name: "StoreError", problem: "corrupt", path: `${key.pk} / ${key.sk}` };
    await table.put({ ...key, revision: 3, body: transition() }, "always");
    await expect(memory.transitions.open(municipality)).rejects.toMatchObject(expected);
    await table.put({ ...key, revision: 2, body: transition({ asset: "domain:b.dk" }) }, "always");
    await expect(memory.transitions.open(municipality)).rejects.toMatchObject(expected);
    await table.put({ ...key, revision: 2, body: null }, "always");
    await expect(memory.transitions.open(municipality)).rejects.toMatchObject(expected);
  });
});

/** Publishes in order. Whether the table had something done before one of the accesses. */
async function publishTo(to: Table & { readonly isDone?: () => boolean }, transitions: readonly Transition[]) {
  const own = createMemory(to);
  for (const each of transitions) await own.transitions.publish(each);
  return to.isDone?.() ?? false;
}

/** A table before whose access of that number (from 1) something else is done first. */
function interruptedAt(table: Table, access: number, work: () => Promise<unknown>) {
  let count = 0;
  const before = async (): Promise<void> => {
    count += 1;
    if (count === access) await work();
  };
  const own: Table = {
    get: async (...given) => before().then(() => table.get(...given)),
    put: async (...given) => before().then(() => table.put(...given)),
    remove: async (...given) => before().then(() => table.remove(...given)),
    query: async (...given) => before().then(() => table.query(...given)),
  };
  return { ...own, isDone: () => count >= access };
}
