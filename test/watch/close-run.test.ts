import { describe, expect, test } from "@jest/globals";
import type { Alert, TransitionAlert } from "../../lib/watch/alert.ts";
import { addressOf, HOUR, MINUTE, moment, POLICY, SUBJECT, START } from "../support/looks.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { closeRun } from "../../lib/watch/close-run.ts";
import { watching } from "./support/watched.ts";
import { createWorld, type Seen, type World } from "./support/world.ts";

const MANY = Array.from({ length: 40 }, (_, index) => `n${String(index + 10)}.dk`);
/** Enough that the forty are not most of them. */
const OTHERS = Array.from({ length: 60 }, (_, index) => `o${String(index + 10)}.dk`);
const BROKEN_ZONE = { verdict: "fail", deciding: [{ tag: "S18_BOGUS", about: "dk" }] } as const;

function all(domains: readonly string[], what: Seen[string]): Seen {
  return Object.fromEntries(domains.map((domain) => [domain, what]));
}

/** A round with its second looks, both closed. */
async function confirmedRound(world: World, hour: number, seen: Seen): Promise<void> {
  await world.close(await world.look(hour, seen));
  await world.close(await world.lookAgain(hour, seen));
}

async function news(world: World): Promise<readonly [Alert["kind"], readonly string[]][]> {
  return (await world.alerts())
    .filter((alert): alert is TransitionAlert => "deciding" in alert)
    .map(({ kind, members }) => [kind, members.map(({ asset, number }) => `${asset.slice(7)} ${String(number)}`)]);
}

describe("closing a run", () => {
  test("a silent baseline tells nothing, and leaves a summary and a snapshot", async () => {
    const world = createWorld(["a.dk", "b.dk"]);
    const closed = await world.close(await world.look(0));
    expect(closed).toMatchObject({ alerts: [], secondLooks: null });
    expect(closed.run.closedAt).toBe(moment(MINUTE));
    const summary = await world.memory.days.summary("101");
    expect(summary?.requirements).toMatchObject([{ requirement: "S18", verdict: "pass", since: moment(MINUTE) }]);
    const snapshot = await world.memory.days.snapshot("101", "2026-03-01", "S18");
    expect(snapshot?.rows.map(({ asset, verdict }) => [asset, verdict])).toEqual([
      ["domain:a.dk", "pass"],
      ["domain:b.dk", "pass"],
    ]);
  });

  test("what came out worse is looked at again, and told once that says the same", async () => {
    const world = createWorld(["a.dk", "b.dk"]);
    await world.close(await world.look(0));
    const first = await world.close(await world.look(1, { "a.dk": "fail" }));
    expect(first.alerts).toEqual([]);
    expect(first.secondLooks).toEqual({ assets: ["domain:a.dk"], due: START + HOUR + 5000 + POLICY.confirmAfter });
    const second = await world.close(await world.lookAgain(1, { "a.dk": "fail" }));
    expect(second.alerts).toMatchObject([
      { kind: "regression", requirement: "S18", total: 1, run: second.run.id, deciding: { tag: "S18_FAIL" } },
    ]);
    expect(second.secondLooks).toBeNull();
    expect(await world.memory.notices.all("101")).toEqual([]);
    const undelivered = await world.memory.alerts.undelivered("101");
    expect(undelivered.map(({ value }) => value.alert)).toEqual(second.alerts);
  });

  test("a run that is closed again changes nothing", async () => {
    const world = createWorld(["a.dk"]);
    await world.close(await world.look(0));
    const run = await world.look(1, { "a.dk": "fail" });
    const first = await world.close(run);
    const again = await world.close(run, START + 5 * HOUR);
    expect(again).toEqual({ ...first, alerts: [] });
  });

  test("forty assets broken by one parent zone are one alert that names it, and one when it is mended", async () => {
    const world = createWorld([...MANY, ...OTHERS]);
    await world.close(await world.look(0));
    await confirmedRound(world, 1, all(MANY, BROKEN_ZONE));
    const mended = { verdict: "pass", isCertain: true } as const;
    const closed = await world.close(await world.look(2, all(MANY, mended)));
    const alerts = (await world.alerts()) as readonly TransitionAlert[];
    expect(alerts.map(({ kind, total, deciding }) => [kind, total, deciding])).toEqual([
      ["regression", 40, { tag: "S18_BOGUS", about: "dk" }],
      ["recovery", 40, { tag: "S18_BOGUS", about: "dk" }],
    ]);
    expect(closed.alerts).toEqual([alerts[1]]);
  });

  test("what is held by a doubted run is told, as one, by the next that says the same", async () => {
    const world = createWorld(MANY);
    await world.close(await world.look(0));
    const held = await world.close(await world.look(1, all(MANY, BROKEN_ZONE)));
    expect(held.run.suspect).toBe("mass");
    expect(held.secondLooks).toBeNull();
    expect(held.alerts).toMatchObject([{ kind: "doubt", suspicion: "mass", worse: 40, well: 40 }]);
    expect((await world.memory.days.summary("101"))?.suspect).toBe(true);
    const next = await world.close(await world.look(2, all(MANY, BROKEN_ZONE)));
    expect(next.run.suspect).toBeNull();
    expect(next.alerts).toMatchObject([{ kind: "regression", total: 40, deciding: { about: "dk" } }]);
  });

  test("what a doubted run settled at once is held, and told by the next with what that finds", async () => {
    const world = createWorld(MANY);
    await world.close(await world.look(0));
    await world.close(await world.look(1, all(MANY, { ...BROKEN_ZONE, isCertain: true })));
    expect(await news(world)).toEqual([]);
    expect(await world.memory.notices.all("101")).toHaveLength(40);
    await world.close(await world.look(2, all(MANY, BROKEN_ZONE)));
    expect((await news(world)).map(([kind, members]) => [kind, members.length])).toEqual([["regression", 40]]);
  });

  test("what was held and has recovered is told to nobody; history keeps both", async () => {
    const world = createWorld(MANY);
    await world.close(await world.look(0));
    await world.close(await world.look(1, all(MANY, { ...BROKEN_ZONE, isCertain: true })));
    await world.close(await world.look(2, all(MANY, { verdict: "pass", isCertain: true })));
    expect(await news(world)).toEqual([]);
    expect(await world.memory.notices.all("101")).toEqual([]);
    const history = await world.memory.transitions.history({ ...SUBJECT, asset: "domain:n10.dk" });
    expect(history.map(({ kind }) => kind)).toEqual(["baseline", "regression", "recovery"]);
  });

  test("controls that failed hold what there is, second looks too, until they are sound again", async () => {
    const world = createWorld(["a.dk", "b.dk"]);
    await world.close(await world.look(0));
    await world.close(await world.look(1, { "a.dk": "fail" }));
    const doubted = await world.close(await world.lookAgain(1, { "a.dk": "fail" }, { suspect: "controls" }));
    expect(doubted.alerts).toMatchObject([{ kind: "doubt", suspicion: "controls" }]);
    expect(await news(world)).toEqual([]);
    await world.close(await world.look(2, { "a.dk": "fail" }));
    expect(await news(world)).toEqual([["regression", ["a.dk 2"]]]);
  });

  test("what belongs to a run that nobody works on any more, ten minutes after its start, is not waited for", async () => {
    const world = createWorld(["a.dk"]);
    await world.close(await world.look(0));
    await world.close(await world.look(1, { "a.dk": "fail" }));
    await world.lookAgain(1, { "a.dk": "fail" }, { startedAt: moment(2 * HOUR - 10 * MINUTE) });
    await world.close(await world.look(2, { "a.dk": "fail" }));
    expect(await news(world)).toEqual([["regression", ["a.dk 2"]]]);
  });

  test("an older run that is closed later leaves the summary and the snapshot to the newer one", async () => {
    const world = createWorld(["a.dk"]);
    const old = await world.look(0, {}, { suspect: "controls", inventory: addressOf("older") });
    const newer = await world.look(1, { "a.dk": "fail" });
    await world.close(newer);
    await world.close(old, START + 2 * HOUR);
    const at = moment(2 * HOUR);
    expect(await world.memory.days.summary("101")).toMatchObject({ run: newer, suspect: false, closedAt: at });
    const snapshot = await world.memory.days.snapshot("101", "2026-03-01", "S18");
    expect(snapshot).toMatchObject({ inventory: addressOf("inventory"), closedAt: at });
  });

  test("what belongs to a run that is still open waits for its close", async () => {
    const world = createWorld(["a.dk"]);
    await world.close(await world.look(0));
    await world.close(await world.look(1, { "a.dk": "fail" }));
    const open = await world.lookAgain(1, { "a.dk": "fail" }, { startedAt: moment(2 * HOUR - 5 * MINUTE) });
    await world.close(await world.look(2, { "a.dk": "fail" }));
    expect(await news(world)).toEqual([]);
    await world.close(open, START + 3 * HOUR);
    expect(await news(world)).toEqual([["regression", ["a.dk 2"]]]);
  });

  test("what arrives after a close goes with the next", async () => {
    const world = createWorld(["a.dk", "b.dk"]);
    await world.close(await world.look(0));
    const first = await world.look(1, { "a.dk": { verdict: "fail", isCertain: true } });
    await world.close(first);
    const [alert] = (await world.alerts()) as readonly TransitionAlert[];
    expect(alert?.members.map(({ asset }) => asset)).toEqual(["domain:a.dk"]);
    await world.close(await world.look(2, { "a.dk": "fail", "b.dk": { verdict: "fail", isCertain: true } }));
    expect(await news(world)).toEqual([
      ["regression", ["a.dk 2"]],
      ["regression", ["b.dk 2"]],
    ]);
  });

  test("a candidate of an earlier run is not this run's to look at again", async () => {
    const world = createWorld(["a.dk", "b.dk"]);
    await world.close(await world.look(0));
    await world.close(await world.look(1, { "a.dk": "fail" }));
    const closed = await world.close(await world.look(2, { "a.dk": "indeterminate", "b.dk": "fail" }));
    expect(closed.secondLooks?.assets).toEqual(["domain:b.dk"]);
  });

  test("closes over one memory take turns", async () => {
    const { memory, ...world } = createWorld(["a.dk"]);
    const ids = [await world.look(0), await world.look(1)];
    let underWay = 0;
    let most = 0;
    const watchedMemory: Memory = {
      ...memory,
      runs: {
        ...memory.runs,
        newest: (...asked) => {
          underWay += 1;
          most = Math.max(most, underWay);
          return memory.runs.newest(...asked);
        },
      },
      days: {
        ...memory.days,
        putSummary: (summary) => {
          underWay -= 1;
          return memory.days.putSummary(summary);
        },
      },
    };
    const runs = await Promise.all(ids.map((id) => memory.runs.of("101", id)));
    const io = { memory: watchedMemory, onEvent: () => undefined };
    await Promise.all(runs.map((run) => closeRun(run!, watching(["a.dk"]), io, START + 2 * HOUR)));
    expect({ underWay, most }).toEqual({ underWay: 0, most: 1 });
  });

  test("a close that fails does not keep the next from its turn", async () => {
    const world = createWorld(["a.dk"]);
    const run = await world.look(0);
    const missing = { ...(await world.memory.runs.of("101", run))!, revision: 1 };
    const gone = { ...missing, value: { ...missing.value, id: "domains/2020-01-01T00:00:00.000Z" } };
    const io = { memory: world.memory, onEvent: () => undefined };
    const failing = closeRun(gone, watching(["a.dk"]), io, START);
    const next = world.close(run);
    await expect(failing).rejects.toThrow("is gone from the store");
    expect((await next).run.closedAt).not.toBeNull();
  });

  test("two closes at once tell each thing once", async () => {
    const world = createWorld([...MANY, ...OTHERS]);
    await world.close(await world.look(0));
    const run = await world.look(1, all(MANY, { ...BROKEN_ZONE, isCertain: true }));
    const closes = await Promise.all([world.close(run), world.close(run)]);
    expect(closes.flatMap(({ alerts }) => alerts)).toHaveLength(1);
    expect(await world.alerts()).toHaveLength(1);
  });
});

describe("gaps, at a close", () => {
  test("are told once each, and again only after the subject was seen", async () => {
    const world = createWorld(["a.dk", "b.dk"]);
    const silent = { "a.dk": "indeterminate" } as const;
    await world.close(await world.look(0));
    for (const hour of [1, 2, 3, 4]) await world.close(await world.look(hour, silent));
    const told = async () => (await world.alerts()).map(({ kind, createdAt }) => [kind, createdAt]);
    expect(await told()).toEqual([["gap", moment(2 * HOUR + MINUTE)]]);
    expect((await world.alerts())[0]).toMatchObject({ cause: "dns-timeout", members: [{ asset: "domain:a.dk" }] });
    await world.close(await world.look(5));
    expect(await world.memory.gaps.all("101")).toEqual([]);
    for (const hour of [6, 7, 8]) await world.close(await world.look(hour, silent));
    expect(await told()).toHaveLength(2);
  });

  test("an asset that left the inventory is neither missed nor counted", async () => {
    const before = createWorld(["a.dk", "b.dk"]);
    await before.close(await before.look(0));
    const world = createWorld(["b.dk"], {}, before.table);
    for (const hour of [1, 2, 3]) await world.close(await world.look(hour));
    expect(await world.alerts()).toEqual([]);
    const summary = await world.memory.days.summary("101");
    expect(summary?.requirements[0]).toMatchObject({ verdict: "pass", assets: { pass: 1 }, stale: 0 });
  });
});

describe("the digest and forecasts, at a close", () => {
  const FAILING = { "a.dk": "fail" } as const;
  /** 1 March 2026 was a Sunday; Danish winter mornings are at 06:00 UTC. */
  const SUNDAY_MORNING = 6;

  test("a baseline that fails is told the next morning, once", async () => {
    const world = createWorld(["a.dk", "b.dk"]);
    for (const hour of [0, 5]) await world.close(await world.look(hour, FAILING));
    expect(await world.alerts()).toEqual([]);
    for (const hour of [SUNDAY_MORNING, 7, 8]) await world.close(await world.look(hour, FAILING));
    expect(await world.alerts()).toMatchObject([
      {
        kind: "digest",
        date: "2026-03-01",
        total: 1,
        openTotal: 0,
        open: [],
        createdAt: moment(SUNDAY_MORNING * HOUR + MINUTE),
      },
    ]);
    expect(await world.memory.notices.all("101")).toEqual([]);
  });

  test("what was confirmed after seven o'clock waits for the next morning", async () => {
    const world = createWorld(["a.dk"]);
    for (const hour of [7, 8, 29]) await world.close(await world.look(hour, FAILING));
    expect((await world.alerts()).filter(({ kind }) => kind === "digest")).toEqual([]);
    await world.close(await world.look(30, FAILING));
    expect(await world.alerts()).toContainEqual(expect.objectContaining({ kind: "digest", date: "2026-03-02" }));
  });

  test("regressions that are still open are told of with the news of any day, alone only on Mondays", async () => {
    const world = createWorld(["a.dk"]);
    await world.close(await world.look(0));
    await confirmedRound(world, 1, FAILING);
    const hours = Array.from({ length: 4 * 24 }, (_, index) => index + 2);
    for (const hour of hours) await world.close(await world.look(hour, FAILING));
    const digests = (await world.alerts()).filter(({ kind }) => kind === "digest");
    expect(digests).toMatchObject([
      { date: "2026-03-02", total: 0, members: [], open: [{ asset: "domain:a.dk", since: moment(HOUR + 5000) }] },
    ]);
  });

  test("what is open of an asset that left the inventory is not brought up again", async () => {
    const before = createWorld(["a.dk", "b.dk"]);
    await before.close(await before.look(0));
    await confirmedRound(before, 1, FAILING);
    const world = createWorld(["b.dk"], {}, before.table);
    await world.close(await world.look(30));
    expect((await world.alerts()).map(({ kind }) => kind)).toEqual(["regression"]);
  });

  test("a statement's end is told of once at each threshold", async () => {
    const by = { name: "Anna" };
    const validUntil = START + 8 * 24 * HOUR;
    const exemptions = [{ requirement: "S18", asset: "domain:a.dk", reason: "", by, validUntil }] as const;
    const world = createWorld(["a.dk"], { exemptions });
    for (const day of [0, 1, 2, 7, 8, 9]) await world.close(await world.look(day * 24));
    const forecasts = (await world.alerts()).filter(({ kind }) => kind === "forecast");
    expect(forecasts.map(({ createdAt }) => createdAt)).toEqual(
      [0, 24, 8 * 24].map((hour) => moment(hour * HOUR + MINUTE)),
    );
  });
});
