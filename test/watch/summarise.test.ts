import { describe, expect, test } from "@jest/globals";
import { NO_COUNTS, type Run } from "../../lib/watch/run.ts";
import { snapshotRows, summarise } from "../../lib/watch/summarise.ts";
import type { Summary } from "../../lib/watch/summary.ts";
import { HOUR, moment, START } from "../support/looks.ts";
import { stateOf } from "./support/transitions.ts";
import { watching } from "./support/watched.ts";

const NOW = START + HOUR;
const RUN: Run = {
  ...{ id: "domains/x", municipality: "101", family: "domains", slot: moment(HOUR), startedAt: moment(HOUR) },
  ...{ batches: [], done: [], closedAt: null, suspect: null, counts: NO_COUNTS, inventory: "" },
};
const A = stateOf({ asset: "domain:a.dk" });
const B = stateOf({ asset: "domain:b.dk" });

function s18(summary: Summary) {
  return summary.requirements.find(({ requirement }) => requirement === "S18");
}

describe("the summary", () => {
  test("counts the assets of the inventory and combines them", () => {
    const watched = watching(["a.dk", "b.dk"]);
    const failing = { ...B, verdict: "fail" as const, openRegression: 2, observedAt: moment(1000) };
    const summary = summarise({ run: RUN, watched, states: [A, failing], now: NOW }, null);
    expect(summary).toMatchObject({ municipality: "101", name: "Eksempelkommune", run: RUN.id, suspect: false });
    expect(s18(summary)).toEqual({
      ...{ requirement: "S18", verdict: "fail", cause: null, since: moment(HOUR), stale: 0, openRegressions: 1 },
      assets: { pass: 1, fail: 1, indeterminate: 0, "not-applicable": 0, attested: 0 },
      oldest: moment(1000),
    });
  });

  test("an asset that was not looked at yet is not known, and has no oldest look", () => {
    const summary = summarise({ run: RUN, watched: watching(["a.dk", "b.dk"]), states: [A], now: NOW }, null);
    expect(s18(summary)).toMatchObject({ verdict: "indeterminate", cause: "probe-stale", oldest: null, stale: 0 });
  });

  test("what is stale is not known", () => {
    const summary = summarise({ run: RUN, watched: watching(["a.dk"]), states: [A], now: START + 3 * HOUR }, null);
    expect(s18(summary)).toMatchObject({
      verdict: "indeterminate",
      cause: "probe-stale",
      stale: 1,
      oldest: A.observedAt,
    });
  });

  test("no asset proves nothing", () => {
    const summary = summarise({ run: RUN, watched: watching([]), states: [], now: NOW }, null);
    expect(s18(summary)).toMatchObject({ verdict: "indeterminate", cause: "no-inventory", oldest: null });
  });

  test("a lapsed declaration of completeness keeps from passing", () => {
    const inventoryAttestation = { by: { name: "Anna" }, validUntil: NOW };
    const watched = watching(["a.dk"], { inventoryAttestation });
    const at = (now: number) => s18(summarise({ run: RUN, watched, states: [A], now }, null));
    expect(at(NOW)).toMatchObject({ verdict: "pass", cause: null });
    expect(at(NOW + 1)).toMatchObject({ verdict: "indeterminate", cause: "attestation-expired" });
  });

  test("since when is kept while the verdict stays", () => {
    const watched = watching(["a.dk"]);
    const first = summarise({ run: RUN, watched, states: [A], now: NOW }, null);
    const second = summarise({ run: RUN, watched, states: [A], now: NOW + 1000 }, first);
    expect(s18(second)?.since).toBe(moment(HOUR));
    const failing = { ...A, verdict: "fail" as const };
    const third = summarise({ run: RUN, watched, states: [failing], now: NOW + 2000 }, second);
    expect(s18(third)?.since).toBe(moment(HOUR + 2000));
  });

  test("requirements of other families stay as their own runs left them, in the order of the source text", () => {
    const entry = s18(summarise({ run: RUN, watched: watching(["a.dk"]), states: [A], now: NOW }, null))!;
    const before = {
      requirements: [
        { ...entry, requirement: "S20" },
        { ...entry, requirement: "S17" },
      ],
    } as unknown as Summary;
    const after = summarise({ run: RUN, watched: watching(["a.dk"]), states: [A], now: NOW }, before);
    expect(after.requirements.map(({ requirement }) => requirement)).toEqual(["S17", "S18", "S20"]);
  });
});

describe("the day's snapshot", () => {
  test("holds what could be said, and where the proof lies", () => {
    const [row] = snapshotRows([A], NOW, HOUR);
    expect(row).toEqual({
      ...{ asset: A.asset, verdict: "pass", cause: null, since: A.since, observedAt: A.observedAt },
      ...{ deciding: A.deciding, rules: A.rules, evidence: A.evidence, judgement: A.judgement },
      ...{ evidenceAt: A.evidenceAt, last: A.last },
    });
  });

  test("what is stale has not been known since it was last seen", () => {
    const [row] = snapshotRows([{ ...A, since: moment(-HOUR) }], START + 3 * HOUR, HOUR);
    expect(row).toMatchObject({ verdict: "indeterminate", cause: "probe-stale", since: A.observedAt });
  });
});
