import { Buffer } from "node:buffer";
import { describe, expect, test } from "@jest/globals";
import { problemWith } from "./problem-with.ts";
import { Random } from "./random.ts";
import { alteredTree, derOf, randomTree, treeOf } from "./random-der.ts";
import { mutated } from "./random-texts.ts";
import { TARGETS, targetNamed } from "./targets.ts";
import { CERTIFICATES } from "../../lib/requirements/s20/scenario-certificates.ts";

const SEED = 20_261_124;
/** Enough to end in every way; `npm run fuzz` tries hundreds of thousands. */
const COUNT = 400;

/** It takes its time to get ready, and has a test of its own. */
const QUICK = TARGETS.filter(({ name }) => name !== "dns-messages");

describe.each(QUICK.map((target) => [target.name, target] as const))("%s", (_, target) => {
  test("hostile input breaks no promise, and ends in every way", async () => {
    const endings = new Set<string>();
    const make = await target.prepare();
    for (let number = 0; number < COUNT; number += 1) {
      const input = make(new Random(SEED, number), number);
      const problem = await problemWith(input, (ending) => endings.add(ending));
      if (problem !== null)
        throw new Error(`input ${number}: ${problem}\n${Buffer.from(input.message).toString("hex")}`);
    }
    expect([...endings]).toEqual(expect.arrayContaining([...target.endings]));
  }, 60_000);

  test("inputs repeat exactly", async () => {
    const make = await target.prepare();
    const messages = [1, 2].map(() =>
      Array.from({ length: 40 }, (__, number) =>
        Buffer.from(make(new Random(7, number), number).message).toString("hex"),
      ),
    );
    expect(messages[0]).toEqual(messages[1]);
    expect(new Set(messages[0]).size).toBeGreaterThan(20);
  });
});

test("names tell targets apart", () => {
  expect(new Set(TARGETS.map(({ name }) => name)).size).toBe(TARGETS.length);
  expect(() => targetNamed("no such")).toThrow('there is no target "no such"');
});

describe("what inputs are made with", () => {
  test("DER is written as it was read, and random trees as their lengths say", () => {
    for (const text of Object.values(CERTIFICATES)) {
      const octets = Buffer.from(text, "base64");
      expect(Buffer.from(derOf(treeOf(octets))).equals(octets)).toBe(true);
    }
    for (let number = 0; number < 200; number += 1) {
      const tree = alteredTree(new Random(SEED, number), randomTree(new Random(SEED, number)));
      if ((tree.tag & 0x1f) !== 0x1f) expect(derOf(treeOf(derOf(tree)))).toEqual(derOf(tree));
    }
  });

  test("texts change, mostly a little", () => {
    const text = "v=spf1 include:spf.example.org -all";
    const others = Array.from({ length: 200 }, (_, number) => mutated(new Random(SEED, number), text, ["x"]));
    expect(others.filter((other) => other !== text).length).toBeGreaterThan(150);
    expect(others.filter((other) => other.startsWith("v=spf1")).length).toBeGreaterThan(50);
  });
});
