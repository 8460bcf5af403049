import { describe, expect, test } from "@jest/globals";
import { confirmSlotOf, slotAt } from "../../lib/core/slot.ts";
import { isNewDoubt, suspicionOf } from "../../lib/watch/guard.ts";
import { NO_COUNTS, type Run } from "../../lib/watch/run.ts";
import { HOUR, moment, START } from "../support/looks.ts";

function runAt(hour: number, worse: number, well: number, changes: Partial<Run> = {}): Run {
  const slot = slotAt(START + hour * HOUR);
  return {
    ...{ id: `domains/${slot}`, municipality: "101", family: "domains", slot, startedAt: slot },
    ...{ batches: [], done: [], closedAt: moment(hour * HOUR + 1000), suspect: null },
    ...{ counts: { ...NO_COUNTS, worse, well }, inventory: "" },
    ...changes,
  };
}

describe("guard", () => {
  test.each([
    [4, 4, null],
    [5, 5, "mass"],
    [5, 10, null],
    [6, 11, "mass"],
    [5, 9, "mass"],
    [0, 0, null],
    [40, 80, null],
    [41, 80, "mass"],
  ] as const)("%d of %d that were well came out worse: %s", (worse, well, suspicion) => {
    expect(suspicionOf(runAt(1, worse, well), [])).toBe(suspicion);
  });

  test("a doubt that was raised while looking stands", () => {
    expect(suspicionOf(runAt(1, 0, 80, { suspect: "controls" }), [])).toBe("controls");
    expect(suspicionOf(runAt(1, 80, 80, { suspect: "mass" }), [runAt(0, 80, 80, { suspect: "mass" })])).toBe("mass");
  });

  test("a second look looks at candidates only, so it is no mass", () => {
    const slot = confirmSlotOf(slotAt(START + HOUR));
    expect(suspicionOf(runAt(1, 40, 40, { slot }), [])).toBeNull();
    expect(suspicionOf(runAt(1, 40, 40, { slot, suspect: "controls" }), [])).toBe("controls");
  });

  test("the run after a held one is the other run that says the same", () => {
    const held = runAt(0, 40, 40, { suspect: "mass" });
    expect(suspicionOf(runAt(1, 40, 40), [held])).toBeNull();
    expect(suspicionOf(runAt(2, 40, 40), [runAt(1, 0, 40), held])).toBe("mass");
  });

  test("runs whose controls failed, second looks, open and later runs are no opinion", () => {
    const held = runAt(0, 40, 40, { suspect: "mass" });
    const doubted = runAt(1, 0, 40, { suspect: "controls" });
    const secondLook = runAt(1, 0, 1, { slot: confirmSlotOf(slotAt(START + HOUR)) });
    const open = runAt(1, 0, 40, { closedAt: null });
    const later = runAt(3, 0, 40);
    const run = runAt(2, 40, 40, { closedAt: null });
    expect(suspicionOf(run, [later, run, doubted, held])).toBeNull();
    expect(suspicionOf(run, [secondLook, held])).toBeNull();
    expect(suspicionOf(run, [open, held])).toBeNull();
    expect(suspicionOf(run, [doubted])).toBe("mass");
  });

  test("the operator is told once of runs that are doubted for the same reason one after another", () => {
    const controls = (hour: number) => runAt(hour, 0, 40, { suspect: "controls" });
    expect(isNewDoubt(runAt(1, 0, 40), [])).toBe(false);
    expect(isNewDoubt(controls(1), [])).toBe(true);
    expect(isNewDoubt(controls(2), [controls(2), controls(1), runAt(0, 0, 40)])).toBe(false);
    expect(isNewDoubt(controls(3), [runAt(2, 0, 40), controls(1)])).toBe(true);
    expect(isNewDoubt(controls(2), [runAt(1, 40, 40, { suspect: "mass" })])).toBe(true);
    expect(isNewDoubt(controls(2), [{ ...controls(1), closedAt: null }])).toBe(true);
  });
});
