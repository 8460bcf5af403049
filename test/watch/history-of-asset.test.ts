import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Subject } from "../../lib/core/transition.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { historyOfAsset } from "../../lib/watch/history-of-asset.ts";
import { verifies, verifyHistory } from "../../lib/watch/verify-history.ts";
import { MUNICIPALITY, type RememberedMunicipality, rememberedMunicipality } from "../support/remembered.ts";

const DAY_1 = "2026-11-20T10:00:00.000Z";
const DAY_2 = "2026-11-21T10:00:00.000Z";
const DAY_3 = "2026-11-22T10:00:00.000Z";
const SOON = Date.parse("2026-11-22T10:30:00.000Z");

let remembered: RememberedMunicipality;
let subject: Subject;

/** Fine, then broken, then fine again. */
beforeAll(async () => {
  remembered = await rememberedMunicipality();
  subject = { municipality: MUNICIPALITY.id, requirement: "S18", asset: remembered.assetId("signed") };
  await remembered.round(DAY_1, ["signed"]);
  await remembered.round(DAY_2, ["signed"], { signed: "expired" });
  await remembered.round(DAY_3, ["signed"]);
});

describe("the history of an asset", () => {
  test("is every change, oldest first, with what was concluded", async () => {
    const history = await historyOfAsset(subject, remembered, SOON);
    expect(history?.transitions.map(({ transition: { number, from, to } }) => [number, from, to])).toEqual([
      [1, null, "pass"],
      [2, "pass", "fail"],
      [3, "fail", "pass"],
    ]);
    const [, fail] = history?.transitions ?? [];
    expect(fail?.judgement).toMatchObject({ ok: true, value: { verdict: "fail", asset: subject.asset } });
    expect(history?.current).toEqual({ verdict: "pass", cause: null });
  });

  test("says that two cadences without an answer are stale", async () => {
    const history = await historyOfAsset(subject, remembered, SOON + 2 * 3_600_000);
    expect(history).toMatchObject({ isStale: true, current: { verdict: "indeterminate", cause: "probe-stale" } });
  });

  test("has what is not published yet, once", async () => {
    const published = await historyOfAsset(subject, remembered, SOON);
    const outbox = published?.transitions.slice(1).map(({ transition }) => transition) ?? [];
    const states = { ...remembered.memory.states, of: async () => ({ ...published!.state, outbox }) };
    const transitions = {
      ...remembered.memory.transitions,
      history: async () => published!.transitions.slice(0, 2).map(({ transition }) => transition),
    };
    const memory = { ...remembered.memory, states, transitions };
    const history = await historyOfAsset(subject, { ...remembered, memory }, SOON);
    expect(history?.transitions.map(({ transition }) => transition.number)).toEqual([1, 2, 3]);
  });

  test("is read again when a service wrote meanwhile", async () => {
    const whole = await historyOfAsset(subject, remembered, SOON);
    let reads = 0;
    const states = {
      ...remembered.memory.states,
      of: async () => {
        reads += 1;
        return reads === 1 ? { ...whole!.state, revision: whole!.state.revision - 1, last: 2 } : whole!.state;
      },
    };
    const history = await historyOfAsset(subject, { ...remembered, memory: { ...remembered.memory, states } }, SOON);
    expect([reads, history?.state.last]).toEqual([3, 3]);
  });

  test("is null for what was never looked at", async () => {
    expect(await historyOfAsset({ ...subject, asset: "domain:andet.dk" }, remembered, SOON)).toBeNull();
  });
});

describe("verifying", () => {
  async function verified(io: Pick<RememberedMunicipality, "memory" | "evidence"> = remembered, requirements = [s18]) {
    const history = await historyOfAsset(subject, io, SOON);
    return verifyHistory(history!, requirements, io);
  }

  /** The evidence store with one text altered or, for null, gone. */
  function evidenceWith(address: string, text: string | null): RememberedMunicipality["evidence"] {
    const { evidence } = remembered;
    return { ...evidence, get: async (asked) => (asked === address ? text : evidence.get(asked)) };
  }

  async function transition(index: number) {
    const history = await historyOfAsset(subject, remembered, SOON);
    return history!.transitions[index]!.transition;
  }

  test("an honest history holds in every part, and is judged again with the same result", async () => {
    const parts = await verified();
    expect(parts).toHaveLength(2 + 3 * 3);
    expect(parts.filter(({ outcome }) => outcome !== "holds")).toEqual([]);
    expect(verifies(parts)).toBe(true);
    expect(verifies([])).toBe(false);
  });

  test("finds altered history", async () => {
    const history = await historyOfAsset(subject, remembered, SOON);
    const [first, second, third] = history!.transitions;
    const forged = { ...second!, transition: { ...second!.transition, to: "pass" as const } };
    const parts = await verifyHistory({ ...history!, transitions: [first!, forged, third!] }, [s18], remembered);
    expect(parts[0]).toMatchObject({ check: "chain", number: 2, outcome: "broken", problem: "broken" });
    expect(parts).toContainEqual(
      expect.objectContaining({
        check: "judgement",
        number: 2,
        problem: "other-judgement",
        detail: "verdict is fail, not pass",
      }),
    );
    expect(verifies(parts)).toBe(false);
  });

  test("finds an end that was cut off", async () => {
    const history = await historyOfAsset(subject, remembered, SOON);
    const parts = await verifyHistory(
      { ...history!, transitions: history!.transitions.slice(0, 2) },
      [s18],
      remembered,
    );
    expect(parts[0]).toMatchObject({ check: "chain", outcome: "holds" });
    expect(parts[1]).toMatchObject({ check: "state", outcome: "broken", problem: "disagrees" });
    expect(parts[1]?.detail).toContain("number: the state has 3, the history ends with 2");
  });

  test.each(["evidence", "judgement"] as const)("finds %s that is gone, altered, or another's", async (check) => {
    const [one, other] = [await transition(1), await transition(0)];
    const gone = await verified({ ...remembered, evidence: evidenceWith(one[check], null) });
    expect(gone).toContainEqual(expect.objectContaining({ check, number: 2, problem: "missing" }));
    const text = (await remembered.evidence.get(one[check])) ?? "";
    const altered = await verified({
      ...remembered,
      evidence: evidenceWith(one[check], text.replaceAll("fail", "pass").replaceAll('"rcode":0', '"rcode":3')),
    });
    expect(altered).toContainEqual(expect.objectContaining({ check, number: 2, problem: "unfit" }));
    const swapped = evidenceWith(one[check], await remembered.evidence.get(other[check]));
    const parts = await verified({ ...remembered, evidence: swapped });
    expect(parts).toContainEqual(expect.objectContaining({ check, number: 2, problem: "unfit" }));
    for (const each of [gone, altered, parts]) expect(verifies(each)).toBe(false);
  });

  test("finds that the engine now judges otherwise", async () => {
    const other = { ...s18, checks: s18.checks.filter(({ id }) => id !== "s18.chain") };
    const parts = await verified(remembered, [other]);
    const recomputed = parts.filter(({ check }) => check === "recomputed");
    expect(recomputed.map(({ number, problem }) => [number, problem])).toEqual([
      [1, "differs"],
      [2, "differs"],
      [3, "differs"],
    ]);
    expect(recomputed[0]?.detail).toContain('not found again: ["s18.chain","1","S18_SECURE","pass",null,null]');
  });

  test("leaves what was judged by older rules alone, and says so", async () => {
    for (const requirements of [[{ ...s18, version: s18.version + 1 }], []]) {
      const parts = await verified(remembered, requirements);
      const skipped = parts.filter(({ outcome }) => outcome === "skipped");
      expect(skipped.map(({ check, problem }) => [check, problem])).toEqual(
        Array(3).fill(["recomputed", "older-rules"]),
      );
      expect(verifies(parts)).toBe(true);
    }
  });

  test("needs the run that saw it, and what was declared then", async () => {
    const none = { ...remembered.memory, runs: { ...remembered.memory.runs, of: async () => null } };
    const parts = await verified({ ...remembered, memory: none });
    expect(parts).toContainEqual(
      expect.objectContaining({
        check: "recomputed",
        number: 1,
        outcome: "broken",
        problem: "no-run",
        detail: `domains/${DAY_1}`,
      }),
    );
    const run = await remembered.memory.runs.of(MUNICIPALITY.id, `domains/${DAY_1}`);
    const lost = await verified({ ...remembered, evidence: evidenceWith(run!.value.inventory, null) });
    expect(lost).toContainEqual(expect.objectContaining({ check: "recomputed", number: 1, problem: "missing" }));
  });
});
