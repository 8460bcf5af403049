import { beforeEach, describe, expect, test } from "@jest/globals";
import { brokenLink } from "../../lib/core/transition.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { confirmSlotOf } from "../../lib/core/slot.ts";
import type { Requirement } from "../../lib/core/requirement.ts";
import type { EvidenceStore, Table } from "../../lib/ports.ts";
import { openJudgement, openObservations } from "../../lib/verify/evidence.ts";
import type { JudgedAsset } from "../../lib/verify/verification.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { publishAll } from "../../lib/watch/publish.ts";
import { recordLooks } from "../../lib/watch/record-looks.ts";
import { name } from "../../lib/wire/name.ts";
import { HOUR, moment, POLICY, SUBJECT } from "../support/looks.ts";
import { createMemoryEvidence, createMemoryTable } from "../support/memory-table.ts";
import { dyingAfter, livesThrough } from "./support/interrupted-table.ts";
import { ASSET, found, judgedBy, seenAt, trialBy, trialOf } from "./support/trial-requirement.ts";

const { municipality } = SUBJECT;
const GOOD = trialOf(1, found("S18_FINE"));
const BAD = trialOf(1, found("S18_WRONG", "eksempel.dk."));
const UNSIGNED = trialOf(1, found("S18_RECORDED", "eksempel.dk."));
const SILENT = trialOf(1, found("S18_UNHEARD"));

let table: Table;
let memory: Memory;
let evidence: EvidenceStore;
let kept: string[];

beforeEach(() => {
  table = createMemoryTable();
  memory = createMemory(table);
  kept = [];
  const store = createMemoryEvidence();
  evidence = {
    get: store.get,
    put: async (address, text) => {
      kept.push(address);
      await store.put(address, text);
    },
  };
});

const about = (slot: string) => ({
  ...{ municipality, slot, reading: "kommune-2024" as const, statements: NO_STATEMENTS, ...POLICY },
});

/** Looks at the domain at an hour; what was seen is named by a number. */
async function look(hour: number, requirement: Requirement, what = 0, io = { memory, evidence }) {
  const judged = judgedBy(requirement, seenAt(moment(hour * HOUR), what));
  const [recorded] = await recordLooks([judged], about(moment(hour * HOUR)), io);
  if (recorded === undefined) throw new Error("nothing was recorded");
  return recorded;
}

async function numbersToldOf(): Promise<readonly number[]> {
  return (await memory.notices.all(municipality)).map(({ value }) => value.transition.number);
}

describe("recording a look", () => {
  test("remembers it, keeps its proof and publishes what it settles", async () => {
    const first = await look(0, GOOD);
    expect(first).toMatchObject({ subject: SUBJECT, before: null, counted: true, look: { verdict: "pass" } });
    expect(first.transitions).toMatchObject([{ kind: "baseline", number: 1 }]);
    expect(first.after).toEqual(await memory.states.of(SUBJECT));
    expect(first.after).toMatchObject({ verdict: "pass", outbox: [], last: 1 });
    expect(await memory.transitions.history(SUBJECT)).toEqual(first.transitions);

    const second = await look(1, UNSIGNED, 1);
    expect(second).toMatchObject({ counted: true, before: first.after, transitions: [{ kind: "regression" }] });
    expect(await memory.transitions.open(municipality)).toEqual(second.transitions);
    expect(await numbersToldOf()).toEqual([2]);
    for (const { evidence: seen, evidenceAt, judgement } of await memory.transitions.history(SUBJECT)) {
      expect(openObservations(seen, (await evidence.get(seen)) ?? "", evidenceAt).ok).toBe(true);
      expect(openJudgement(judgement, (await evidence.get(judgement)) ?? "").ok).toBe(true);
    }
  });

  test("that sees what was seen before writes the state alone", async () => {
    await look(0, GOOD);
    kept = [];
    const again = await look(1, GOOD);
    expect(again).toMatchObject({ counted: true, transitions: [], after: { slot: moment(HOUR), last: 1 } });
    expect(kept).toEqual([]);
    await look(2, GOOD, 1);
    expect(kept).toHaveLength(1);
  });

  test("that was taken into account before, or comes too late, changes nothing", async () => {
    await look(0, GOOD);
    const newest = await look(2, GOOD);
    kept = [];
    for (const late of [await look(2, UNSIGNED, 1), await look(1, UNSIGNED, 1)]) {
      expect(late).toMatchObject({ counted: false, transitions: [], before: newest.after, after: newest.after });
    }
    expect(kept).toEqual([]);
    expect(await memory.states.of(SUBJECT)).toEqual(newest.after);
  });

  test("that is worse waits for the second one, and tells which run settled it", async () => {
    await look(0, GOOD);
    const first = await look(1, BAD, 1);
    expect(first).toMatchObject({
      counted: true,
      transitions: [],
      after: { verdict: "pass", candidate: { looks: 1 } },
    });
    const slot = confirmSlotOf(moment(HOUR));
    const judged = judgedBy(BAD, seenAt(moment(HOUR + POLICY.confirmAfter), 1));
    const [second] = await recordLooks([judged], about(slot), { memory, evidence });
    expect(second?.transitions).toMatchObject([{ kind: "regression", firstSlot: moment(HOUR), slot }]);
    expect((await memory.notices.all(municipality)).map(({ value }) => value.run)).toEqual([`domains/${slot}`]);
  });

  test("long after the first one confirms nothing where candidates expire", async () => {
    await look(0, GOOD);
    await look(1, BAD);
    const slot = moment(9 * HOUR);
    const judged = judgedBy(BAD, seenAt(slot, 1));
    const [late] = await recordLooks([judged], { ...about(slot), candidateExpires: 2 * HOUR }, { memory, evidence });
    expect(late).toMatchObject({ transitions: [], after: { verdict: "pass", candidate: { slot, looks: 1 } } });
  });

  test("without an answer leaves the verdict as it is", async () => {
    await look(0, GOOD);
    const silent = await look(1, SILENT, 1);
    expect(silent).toMatchObject({ counted: true, after: { verdict: "pass", unanswered: { cause: "dns-timeout" } } });
  });
});

describe("a look by other rules", () => {
  const STRICTER = trialBy(2, (what) => [found("S18_BROKEN"), found("S18_WRONG", what)]);

  test("first records what the rules alone change, by the old evidence, and keeps that judgement", async () => {
    const { after } = await look(0, GOOD);
    const { transitions } = await look(1, STRICTER, 1);
    expect(transitions).toMatchObject([
      { kind: "rule-change", to: "fail", evidence: after.evidence, evidenceAt: moment(0), rules: "S18@2 kommune-2024" },
    ]);
    const [{ judgement } = { judgement: "" }] = transitions;
    expect(openJudgement(judgement, (await evidence.get(judgement)) ?? "")).toMatchObject({
      ...{ ok: true, value: { rules: "S18@2 kommune-2024", verdict: "fail" } },
    });
    expect(transitions[0]?.deciding[1]).toEqual({ tag: "S18_WRONG", about: "0" });
    expect(await memory.transitions.open(municipality)).toEqual([]);
  });

  test("blames nobody where the old evidence is lost or does not fit its address", async () => {
    for (const text of [null, "{}"]) {
      table = createMemoryTable();
      memory = createMemory(table);
      await look(0, GOOD);
      const { transitions } = await look(1, trialOf(2, found("S18_RECORDED")), 1, {
        memory,
        evidence: { ...evidence, get: async () => text },
      });
      expect(transitions).toMatchObject([{ kind: "rule-change", to: "fail", evidenceAt: moment(HOUR) }]);
    }
  });

  test("blames nobody where the new rules need what was not looked at then", async () => {
    await look(0, GOOD);
    const newer = { ...trialOf(2, found("S18_RECORDED")) };
    const needy = { ...newer, checks: newer.checks.map((check) => ({ ...check, needs: ["dns.servers" as const] })) };
    const [seen] = seenAt(moment(HOUR), 1);
    if (seen === undefined) throw new Error("nothing was seen");
    const servers = [{ ...seen, kind: "dns.servers" as const }];
    const [recorded] = await recordLooks([judgedBy(needy, servers)], about(moment(HOUR)), { memory, evidence });
    expect(recorded?.transitions).toMatchObject([{ kind: "rule-change", evidenceAt: moment(HOUR) }]);
    expect(recorded?.look.rejudged).toBeNull();
  });

  test("reads no evidence where that can change nothing", async () => {
    const asked: string[] = [];
    const watched = {
      ...evidence,
      get: async (address: string) => {
        asked.push(address);
        return evidence.get(address);
      },
    };
    const io = { memory, evidence: watched };
    await look(0, SILENT, 0, io);
    await look(1, trialOf(2, found("S18_FINE")), 1, io);
    await look(2, trialOf(2, found("S18_FINE")), 1, io);
    await look(3, trialOf(3, found("S18_UNHEARD")), 1, io);
    await look(0, trialOf(3, found("S18_FINE")), 1, io);
    expect(asked).toEqual([]);
    await look(4, trialOf(3, found("S18_FINE")), 1, io);
    expect(asked).toHaveLength(1);
  });
});

describe("many looks", () => {
  const domain = (index: number) => ({
    ...{ kind: "domain" as const, id: `domain:d${index}.dk`, name: `d${index}.dk`, domain: name(`d${index}.dk`) },
  });
  const batch: readonly JudgedAsset[] = Array.from({ length: 60 }, (_, index) =>
    judgedBy(GOOD, seenAt(moment(0), 0, domain(index)), NO_STATEMENTS, domain(index)),
  );

  test("are answered in their order, not more than sixteen at a time", async () => {
    let [under, most] = [0, 0];
    const slow: Table = {
      ...table,
      get: async (...given) => {
        most = Math.max(most, (under += 1));
        await new Promise((resolve) => setImmediate(resolve));
        under -= 1;
        return table.get(...given);
      },
    };
    const recorded = await recordLooks(batch, about(moment(0)), { memory: createMemory(slow), evidence });
    expect(recorded.map(({ subject }) => subject.asset)).toEqual(batch.map(({ evaluation }) => evaluation.asset.id));
    expect(most).toBe(16);
    expect(await memory.states.all(municipality, "S18")).toHaveLength(60);
  });

  test("end with the first failure of the store, when none is under way any more", async () => {
    let under = 0;
    const failing: Table = {
      ...table,
      put: async (...given) => {
        under += 1;
        await new Promise((resolve) => setTimeout(resolve, given[0].sk === "domain:d3.dk" ? 1 : 20));
        under -= 1;
        if (given[0].sk === "domain:d3.dk") throw new Error("the disk is full");
        return table.put(...given);
      },
    };
    const io = { memory: createMemory(failing), evidence };
    await expect(recordLooks(batch, about(moment(0)), io)).rejects.toThrow("the disk is full");
    expect(under).toBe(0);
    expect((await memory.states.all(municipality, "S18")).length).toBeLessThan(20);
  });
});

describe("when others write too", () => {
  test("a look is taken anew on what they wrote, and what both settled is told once", async () => {
    await look(0, GOOD);
    let isFirst = true;
    const raced: Table = {
      ...table,
      put: async (item, condition) => {
        if (isFirst && item.pk === "M#101#S18") {
          isFirst = false;
          await look(1, UNSIGNED, 1);
        }
        return table.put(item, condition);
      },
    };
    const recorded = await look(2, GOOD, 2, { memory: createMemory(raced), evidence });
    expect(recorded).toMatchObject({ counted: true, before: { verdict: "fail" }, after: { candidate: { looks: 1 } } });
    expect(await numbersToldOf()).toEqual([2]);
  });

  test("a look that another has taken into account meanwhile does not count", async () => {
    await look(0, GOOD);
    let isFirst = true;
    const raced: Table = {
      ...table,
      put: async (item, condition) => {
        if (isFirst && item.pk === "M#101#S18") {
          isFirst = false;
          await look(1, UNSIGNED, 1);
        }
        return table.put(item, condition);
      },
    };
    expect(await look(1, UNSIGNED, 1, { memory: createMemory(raced), evidence })).toMatchObject({
      ...{ counted: false, transitions: [], after: { verdict: "fail", outbox: [] } },
    });
    expect(await numbersToldOf()).toEqual([2]);
  });

  test("it gives up when the state is never left alone", async () => {
    const busy = createMemory({ ...table, put: async () => false });
    await expect(look(0, GOOD, 0, { memory: busy, evidence })).rejects.toMatchObject({
      ...{ name: "StoreError", problem: "unavailable", path: `M#101#S18 / ${ASSET.id}` },
    });
  });
});

describe("cut short after any write", () => {
  test("the same looks again lead to the same history, told once, with every proof kept", async () => {
    const story = [
      GOOD,
      UNSIGNED,
      trialOf(1, found("S18_FINE"), found("S18_SHORT")),
      GOOD,
      trialOf(2, found("S18_BROKEN")),
    ];
    const tell = async (io: { memory: Memory; evidence: EvidenceStore }) => {
      for (const [hour, requirement] of story.entries()) await look(hour, requirement, hour, io);
    };
    await tell({ memory, evidence });
    const expected = await memory.transitions.history(SUBJECT);
    const told = await numbersToldOf();
    expect(expected.map(({ kind }) => kind)).toEqual(["baseline", "regression", "recovery", "rule-change"]);
    let last = 1;
    for (; ; last += 1) {
      const own = createMemoryTable();
      const isEnded = await livesThrough(dyingAfter(own, last), (dying) =>
        tell({ memory: createMemory(dying), evidence }),
      );
      memory = createMemory(own);
      await publishAll(municipality, ["S18"], memory);
      await tell({ memory, evidence });
      const history = await memory.transitions.history(SUBJECT);
      expect(history).toEqual(expected);
      expect(brokenLink(history)).toBeNull();
      expect(await numbersToldOf()).toEqual(told);
      expect((await memory.states.of(SUBJECT))?.outbox).toEqual([]);
      for (const { evidence: seen, judgement } of history) {
        expect([await evidence.get(seen), await evidence.get(judgement)]).not.toContain(null);
      }
      if (isEnded) break;
    }
    expect(last).toBeGreaterThan(15);
  });

  test("evidence that cannot be kept is not referred to", async () => {
    const full: EvidenceStore = { ...evidence, put: () => Promise.reject(new Error("the disk is full")) };
    await expect(look(0, GOOD, 0, { memory, evidence: full })).rejects.toThrow("the disk is full");
    expect(await memory.states.of(SUBJECT)).toBeNull();
  });
});
