import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Transition } from "../../lib/core/transition.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";
import { walkOn, type Walk } from "../../lib/status/changes-walk.ts";
import type { AssetsBody, ChangesBody, RegressionsBody, RequirementBody } from "../../lib/status/forms.ts";
import { transitionId } from "../../lib/status/told-state.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { stateKey } from "../../lib/watch/keys.ts";
import { HOUR, lookAt, moment, POLICY } from "../support/looks.ts";
import { createMemoryTable } from "../support/memory-table.ts";
import { transition } from "../watch/support/transitions.ts";
import { reduce } from "../../lib/core/reduce.ts";
import { declaring, MUNICIPALITY, remember, S19 } from "./support/many-assets.ts";
import type { StatusWorld } from "./support/status-world.ts";

const MANY = Array.from({ length: 57 }, (_, index) => `navn-${String(index).padStart(3, "0")}.dk`);

/** Follows `next` to the end, and calls `between` after each page. More pages than could be throw. */
async function pages<Body extends { readonly next: string | null }>(
  world: StatusWorld,
  target: string,
  between: (page: number) => Promise<void> = async () => undefined,
): Promise<readonly Body[]> {
  const found: Body[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    if (found.length > 200) throw new Error("the pages have no end");
    const mark = target.includes("?") ? "&" : "?";
    const body: Body = await world.read<Body>(cursor === "" ? target : `${target}${mark}cursor=${cursor}`);
    found.push(body);
    cursor = body.next;
    await between(found.length);
  }
  return found;
}

function idsOf(bodies: readonly AssetsBody[]): readonly string[] {
  return bodies.flatMap(({ assets }) => assets.map(({ asset }) => asset.name));
}

describe("the pages of the assets", () => {
  test("show each once, whichever requirements it is remembered for", async () => {
    const world = await declaring(MANY);
    for (const [index, name] of MANY.entries()) {
      if (index % 3 !== 1) await remember(world.memory, name);
      if (index % 3 !== 0) await remember(world.memory, name, S19);
    }
    const found = await pages<AssetsBody>(world, "/v1/assets?limit=7");
    expect(idsOf(found)).toEqual(MANY);
    const verdicts = found.flatMap(({ assets }) =>
      assets.map((each) => each.verdicts.map(({ requirement }) => requirement)),
    );
    expect(verdicts.slice(0, 3)).toEqual([["S18"], ["S19"], ["S18", "S19"]]);
    expect(found.slice(0, -1).every(({ assets }) => assets.length === 7)).toBe(true);
  });

  test("show what is declared and not looked at yet, and not what is declared no more", async () => {
    const world = await declaring(MANY.slice(10, 40));
    for (const name of MANY.slice(0, 30)) await remember(world.memory, name);
    const found = await pages<AssetsBody>(world, "/v1/assets?limit=4");
    expect(idsOf(found)).toEqual(MANY.slice(10, 40));
    const unseen = found.flatMap(({ assets }) => assets).filter(({ verdicts }) => verdicts.length === 0);
    expect(unseen.map(({ asset }) => asset.name)).toEqual(MANY.slice(30, 40));
  });

  test("go on over more that is not declared than one reading holds", async () => {
    const world = await declaring(MANY.slice(-2));
    for (const name of MANY) await remember(world.memory, name);
    const found = await pages<AssetsBody>(world, "/v1/assets?limit=2");
    expect(idsOf(found)).toEqual(MANY.slice(-2));
    expect(found.length).toBeGreaterThan(1);
  });

  test("any sets of states and any page length: each declared asset once, in order", async () => {
    const one = fc.record({
      name: fc.constantFrom(...MANY),
      s18: fc.boolean(),
      s19: fc.boolean(),
      isDeclared: fc.boolean(),
    });
    const all = fc.uniqueArray(one, { selector: ({ name }) => name, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(all, fc.integer({ min: 1, max: 9 }), async (subjects, limit) => {
        const declared = subjects.filter(({ isDeclared }) => isDeclared).map(({ name }) => name);
        const world = await declaring(declared);
        for (const { name, s18: first, s19: second } of subjects) {
          if (first) await remember(world.memory, name);
          if (second) await remember(world.memory, name, S19);
        }
        expect(idsOf(await pages<AssetsBody>(world, `/v1/assets?limit=${String(limit)}`))).toEqual(declared.toSorted());
      }),
      { numRuns: 60 },
    );
  });

  test("states that change between pages are neither repeated nor left out", async () => {
    const world = await declaring(MANY);
    for (const name of MANY) await remember(world.memory, name);
    const found = await pages<AssetsBody>(world, "/v1/assets?limit=5", async (page) => {
      for (const name of MANY.filter((_, index) => index % 4 === page % 4)) {
        const subject = { municipality: MUNICIPALITY.id, requirement: "S18", asset: `domain:${name}` } as const;
        const before = await world.memory.states.of(subject);
        await world.memory.states.commit(reduce(before, subject, lookAt(page, "fail"), POLICY), before);
      }
    });
    expect(idsOf(found)).toEqual(MANY);
  });

  test("one that is taken away at the very end of a page does not stop the next", async () => {
    const world = await declaring(MANY);
    for (const name of MANY) await remember(world.memory, name);
    const found = await pages<RequirementBody>(world, "/v1/requirements/S18?limit=10", async (page) => {
      const { pk, sk } = stateKey({
        municipality: MUNICIPALITY.id,
        requirement: "S18",
        asset: `domain:${MANY[page * 10 - 1] ?? ""}`,
      });
      await world.remembered.table.remove(pk, sk);
    });
    expect(found.flatMap(({ verdicts }) => verdicts.map(({ asset }) => asset.name))).toEqual(MANY);
  });
});

describe("the pages of the changes", () => {
  const change = (asset: string, at: number, number = 2): Transition =>
    transition({ asset: `domain:${asset}`, confirmedAt: moment(at), number, slot: moment(at) });

  async function walked(changes: readonly Transition[], since: number, until: number, limit: number) {
    const memory = createMemory(createMemoryTable());
    for (const each of changes) await memory.transitions.publish(each);
    const found: string[] = [];
    let walk: Walk | null = { since: moment(since), until: moment(until), at: moment(until), id: null };
    for (let page = 0; walk !== null; page += 1) {
      if (page > 500) throw new Error("the walk has no end");
      const step: Awaited<ReturnType<typeof walkOn>> = await walkOn(walk, limit, {
        municipality: MUNICIPALITY.id,
        memory,
      });
      expect(step.changes.length).toBeLessThanOrEqual(limit);
      found.push(...step.changes.map(transitionId));
      walk = step.walk;
    }
    return found;
  }

  test("any changes over three years, any span and page length: each once, newest first", async () => {
    const hours = 3 * 365 * 24;
    const at = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: hours })).map((hour) => hour * HOUR);
    const all = fc.uniqueArray(fc.tuple(fc.constantFrom(...MANY), at), { selector: ([name]) => name, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(all, at, at, fc.integer({ min: 1, max: 8 }), async (some, since, length, limit) => {
        const until = since + length + 1;
        const changes = some.map(([name, when]) => change(name, when));
        const within = changes
          .filter(({ confirmedAt }) => confirmedAt >= moment(since) && confirmedAt < moment(until))
          .map((each) => `${String(Number.MAX_SAFE_INTEGER - Date.parse(each.confirmedAt))} ${transitionId(each)}`)
          .sort()
          .map((key) => key.slice(key.indexOf(" ") + 1));
        expect(await walked(changes, since, until, limit)).toEqual(within);
      }),
      { numRuns: 80 },
    );
  });

  test("reads neither a quiet decade at once nor without end", async () => {
    const memory = createMemory(createMemoryTable());
    let readings = 0;
    const changes: typeof memory.transitions.changes = async (...range) => {
      readings += 1;
      return memory.transitions.changes(...range);
    };
    const until = moment(0);
    const walk = { since: "2000-01-01T00:00:00.000Z", until, at: until, id: null };
    const step = await walkOn(walk, 100, {
      municipality: MUNICIPALITY.id,
      memory: { ...memory, transitions: { ...memory.transitions, changes } },
    });
    expect(readings).toBeLessThan(40);
    expect(step.changes).toEqual([]);
    expect(Date.parse(step.walk?.at ?? "")).toBeLessThan(Date.parse(until) - 365 * 24 * HOUR);
  });

  test("a busy moment that fills several pages is told whole, and what is confirmed meanwhile is left for another time", async () => {
    const world = await declaring([]);
    for (const name of MANY) await world.memory.transitions.publish(change(name, 0));
    const found = await pages<ChangesBody>(world, "/v1/changes?limit=10", async (page) => {
      await world.memory.transitions.publish(change(`ny-${String(page)}.dk`, 2 * 60_000));
    });
    expect(found.flatMap(({ changes }) => changes.map(({ asset }) => asset.name))).toEqual(MANY);
    expect(new Set(found.map(({ since }) => since)).size).toBe(1);
  });
});

test("the pages of the open regressions show each once, newest first, and none of an asset that is declared no more", async () => {
  const declared = MANY.slice(0, 50);
  const world = await declaring(declared);
  for (const [index, name] of MANY.entries()) {
    await world.memory.transitions.publish(
      transition({ asset: `domain:${name}`, confirmedAt: moment(Math.floor(index / 3)), requirement: s18.id }),
    );
  }
  const found = await pages<RegressionsBody>(world, "/v1/regressions?limit=8");
  const told = found.flatMap(({ regressions }) => regressions);
  expect(told.map(({ asset }) => asset.name).toSorted()).toEqual(declared);
  expect(told.map(({ confirmedAt }) => confirmedAt)).toEqual(
    told
      .map(({ confirmedAt }) => confirmedAt)
      .toSorted()
      .reverse(),
  );
});

describe("a cursor", () => {
  test("is good for its own route and query only, whatever the length of pages and the language", async () => {
    const world = await declaring(MANY);
    for (const name of MANY) await remember(world.memory, name);
    const { next } = await world.read<RequirementBody>("/v1/requirements/S18?limit=10");
    const ask = async (target: string): Promise<number> => (await world.ask(`${target}cursor=${next ?? ""}`)).status;
    expect(await ask("/v1/requirements/S18?limit=3&lang=en&")).toBe(200);
    for (const target of ["/v1/requirements/S19?", "/v1/assets?", "/v1/changes?", "/v1/changes?since=2026-01-01&"]) {
      expect([target, await ask(target)]).toEqual([target, 400]);
    }
    const { next: ofChanges } = await world.read<ChangesBody>("/v1/changes?since=2020-01-01");
    expect((await world.ask(`/v1/changes?since=2020-01-01&cursor=${ofChanges ?? "none"}`)).status).toBe(200);
    expect((await world.ask(`/v1/changes?since=2020-01-02&cursor=${ofChanges ?? "none"}`)).status).toBe(400);
    expect((await world.ask(`/v1/changes?cursor=${ofChanges ?? "none"}`)).status).toBe(400);
  });

  test("of another installation or municipality is refused", async () => {
    const world = await declaring(MANY);
    const { next } = await world.read<AssetsBody>("/v1/assets?limit=10");
    for (const changes of [{ secret: "another" }, { municipality: "0999" }]) {
      const { worldOf } = await import("./support/status-world.ts");
      const other = worldOf(world.remembered, { ...world.context, ...changes });
      expect((await other.ask(`/v1/assets?limit=10&cursor=${next ?? ""}`)).status).toBe(400);
    }
  });

  test("that was altered or made up is refused, with words", async () => {
    const world = await declaring(MANY);
    const { next } = await world.read<AssetsBody>("/v1/assets?limit=10");
    const whole = next ?? "";
    const [content = "", mac = ""] = whole.split(".");
    const elsewhere = Buffer.from(JSON.stringify({ after: "domain:z" })).toString("base64url");
    const forged = [
      `${elsewhere}.${mac}`,
      content,
      `${content}.`,
      `.${mac}`,
      `${whole}.`,
      `${whole}=`,
      `${whole}A`,
      "x",
      "%00",
    ];
    for (const cursor of [...forged, "a".repeat(9_000), ""]) {
      const answer = await world.ask(`/v1/assets?limit=10&lang=en&cursor=${cursor}`);
      expect([cursor, answer.status]).toEqual([cursor, 400]);
      expect(String(answer.body)).toContain("cursor");
    }
    for (let at = 0; at < whole.length; at += 1) {
      const altered = whole.slice(0, at) + (whole[at] === "A" ? "B" : "A") + whole.slice(at + 1);
      expect((await world.ask(`/v1/assets?cursor=${altered}`)).status).toBe(400);
    }
    expect((await world.ask(`/v1/assets?cursor=${whole}`)).status).toBe(200);
  });
});
