import { describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { brokenLink, canonicalJson, sealTransition, type Transition } from "../../lib/core/transition.ts";
import { lookAt, secondLookAt, stateAfter } from "../support/looks.ts";

/** Made anew by each test, so that whatever it is made by is run within one. */
function madeHistory(): readonly Transition[] {
  const recovered = lookAt(2, "pass", { isCertain: true });
  return stateAfter(lookAt(0, "pass"), lookAt(1, "fail"), secondLookAt(1, "fail"), recovered).outbox;
}

function at(index: number): Transition {
  const transition = madeHistory()[index];
  if (transition === undefined) throw new Error(`there is no transition ${index}`);
  return transition;
}

/** The transition as somebody would forge it who knows how it is sealed. */
function resealed(transition: Transition, changes: Partial<Transition>): Transition {
  const { hash, ...content } = { ...transition, ...changes };
  const forged = sealTransition(content);
  expect(forged.hash).not.toBe(hash);
  return forged;
}

describe("canonical JSON", () => {
  test("is the same however the members are ordered, at every depth", () => {
    expect(canonicalJson({ b: 1, a: { d: [{ f: null, e: "x" }], c: true } })).toBe(
      '{"a":{"c":true,"d":[{"e":"x","f":null}]},"b":1}',
    );
  });

  test("orders by code unit, not by language", () => {
    expect(canonicalJson({ ø: 1, a: 2, Z: 3, å: 4, "": 5 })).toBe('{"":5,"Z":3,"a":2,"å":4,"ø":1}');
  });

  test("leaves lists in their order, and values as JSON has them", () => {
    expect(canonicalJson([2, 1, "b", null, []])).toBe('[2,1,"b",null,[]]');
  });
});

describe("a seal", () => {
  test("is SHA-256 over the canonical JSON of everything else", () => {
    const { hash, ...content } = at(0);
    expect(hash).toBe(`sha256:${createHash("sha256").update(canonicalJson(content)).digest("hex")}`);
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("does not depend on the order in which a store hands back the members", () => {
    const { hash, ...content } = at(1);
    expect(sealTransition(Object.fromEntries(Object.entries(content).toReversed()) as typeof content).hash).toBe(hash);
  });
});

describe("a history", () => {
  test("as it was made, or empty, or only its beginning, is whole", () => {
    expect(madeHistory()).toHaveLength(3);
    expect(brokenLink(madeHistory())).toBeNull();
    expect(brokenLink([])).toBeNull();
    expect(brokenLink([at(0)])).toBeNull();
  });

  test("that does not begin at 1 is not whole", () => {
    expect(brokenLink([at(1), at(2)])).toEqual({ number: 2, problem: "follows number 0" });
  });

  test("with a gap, a repeat or another order is not whole", () => {
    expect(brokenLink([at(0), at(2)])).toEqual({ number: 3, problem: "follows number 1" });
    expect(brokenLink([at(0), at(0)])).toEqual({ number: 1, problem: "follows number 1" });
    expect(brokenLink([at(0), at(2), at(1)])).toEqual({ number: 3, problem: "follows number 1" });
  });

  test("with one transition altered says which", () => {
    const forged = { ...at(1), cause: "internal" as const };
    const problem = "was altered: its hash does not fit its content";
    expect(brokenLink([at(0), forged, at(2)])).toEqual({ number: 2, problem });
  });

  test("with one transition altered and sealed again breaks at the next", () => {
    const forged = resealed(at(1), { evidence: "sha256:00" });
    expect(brokenLink([at(0), forged, at(2)])).toEqual({ number: 3, problem: "does not link to the one before" });
    expect(brokenLink([at(0), forged])).toBeNull();
  });

  test("whose first transition claims another before it is not whole", () => {
    const forged = resealed(at(0), { previous: at(2).hash });
    expect(brokenLink([forged])).toEqual({ number: 1, problem: "does not link to the one before" });
  });

  test("must begin each transition where the one before ended, even when all is sealed", () => {
    const problem = "does not begin where the one before ended";
    expect(brokenLink([at(0), resealed(at(1), { from: "attested" })])).toEqual({ number: 2, problem });
    expect(brokenLink([resealed(at(0), { from: "fail" })])).toEqual({ number: 1, problem });
  });
});

describe("whoever alters", () => {
  const LEAVES = [null, "", "fail", "baseline", 0, 1, 99, "2026-03-01T00:00:00.001Z", [], {}, ["S18_A"]] as const;

  test("any field of any transition, at any depth, to anything else is found out", () => {
    const history = madeHistory();
    const places = history.flatMap((transition, index) => pathsOf(transition).map((path) => ({ index, path })));
    expect(places.length).toBeGreaterThan(history.length * Object.keys(at(0)).length);
    for (const { index, path } of places) {
      for (const value of [...LEAVES, undefined]) {
        const altered = history.map((each, place) => (place === index ? withAt(each, path, value) : each));
        const isSame = canonicalJson(altered) === canonicalJson(history);
        expect({ index, path, value, isWhole: brokenLink(altered) === null }).toMatchObject({ isWhole: isSame });
      }
    }
  });

  test("a transition by adding a field to it is found out", () => {
    const altered = { ...at(1), note: "all is well" };
    expect(brokenLink([at(0), altered, at(2)])).toMatchObject({ number: 2 });
  });
});

/** The way to every member of the value, however deep. */
function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[key], ...pathsOf(member).map((path) => [key, ...path])]);
}

function withAt<T>(value: T, path: readonly string[], leaf: unknown): T {
  const copy = structuredClone(value);
  const parent = path.slice(0, -1).reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], copy);
  (parent as Record<string, unknown>)[path.at(-1) ?? ""] = leaf;
  return copy;
}
