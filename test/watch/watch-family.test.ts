import { describe, expect, test } from "@jest/globals";
import { slotAt } from "../../lib/core/slot.ts";
import type { AssetState } from "../../lib/core/state.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { planRun } from "../../lib/watch/plan-run.ts";
import { runRound } from "../../lib/watch/round.ts";
import { watchAll } from "../../lib/watch/watch-all.ts";
import { ClockError, closeOthers, takeUp, watchFamily } from "../../lib/watch/watch-family.ts";
import type { WatchedFamily } from "../../lib/watch/watched.ts";
import type { WatchEvent } from "../../lib/watch/watch-event.ts";
import type { WatchIo } from "../../lib/watch/watch-io.ts";
import { HOUR, MINUTE, START } from "../support/looks.ts";
import { createMemoryEvidence, createMemoryTable } from "../support/memory-table.ts";
import { createFakeClock, type FakeClock } from "./month/fake-clock.ts";
import { found, judgedBy, seenAt, trialOf } from "./support/trial-requirement.ts";
import { domain, watching } from "./support/watched.ts";

const DOMAINS = ["a.dk", "b.dk", "c.dk"];
const FIRST = START + 20 * MINUTE;
const SOUND = trialOf(1, found("S18_FINE"));
const BROKEN = trialOf(1, found("S18_WRONG"));

/** A loop that can be followed: which slots it looked at, and what of. */
interface Stage {
  readonly io: WatchIo;
  readonly clock: FakeClock;
  readonly looks: { readonly slot: string; readonly assets: readonly string[]; readonly at: number }[];
  readonly events: WatchEvent[];
  readonly broken: Set<string>;
  told: number;
  watched(domains?: readonly string[]): WatchedFamily;
  /** Lets the loop run until a moment, then interrupts it. */
  until(moment: number, watched?: WatchedFamily): Promise<void>;
}

function createStage(start = FIRST): Stage {
  const clock = createFakeClock(start);
  const memory = createMemory(createMemoryTable());
  const stage: Stage = {
    ...{ clock, looks: [], events: [], broken: new Set<string>(), told: 0 },
    watched: (domains = DOMAINS) => ({ ...watching(domains), requirements: [SOUND] }),
    io: {
      ...{ memory, evidence: createMemoryEvidence(), clock },
      onEvent: (event) => void stage.events.push(event),
      tell: () => Promise.resolve(void (stage.told += 1)),
      openLooking: async (slot, _, signal) => ({
        async look({ assets }) {
          stage.looks.push({ slot, assets: assets.map((id) => id.replace("domain:", "")), at: clock.now() });
          await clock.sleep(1_000, signal);
          return assets.map((id) => {
            const asset = domain(id.replace("domain:", ""));
            const requirement = stage.broken.has(asset.name) ? BROKEN : SOUND;
            return judgedBy(requirement, seenAt(new Date(clock.now()).toISOString(), 0, asset), undefined, asset);
          });
        },
        checkControls: () => Promise.resolve("sound"),
        close: () => undefined,
      }),
    },
    async until(moment, watched = stage.watched()) {
      const stop = new AbortController();
      const work = Promise.all([
        watchFamily(watched, stage.io, stop.signal),
        clock.sleep(moment - clock.real(), stop.signal).then(() => stop.abort()),
      ]);
      await clock.drive(work);
    },
  };
  return stage;
}

function hour(number: number): string {
  return slotAt(START + number * HOUR);
}

async function closedAtOf({ io }: Stage, run: string): Promise<string | null | undefined> {
  return (await io.memory.runs.of("101", run))?.value.closedAt;
}

async function stateIn({ io }: Stage, name: string): Promise<AssetState> {
  const state = await io.memory.states.of({ municipality: "101", requirement: "S18", asset: `domain:${name}` });
  if (state === null) throw new Error(`nothing is remembered of ${name}`);
  return state;
}

describe("the rounds", () => {
  test("begin at once, then come with the cadence; a start within the same hour looks at nothing again", async () => {
    const stage = createStage();
    await stage.until(START + 2.5 * HOUR);
    const slots = [hour(0), hour(1), hour(2)];
    expect(stage.looks.map(({ slot }) => slot)).toEqual(slots);
    expect(stage.looks.map(({ at }) => at)).toEqual([FIRST, START + HOUR, START + 2 * HOUR]);
    await stage.until(START + 2.9 * HOUR);
    expect(stage.looks.map(({ slot }) => slot)).toEqual(slots);
  });

  test("that were missed are not made up for, and the time away is told", async () => {
    const stage = createStage();
    await stage.until(START + 0.5 * HOUR);
    stage.clock.suspend(7 * HOUR);
    await stage.until(START + 8.2 * HOUR);
    expect(stage.looks.map(({ slot }) => slot)).toEqual([hour(0), hour(7), hour(8)]);
    expect(stage.events.find(({ kind }) => kind === "was-away")).toMatchObject({
      to: new Date(START + 7.5 * HOUR).toISOString(),
    });
  });

  test("see at once what others left out: an inventory that has grown, and names that were verified by hand", async () => {
    const grown = createStage();
    await grown.until(START + 0.5 * HOUR, grown.watched(["a.dk", "b.dk"]));
    await grown.until(START + 0.6 * HOUR);
    expect(grown.looks.map(({ assets }) => assets)).toEqual([["a.dk", "b.dk"], DOMAINS]);
    expect(grown.looks[1]?.at).toBe(START + 0.5 * HOUR);

    const byHand = createStage();
    const signal = new AbortController().signal;
    await byHand.clock.drive(runRound(byHand.watched(), slotAt(FIRST), byHand.io, signal, ["domain:a.dk"]));
    await byHand.until(START + 1.2 * HOUR);
    expect(byHand.looks.map(({ assets }) => assets)).toEqual([["a.dk"], DOMAINS, DOMAINS]);
    expect(byHand.looks.map(({ at }) => at - START)).toEqual([20 * MINUTE, 20 * MINUTE + 1_000, HOUR]);
    expect((await stateIn(byHand, "b.dk")).verdict).toBe("pass");
  });

  test("that all have been verified by hand since the last moment are not repeated", async () => {
    const stage = createStage();
    const signal = new AbortController().signal;
    for (const [at, assets] of [
      [FIRST, ["domain:a.dk", "domain:b.dk"]],
      [FIRST + MINUTE, ["domain:c.dk"]],
    ] as const) {
      await stage.clock.drive(runRound(stage.watched(), slotAt(at), stage.io, signal, assets));
    }
    await stage.until(START + 0.9 * HOUR);
    expect(stage.looks).toHaveLength(2);
  });
});

describe("a second look", () => {
  test("is announced, waited for and confirms what got worse", async () => {
    const stage = createStage();
    await stage.until(START + 0.5 * HOUR);
    stage.broken.add("b.dk");
    await stage.until(START + 1.5 * HOUR);
    expect(stage.looks.slice(1).map(({ slot, assets }) => [slot, assets])).toEqual([
      [hour(1), DOMAINS],
      [`${hour(1)}/confirm`, ["b.dk"]],
    ]);
    const [, , second] = stage.looks;
    expect(second?.at).toBe(START + HOUR + 1_000 + 10 * MINUTE);
    expect(stage.events.find(({ kind }) => kind === "second-look-planned")).toMatchObject({
      assets: ["domain:b.dk"],
      due: new Date(second?.at ?? 0).toISOString(),
    });
    expect(await stateIn(stage, "b.dk")).toMatchObject({ verdict: "fail", last: 2 });
  });

  test("that an interrupt kept from being taken is taken after the next start", async () => {
    const stage = createStage();
    await stage.until(START + 0.5 * HOUR);
    stage.broken.add("b.dk");
    await stage.until(START + HOUR + 5 * MINUTE);
    expect(await stateIn(stage, "b.dk")).toMatchObject({ verdict: "pass" });
    await stage.until(START + 1.5 * HOUR);
    expect(stage.looks.at(-1)).toMatchObject({ slot: `${hour(1)}/confirm`, assets: ["b.dk"] });
    expect(await stateIn(stage, "b.dk")).toMatchObject({ verdict: "fail" });
  });

  test("that is due only after the next round is left to that", async () => {
    const stage = createStage();
    await stage.until(START + 0.5 * HOUR);
    stage.broken.add("b.dk");
    const { inventory, ...rest } = stage.watched();
    const settings = { ...inventory.settings, confirmAfter: 2 * HOUR };
    await stage.until(START + 2.5 * HOUR, { ...rest, inventory: { ...inventory, settings } });
    expect(stage.looks.map(({ slot }) => slot)).toEqual([hour(0), hour(1), hour(2)]);
    expect(stage.events.find(({ kind }) => kind === "second-look-planned")).toMatchObject({ due: null });
  });
});

describe("what an earlier process left", () => {
  test("a round within its cadence is carried on: only what is missing is looked at", async () => {
    const stage = createStage();
    const many = Array.from({ length: 30 }, (_, index) => `d${index}.dk`);
    const watched = stage.watched(many);
    const { value: run, revision } = await planRun(watched, hour(0), stage.io);
    await stage.io.memory.runs.put({ ...run, done: [0] }, revision);
    await stage.until(START + 0.5 * HOUR, watched);
    expect(stage.looks.map(({ slot, assets }) => [slot, assets.length])).toEqual([[hour(0), 5]]);
    expect((await stage.io.memory.runs.of("101", run.id))?.value.closedAt).not.toBeNull();
  });

  test("an older round is closed after the next one, without looking back", async () => {
    const stage = createStage(START + 5.2 * HOUR);
    const { value: run } = await planRun(stage.watched(), hour(0), stage.io);
    await stage.until(START + 5.4 * HOUR);
    expect(stage.looks.map(({ slot }) => slot)).toEqual([hour(5)]);
    expect((await stage.io.memory.runs.of("101", run.id))?.value.closedAt).not.toBeNull();
  });

  test("a round of another inventory is not carried on: everything is seen anew, and it is closed after that", async () => {
    const stage = createStage();
    const { value: run } = await planRun(stage.watched(["a.dk", "b.dk", "c.dk", "d.dk"]), hour(0), stage.io);
    await stage.until(START + 0.5 * HOUR);
    expect(stage.looks.map(({ slot, assets }) => [slot, assets])).toEqual([[slotAt(FIRST), DOMAINS]]);
    expect(await closedAtOf(stage, run.id)).toEqual(expect.any(String));
  });

  test("however many runs were left open are all closed, ten minutes after their start", async () => {
    const stage = createStage();
    const ids: string[] = [];
    for (let second = 0; second < 45; second += 1) {
      const { value } = await planRun(stage.watched(), slotAt(START + second * 1_000), stage.io, ["domain:a.dk"]);
      ids.push(value.id);
    }
    await stage.clock.drive(stage.clock.sleep(11 * MINUTE, new AbortController().signal));
    await stage.clock.drive(closeOthers(stage.watched(), stage.io));
    for (const id of ids) expect(await closedAtOf(stage, id)).toEqual(expect.any(String));
  });

  test("alerts that were not handed over are, before anything is looked at", async () => {
    const stage = createStage();
    await stage.clock.drive(takeUp(stage.watched(), stage.io, new AbortController().signal));
    expect([stage.told, stage.looks]).toEqual([1, []]);
  });
});

describe("a round", () => {
  test("of which one batch fails ends the others before what they look through is closed, and stays open", async () => {
    const stage = createStage();
    const many = stage.watched(Array.from({ length: 30 }, (_, index) => `d${index}.dk`));
    const deeds: string[] = [];
    const io: WatchIo = {
      ...stage.io,
      openLooking: (_slot, _total, ends) =>
        Promise.resolve({
          async look({ batch }) {
            await stage.clock.sleep(batch === 0 ? MINUTE : HOUR, ends);
            deeds.push(`${batch} ends ${ends.aborted ? "early" : "in time"}`);
            if (batch === 0) throw new Error("the disk is full");
            return [];
          },
          checkControls: () => Promise.resolve("sound"),
          close: () => void deeds.push("closed"),
        }),
    };
    const round = runRound(many, hour(0), io, new AbortController().signal);
    await expect(stage.clock.drive(round)).rejects.toThrow("the disk is full");
    expect(deeds).toEqual(["0 ends in time", "1 ends early", "closed"]);
    expect(await closedAtOf(stage, `domains/${hour(0)}`)).toBeNull();
  });
});

describe("telling", () => {
  test("takes as long as it takes beside the watch, is begun at once, and is ended before the watch is", async () => {
    const stage = createStage();
    const { clock } = stage;
    const stop = new AbortController();
    const never = new AbortController().signal;
    const begun: number[] = [];
    let under = 0;
    const tell = async (): Promise<void> => {
      begun.push(clock.now() - FIRST);
      under += 1;
      await clock.sleep(90 * MINUTE, never);
      under -= 1;
    };
    const stopping = clock.sleep(START + 2.5 * HOUR - FIRST, never).then(() => stop.abort());
    await clock.drive(Promise.all([watchAll([stage.watched()], { ...stage.io, tell }, stop.signal), stopping]));
    expect(stage.looks.map(({ at }) => at)).toEqual([FIRST, START + HOUR, START + 2 * HOUR]);
    // At the start; then, as soon as that has ended, what was closed meanwhile, and once more what was closed after that.
    expect(begun).toEqual([0, 90 * MINUTE, 180 * MINUTE]);
    expect(under).toBe(0);
  });

  test("that fails ends the watch", async () => {
    const stage = createStage();
    const tell = (): Promise<void> => Promise.reject(new Error("the disk is full"));
    const watch = watchAll([stage.watched()], { ...stage.io, tell }, new AbortController().signal);
    await expect(stage.clock.drive(watch)).rejects.toThrow("the disk is full");
  });
});

describe("the clock", () => {
  test("that stands well before the newest round ends the watch, before anything is looked at or written", async () => {
    const stage = createStage();
    await planRun(stage.watched(), hour(3), stage.io);
    await expect(stage.until(START + HOUR)).rejects.toMatchObject({
      name: new ClockError(0, 0).name,
      now: new Date(FIRST).toISOString(),
      newest: hour(3),
    });
    expect([stage.looks, stage.told]).toEqual([[], 0]);
  });

  test("that is set forward while the watch waits is told, and the round is taken at once", async () => {
    const stage = createStage();
    const stop = new AbortController();
    const { clock } = stage;
    const deeds = async (): Promise<void> => {
      await clock.sleep(10 * MINUTE, stop.signal);
      clock.set(5 * HOUR);
      await clock.sleep(MINUTE, stop.signal);
      stop.abort();
    };
    await clock.drive(Promise.all([watchAll([stage.watched()], stage.io, stop.signal), deeds()]));
    expect(stage.looks.map(({ slot }) => slot)).toEqual([hour(0), hour(5)]);
    expect(stage.events.find(({ kind }) => kind === "clock-jumped")).toMatchObject({ seconds: 5 * 3600 });
  });

  test("that is set back beyond what is remembered ends the watch, with all families", async () => {
    const stage = createStage();
    const never = new AbortController().signal;
    const { clock } = stage;
    const back = clock.sleep(10 * MINUTE, never).then(() => clock.set(-2 * HOUR));
    const watch = watchAll([stage.watched()], stage.io, never);
    await expect(clock.drive(Promise.all([watch, back]))).rejects.toBeInstanceOf(ClockError);
  });
});
