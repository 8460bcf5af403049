import { expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import type { Look } from "../../lib/core/look.ts";
import { reduce } from "../../lib/core/reduce.ts";
import type { AssetState } from "../../lib/core/state.ts";
import { brokenLink, type Transition } from "../../lib/core/transition.ts";
import { anyLooks } from "../support/any-looks.ts";
import { POLICY, SUBJECT } from "../support/looks.ts";

/** Thousands of histories take their time where other work shares the processor. */
jest.setTimeout(120_000);

const MOST_WRITERS = 4;

/** One state item that is replaced only where its revision is the one that was read, and the history it is published into. */
class Store {
  state: AssetState | null = null;
  conflicts = 0;
  readonly history: Transition[] = [];

  commit(state: AssetState, before: AssetState | null): boolean {
    const isUnchanged = (this.state?.revision ?? null) === (before?.revision ?? null);
    if (isUnchanged) this.state = state;
    else this.conflicts += 1;
    return isUnchanged;
  }

  publish(transition: Transition): void {
    const there = this.history[transition.number - 1];
    if (there === undefined) this.history[transition.number - 1] = transition;
    else expect(there).toEqual(transition);
  }
}

/** Takes looks into account one by one. It pauses wherever another may come between: after reading, before writing. */
function* writer(store: Store, looks: readonly Look[], counted: Look[]): Generator<void> {
  for (const look of looks) {
    for (let isDone = false; !isDone;) {
      const before = store.state;
      yield;
      const state = reduce(before, SUBJECT, look, POLICY);
      yield;
      isDone = state === before || store.commit(state, before);
      if (isDone && state !== before) counted.push(look);
    }
  }
}

/** Publishes what waits and clears it; now and then it dies between the two. */
function* publisher(store: Store, rounds: readonly ("lives" | "dies")[]): Generator<void> {
  for (const round of rounds) {
    const before = store.state;
    yield;
    for (const transition of before?.outbox ?? []) {
      store.publish(transition);
      yield;
    }
    if (before === null || before.outbox.length === 0 || round === "dies") continue;
    store.commit({ ...before, revision: before.revision + 1, outbox: [] }, before);
  }
}

/** Lets the tasks take steps as the turns say, then one after the other until all have ended. */
function interleave(tasks: readonly Generator<void>[], turns: readonly number[]): void {
  for (const turn of turns) tasks[turn % tasks.length]?.next();
  for (let isBusy = true; isBusy;) isBusy = tasks.map((task) => task.next().done !== true).includes(true);
}

const anyWriting = anyLooks.chain((looks) =>
  fc.record({
    looks: fc.constant(looks),
    shares: fc.array(fc.array(fc.constantFrom(...looks), { maxLength: 10 }), { minLength: 1, maxLength: MOST_WRITERS }),
    publishing: fc.array(fc.constantFrom("lives" as const, "dies" as const), { maxLength: 6 }),
    turns: fc.array(fc.nat({ max: MOST_WRITERS }), { maxLength: 150 }),
  }),
);

test("writers that come between each other lose nothing, repeat nothing, and the newest slot wins", () => {
  let conflicts = 0;
  fc.assert(
    fc.property(anyWriting, ({ looks, shares, publishing, turns }) => {
      const store = new Store();
      const counted: Look[] = [];
      const all = [looks.slice(0, 1), ...shares];
      interleave([...all.map((share) => writer(store, share, counted)), publisher(store, publishing)], turns);
      interleave([publisher(store, ["lives"])], []);

      const alone = counted.reduce<AssetState | null>((state, look) => reduce(state, SUBJECT, look, POLICY), null);
      expect(store.history).toEqual(alone?.outbox);
      expect(brokenLink(store.history)).toBeNull();
      expect(store.state).toEqual({ ...alone, revision: store.state?.revision, outbox: [] });
      const slots = counted.map(({ slot }) => slot);
      expect(slots).toEqual([...new Set(slots)].toSorted());
      expect(store.state?.slot).toBe(
        all
          .flatMap((share) => share.map(({ slot }) => slot))
          .toSorted()
          .at(-1),
      );
      conflicts += store.conflicts;
    }),
    { numRuns: 3_000 },
  );
  expect(conflicts).toBeGreaterThan(1_000);
});
