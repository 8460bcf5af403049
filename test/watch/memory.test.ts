import { beforeEach, describe, expect, test } from "@jest/globals";
import type { AssetState } from "../../lib/core/state.ts";
import type { Table } from "../../lib/ports.ts";
import type {
  Alert,
  DigestAlert,
  DoubtAlert,
  ForecastAlert,
  GapAlert,
  TransitionAlert,
} from "../../lib/watch/alert.ts";
import type { Memory } from "../../lib/watch/memory.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { NO_COUNTS, type Run } from "../../lib/watch/run.ts";
import { addressOf, HOUR, lookAt, moment, stateAfter, SUBJECT } from "../support/looks.ts";
import { createMemoryTable } from "../support/memory-table.ts";
import { livesThrough, dyingAfter } from "./support/interrupted-table.ts";
import { notice, recovery, stateOf, transition } from "./support/transitions.ts";

const { municipality } = SUBJECT;

let table: Table;
let memory: Memory;

beforeEach(() => {
  table = createMemoryTable();
  memory = createMemory(table);
});

/** Changes the body of an item behind the memory's back. */
async function alter(pk: string, sk: string, changes: object): Promise<void> {
  const item = await table.get(pk, sk);
  if (item === null) throw new Error(`nothing stands under ${pk} / ${sk}`);
  await table.put({ ...item, body: { ...(item.body as object), ...changes } }, "always");
}

function corrupt(key: string, field: string) {
  return expect.objectContaining({
    name: "StoreError",
    problem: "corrupt",
    path: key,
    message: expect.stringContaining(field),
  });
}

describe("states", () => {
  const first = stateAfter(lookAt(0, "pass", { warnings: ["S18_W"] }));
  const second: AssetState = stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), lookAt(2, "indeterminate"));

  test("are read as they were written, with their outbox, candidate and silence", async () => {
    expect(await memory.states.of(SUBJECT)).toBeNull();
    expect(await memory.states.commit(second, null)).toBe(true);
    expect(second).toMatchObject({ candidate: { verdict: "fail" }, unanswered: { looks: 1 } });
    expect(await memory.states.of(SUBJECT)).toEqual(second);
  });

  test("are written only in place of what they were made from", async () => {
    expect(await memory.states.commit(first, null)).toBe(true);
    expect(await memory.states.commit(first, null)).toBe(false);
    expect(await memory.states.commit(second, { ...first, revision: 7 })).toBe(false);
    expect(await memory.states.of(SUBJECT)).toEqual(first);
    expect(await memory.states.commit(second, first)).toBe(true);
    expect(await memory.states.commit(second, first)).toBe(false);
    expect(await memory.states.of(SUBJECT)).toEqual(second);
  });

  test("of a requirement are listed by asset id, and no others", async () => {
    const named = (asset: string, changes: Partial<AssetState> = {}) => stateOf({ asset, ...changes });
    for (const state of [named("domain:b.dk"), named("domain:a.dk"), named("domain:c.dk", { requirement: "S19" })])
      await memory.states.commit(state, null);
    await memory.states.commit(named("domain:a.dk", { municipality: "1010" }), null);
    const assets = (await memory.states.all(municipality, "S18")).map(({ asset }) => asset);
    expect(assets).toEqual(["domain:a.dk", "domain:b.dk"]);
  });

  test.each<readonly [string, object]>([
    ["verdict", { verdict: "fine" }],
    ["cause", { cause: "because" }],
    ["slot", { slot: "yesterday" }],
    ["slot", { slot: `${first.slot}/again` }],
    ["since", { since: "2026-11-23" }],
    ["evidence", { evidence: "sha256:0" }],
    ["outbox.0.to", { outbox: [{ ...first.outbox[0], to: "fine" }] }],
    ["outbox.0", { outbox: [{ ...first.outbox[0], more: 1 }] }],
    ["more", { more: 1 }],
    ["candidate", { candidate: {} }],
    ["belongs under M#101#S18 / domain:other.dk", { asset: "domain:other.dk" }],
    ["belongs under M#102#S18", { municipality: "102" }],
    ["was written as revision 1", { revision: 2 }],
  ])("that were altered are corrupt: %s", async (field, changes) => {
    await memory.states.commit(first, null);
    await alter("M#101#S18", SUBJECT.asset, changes);
    const expected = corrupt(`M#101#S18 / ${SUBJECT.asset}`, field);
    await expect(memory.states.of(SUBJECT)).rejects.toEqual(expected);
    await expect(memory.states.all(municipality, "S18")).rejects.toEqual(expected);
  });
});

describe("runs", () => {
  const run = (slot: string, changes: Partial<Run> = {}): Run => ({
    ...{ id: `domains/${slot}`, municipality, family: "domains", slot, startedAt: moment(0) },
    ...{ batches: [["domain:a.dk"], ["domain:b.dk"]], done: [0], closedAt: null, suspect: null },
    ...{ counts: NO_COUNTS, inventory: addressOf("inventory") },
    ...changes,
  });

  test("are written only in place of the revision that was read", async () => {
    const one = run(moment(0));
    expect(await memory.runs.of(municipality, one.id)).toBeNull();
    expect(await memory.runs.put(one, 1)).toBe(false);
    expect(await memory.runs.put(one, null)).toBe(true);
    expect(await memory.runs.put(one, null)).toBe(false);
    const closed = { ...one, done: [0, 1], closedAt: moment(HOUR), suspect: "mass" as const };
    const stored = await memory.runs.of(municipality, one.id);
    expect(stored?.value).toEqual(one);
    const revision = stored?.revision ?? 0;
    expect(await memory.runs.put(closed, revision)).toBe(true);
    expect(await memory.runs.put(one, revision)).toBe(false);
    expect((await memory.runs.of(municipality, one.id))?.value).toEqual(closed);
  });

  test("of a family are listed newest first, second looks after the first ones they belong to", async () => {
    const slots = [moment(0), moment(HOUR), `${moment(HOUR)}/confirm`, moment(2 * HOUR)];
    for (const slot of slots) await memory.runs.put(run(slot), null);
    await memory.runs.put(run(moment(9 * HOUR), { id: `mail/${moment(9 * HOUR)}`, family: "mail" }), null);
    const newest = async (limit: number) =>
      (await memory.runs.newest(municipality, "domains", limit)).map(({ value }) => value.slot);
    expect(await newest(9)).toEqual(slots.toReversed());
    expect(await newest(2)).toEqual(slots.toReversed().slice(0, 2));
    expect(await memory.runs.newest(municipality, "main", 9)).toEqual([]);
  });

  test("of thousands of assets fit, and share what they have in common", async () => {
    const batches = Array.from({ length: 400 }, (_, batch) =>
      Array.from({ length: 25 }, (_each, index) => `domain:et-langt-navn-${batch}-${index}.eksempelkommune.dk`),
    );
    const written: string[] = [];
    const counting: Table = {
      ...table,
      put: async (item, condition) => {
        written.push(item.pk);
        return table.put(item, condition);
      },
    };
    const writer = createMemory(counting);
    for (const hour of [0, 1]) {
      const large = run(moment(hour * HOUR), { batches });
      expect(await writer.runs.put(large, null)).toBe(true);
      const read = await createMemory(table).runs.of(municipality, large.id);
      expect(read?.value).toEqual(large);
      expect(await writer.runs.put({ ...large, done: [0, 1] }, read?.revision ?? 0)).toBe(true);
    }
    expect(written.filter((pk) => pk === "R#101")).toHaveLength(4);
    expect(written.length).toBeLessThan(20);
    expect(await memory.runs.newest(municipality, "domains", 9)).toHaveLength(2);
    const [apart] = written;
    await table.remove(apart ?? "", "00000001");
    await expect(createMemory(table).runs.newest(municipality, "domains", 1)).rejects.toEqual(
      corrupt(`${apart} / 00000000`, "do not fit their address"),
    );
  });

  test("that were altered are corrupt", async () => {
    const one = run(moment(0));
    await memory.runs.put(one, null);
    await alter("R#101", one.id, { done: ["0"] });
    await expect(memory.runs.of(municipality, one.id)).rejects.toEqual(corrupt(`R#101 / ${one.id}`, "done.0"));
  });
});

describe("notices", () => {
  const { value: regression } = notice(transition({ confirmedAt: moment(HOUR) }));
  const { value: later } = notice(recovery({ confirmedAt: moment(2 * HOUR), asset: "domain:a.dk" }));

  test("are listed by when their transitions were confirmed, and stay as they were when filed again", async () => {
    for (const each of [later, regression, later]) await memory.notices.file(each);
    const [first, second, ...more] = await memory.notices.all(municipality);
    expect([first?.value, second?.value, more]).toEqual([regression, later, []]);
    expect(first === undefined ? null : await memory.notices.claim(first, "a1")).toBe(true);
    await memory.notices.file(regression);
    expect((await memory.notices.all(municipality))[0]?.value).toEqual({ ...regression, alert: "a1" });
    expect(await memory.notices.all("102")).toEqual([]);
  });

  test("are claimed by one alert, again and again by the same", async () => {
    await memory.notices.file(regression);
    const [stored] = await memory.notices.all(municipality);
    if (stored === undefined) throw new Error("no notice");
    expect(await memory.notices.claim(stored, "a1")).toBe(true);
    expect(await memory.notices.claim(stored, "a1")).toBe(true);
    expect(await memory.notices.claim(stored, "a2")).toBe(false);
    const [claimed] = await memory.notices.all(municipality);
    expect(claimed?.value.alert).toBe("a1");
    expect(claimed === undefined ? null : await memory.notices.claim(claimed, "a1")).toBe(true);
    expect(claimed === undefined ? null : await memory.notices.claim(claimed, "a2")).toBe(false);
  });

  test("that are gone cannot be claimed", async () => {
    await memory.notices.file(regression);
    const [stored] = await memory.notices.all(municipality);
    await memory.notices.remove(regression);
    expect(stored === undefined ? null : await memory.notices.claim(stored, "a1")).toBe(false);
    expect(await memory.notices.all(municipality)).toEqual([]);
    await memory.notices.remove(regression);
  });

  test("of assets with the longest ids are kept apart and in order", async () => {
    const asset = (last: string) => `url:https://${"x".repeat(987)}${last}`;
    const long = [0, 1, 2].map((hour) =>
      notice(transition({ asset: asset(String(hour)), confirmedAt: moment(hour * HOUR) })),
    );
    const same = notice(transition({ asset: asset("a"), confirmedAt: moment(0) }));
    for (const { value } of [...long.toReversed(), same]) await memory.notices.file(value);
    const listed = (await memory.notices.all(municipality)).map(({ value }) => value.transition.confirmedAt);
    expect(listed).toEqual([0, 0, 1, 2].map((hour) => moment(hour * HOUR)));
    for (const { value } of long) await memory.notices.remove(value);
    expect(await memory.notices.all(municipality)).toMatchObject([same]);
  });

  test("that were altered are corrupt", async () => {
    await memory.notices.file(regression);
    const [item] = await table.query("N#101");
    const sk = item?.sk ?? "";
    await alter("N#101", sk, { digest: "no" });
    await expect(memory.notices.all(municipality)).rejects.toEqual(corrupt(`N#101 / ${sk}`, "digest"));
  });
});

describe("alerts", () => {
  const common = (digit: string, hour = 0) => ({
    ...{ id: digit.repeat(32), municipality, run: `domains/${moment(0)}`, createdAt: moment(hour * HOUR) },
  });
  const { asset, number, kind, from, to, cause, since, confirmedAt, firstSlot, slot, ...rest } = transition();
  const { evidence, judgement, appeared } = rest;
  const member = {
    ...{ asset, number, kind, from, to, cause, since, confirmedAt, firstSlot, slot, evidence, judgement, appeared },
  };
  const regression: TransitionAlert = {
    ...common("1"),
    ...{ kind: "regression", requirement: "S18", deciding: { tag: "S18_BOGUS", about: "a.dk." } },
    ...{ total: 1, members: [member] },
  };
  const gap: GapAlert = {
    ...common("2"),
    ...{ kind: "gap", requirement: "S18", cause: "dns-timeout", total: 2 },
    members: [
      { asset, observedAt: moment(0) },
      { asset: "domain:never.dk", observedAt: null },
    ],
  };
  const doubt: DoubtAlert = { ...common("3", -1), kind: "doubt", suspicion: "mass", worse: 3, well: 4 };
  const forecast: ForecastAlert = {
    ...common("4"),
    ...{ kind: "forecast", what: "exemption", requirement: "S18", name: asset, validUntil: moment(0) },
  };
  const digest: DigestAlert = {
    ...common("5"),
    ...{ kind: "digest", date: "2026-03-01", total: 1, openTotal: 1, members: [{ ...member, requirement: "S18" }] },
    open: [{ requirement: "S18", asset, since }],
  };

  test.each<readonly [string, Alert]>([
    ["regression", regression],
    ["gap", gap],
    ["doubt", doubt],
    ["forecast", forecast],
    ["digest", digest],
  ])("of kind %s are read as they were filed", async (_, alert) => {
    await memory.alerts.file(alert);
    expect(await memory.alerts.of(municipality, alert.id)).toMatchObject({ value: { alert, delivered: {} } });
    expect(await memory.alerts.of("102", alert.id)).toBeNull();
  });

  test("are queued by the moment they were made, until they are handed over; then they stay", async () => {
    for (const alert of [digest, regression, doubt]) await memory.alerts.file(alert);
    const queued = async () => (await memory.alerts.undelivered(municipality)).map(({ value }) => value.alert);
    expect(await queued()).toEqual([doubt, regression, digest]);
    await memory.alerts.finish(municipality, regression.id);
    await memory.alerts.finish(municipality, regression.id);
    expect(await queued()).toEqual([doubt, digest]);
    expect((await memory.alerts.of(municipality, regression.id))?.value.alert).toEqual(regression);
  });

  test("note each hand-over, and nothing in place of what another wrote", async () => {
    await memory.alerts.file(regression);
    const [stored] = await memory.alerts.undelivered(municipality);
    if (stored === undefined) throw new Error("no alert");
    expect(await memory.alerts.noteDelivered(stored, "terminal", moment(1))).toBe(true);
    expect(await memory.alerts.noteDelivered(stored, "smtp", moment(2))).toBe(false);
    const [noted] = await memory.alerts.undelivered(municipality);
    expect(noted?.value.delivered).toEqual({ terminal: moment(1) });
    expect(noted === undefined ? null : await memory.alerts.noteDelivered(noted, "smtp", moment(2))).toBe(true);
    expect((await memory.alerts.of(municipality, regression.id))?.value.delivered).toEqual({
      ...{ terminal: moment(1), smtp: moment(2) },
    });
  });

  test("filed again stay as they are, also when everybody has been told", async () => {
    await memory.alerts.file(regression);
    const [stored] = await memory.alerts.undelivered(municipality);
    if (stored === undefined) throw new Error("no alert");
    await memory.alerts.noteDelivered(stored, "terminal", moment(1));
    await memory.alerts.finish(municipality, regression.id);
    await memory.alerts.file({ ...regression, total: 2 });
    expect((await memory.alerts.of(municipality, regression.id))?.value).toEqual({
      alert: regression,
      delivered: { terminal: moment(1) },
    });
    expect(await memory.alerts.undelivered(municipality)).toEqual([]);
  });

  test("are never kept without being queued, wherever filing is cut short", async () => {
    for (const last of [1, 2]) {
      const own = createMemoryTable();
      expect(await livesThrough(dyingAfter(own, last), (dying) => createMemory(dying).alerts.file(gap))).toBe(false);
      const after = createMemory(own);
      expect(await after.alerts.undelivered(municipality)).toHaveLength(last - 1);
      await after.alerts.file(gap);
      expect((await after.alerts.undelivered(municipality)).map(({ value }) => value.alert)).toEqual([gap]);
    }
  });

  test.each<readonly [string, object]>([
    ["alert.id", { alert: { ...regression, id: "../../x" } }],
    ["alert.kind", { alert: { ...regression, kind: "news" } }],
    ["delivered.smtp", { delivered: { smtp: true } }],
    ["belongs under A#101", { alert: gap }],
  ])("that were altered are corrupt: %s", async (field, changes) => {
    await memory.alerts.file(regression);
    await alter("A#101", regression.id, changes);
    const expected = corrupt(`A#101 / ${regression.id}`, field);
    await expect(memory.alerts.of(municipality, regression.id)).rejects.toEqual(expected);
    await expect(memory.alerts.undelivered(municipality)).rejects.toEqual(expected);
  });
});
