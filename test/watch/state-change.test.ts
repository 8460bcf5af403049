import { expect, test } from "@jest/globals";
import { stateKey } from "../../lib/watch/keys.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import { publishChange, subjectAt } from "../../lib/watch/state-change.ts";
import { createMemoryTable } from "../support/memory-table.ts";

test.each([
  ["0101", "domain:example.dk"],
  ["a#b", "url:https://example.dk/#/x"],
])("the key of a state in %s leads back to its subject", (municipality, asset) => {
  const subject = { municipality, requirement: "S18", asset } as const;
  const { pk, sk } = stateKey(subject);
  expect(subjectAt(pk, sk)).toEqual(subject);
});

test.each([
  ["H#0101#S18#domain:example.dk", "00000001"],
  ["R#0101", "domains/x"],
  ["M#0101#S99", "domain:example.dk"],
  ["M#0101", "S18"],
  ["M##S18", "domain:example.dk"],
  ["M#S18", "domain:example.dk"],
  ["M#0101#S18", ""],
  ["XM#0101#S18", "domain:example.dk"],
  ["", ""],
])("%j / %j is no state's", (pk, sk) => {
  expect(subjectAt(pk, sk)).toBeNull();
});

test("a state that is gone has nothing to publish, and what is no state is told from it", async () => {
  const memory = createMemory(createMemoryTable());
  expect(await publishChange("M#0101#S18", "domain:example.dk", memory)).toBe(0);
  expect(await publishChange("R#0101", "domains/x", memory)).toBeNull();
});
