import { describe, expect, test } from "@jest/globals";
import type { Run } from "../../lib/watch/run.ts";
import { figuresOf } from "../../lib/watch/run-figures.ts";
import type { Summary } from "../../lib/watch/summary.ts";
import { addressOf } from "../support/looks.ts";

const SLOT = "2026-11-23T10:00:00.000Z";
const RUN: Run = {
  ...{ id: `domains/${SLOT}`, municipality: "0101", family: "domains", slot: SLOT, startedAt: SLOT },
  ...{ batches: [["a", "b", "c"], ["d"]], done: [0, 1], closedAt: "2026-11-23T10:01:30.000Z", suspect: null },
  ...{ counts: { looks: 4, answers: 3, worse: 0, well: 4 }, inventory: addressOf("inventory") },
};

function summary(...oldest: readonly (string | null)[]): Summary {
  return { requirements: oldest.map((each) => ({ oldest: each })) } as unknown as Summary;
}

describe("what a close says of the watch", () => {
  test("a whole round", () => {
    expect(figuresOf(RUN, summary("2026-11-23T10:00:30.000Z"))).toEqual({
      ...{ seconds: 90, coverage: 1, indeterminate: 0.25, age: 60 },
    });
  });

  test("coverage counts assets, not batches", () => {
    expect(figuresOf({ ...RUN, done: [1] }, null)?.coverage).toBe(0.25);
    expect(figuresOf({ ...RUN, done: [] }, null)?.coverage).toBe(0);
  });

  test("no look is no rate", () => {
    expect(figuresOf({ ...RUN, counts: { ...RUN.counts, looks: 0, answers: 0 } }, null)?.indeterminate).toBeNull();
  });

  test("the oldest of all looks is the age; where one never had an answer there is none", () => {
    const [older, newer] = ["2026-11-23T09:00:00.000Z", "2026-11-23T10:00:30.000Z"];
    expect(figuresOf(RUN, summary(newer, older))?.age).toBe(3690);
    expect(figuresOf(RUN, summary(newer, null))?.age).toBeNull();
    expect(figuresOf(RUN, null)?.age).toBeNull();
  });

  test("second looks and open runs have none", () => {
    expect(figuresOf({ ...RUN, slot: `${SLOT}/confirm` }, null)).toBeNull();
    expect(figuresOf({ ...RUN, closedAt: null }, null)).toBeNull();
  });
});
