import { describe, expect, test } from "@jest/globals";
import type { Verdict } from "../../lib/core/verdict.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import type { FamilyNow } from "../../lib/status/families.ts";
import { toldRequirement } from "../../lib/status/told-requirement.ts";
import { NO_COUNTS, type Run } from "../../lib/watch/run.ts";
import type { RequirementSummary, Summary } from "../../lib/watch/summary.ts";
import { addressOf, HOUR, MINUTE, moment, START } from "../support/looks.ts";

/** A close at hour 0, with these changes to what it found. */
function summary(changes: Partial<RequirementSummary> = {}): Summary {
  const assets: Record<Verdict, number> = { pass: 4, fail: 0, indeterminate: 0, "not-applicable": 0, attested: 0 };
  return {
    ...{
      municipality: "101",
      name: "Eksempelkommune",
      reading: "kommune-2024",
      closedAt: moment(0),
      run: "r",
      suspect: false,
    },
    requirements: [
      {
        ...{ requirement: "S18", verdict: "pass", cause: null, assets, since: moment(-48 * HOUR) },
        ...{ oldest: moment(-MINUTE), stale: 0, openRegressions: 0, ...changes },
      },
    ],
  };
}

function closedAt(at: number | null): FamilyNow {
  const slot = moment(0);
  const run: Omit<Run, "closedAt"> = {
    ...{ id: "r", municipality: "101", family: "domains", slot, startedAt: slot, batches: [], done: [] },
    ...{ suspect: null, counts: NO_COUNTS, inventory: addressOf("inventory") },
  };
  return { inventory: null, cadence: HOUR, closed: at === null ? null : { ...run, closedAt: moment(at) } };
}

function told(after: number, found: Summary | null, watched = closedAt(0)) {
  return toldRequirement({ requirement: s18, watched, summary: found, now: START + after, language: "da" });
}

describe("a requirement as a whole", () => {
  test("stands as its last close left it while rounds go on", () => {
    expect(told(30 * MINUTE, summary())).toMatchObject({
      ...{ verdict: "pass", cause: null, since: moment(-48 * HOUR), stale: 0, nextRound: moment(HOUR) },
      assets: { pass: 4 },
    });
  });

  test.each(["pass", "attested", "not-applicable", "fail"] as const)(
    "that was %s is not known any more once no round has closed for two cadences",
    (verdict) => {
      const late = told(2 * HOUR + 1, summary({ verdict }));
      expect(late).toMatchObject({ verdict: "indeterminate", cause: "probe-stale", since: moment(0), stale: 4 });
      expect(late.assets).toEqual({ pass: 0, fail: 0, indeterminate: 4, "not-applicable": 0, attested: 0 });
    },
  );

  test("keeps the cause that it had", () => {
    const late = told(3 * HOUR, summary({ verdict: "indeterminate", cause: "dns-timeout" }));
    expect(late).toMatchObject({ verdict: "indeterminate", cause: "dns-timeout" });
  });

  test("does not pass once one of its answers is too old, but a fail stands", () => {
    const found = { oldest: moment(-HOUR) };
    expect(told(HOUR, summary(found)).verdict).toBe("pass");
    const overdue = told(HOUR + 1, summary(found));
    expect(overdue).toMatchObject({ verdict: "indeterminate", cause: "probe-stale", stale: 1, assets: { pass: 4 } });
    expect(told(HOUR + 1, summary({ ...found, verdict: "fail" }))).toMatchObject({ verdict: "fail", stale: 1 });
  });

  test("with an asset that never had an answer stands while rounds close", () => {
    const found = summary({ verdict: "indeterminate", cause: "dns-timeout", oldest: null });
    expect(told(HOUR, found)).toMatchObject({ verdict: "indeterminate", cause: "dns-timeout", oldest: null, stale: 0 });
  });

  test("is not known before the first close", () => {
    expect(told(0, null, closedAt(null))).toMatchObject({
      verdict: "indeterminate",
      cause: "no-inventory",
      since: null,
    });
  });

  test("seen by a clock that was far ahead is not known either", () => {
    expect(told(-3 * HOUR, summary()).verdict).toBe("indeterminate");
  });
});
