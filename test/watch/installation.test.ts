import { expect, test } from "@jest/globals";
import { installationSecret } from "../../lib/watch/installation.ts";
import { createMemoryTable } from "../support/memory-table.ts";

test("is drawn once for a data folder, also when several ask at the same moment", async () => {
  const table = createMemoryTable();
  let drawn = 0;
  const draw = () => `secret ${(drawn += 1)}`;
  const asked = await Promise.all([installationSecret(table, draw), installationSecret(table, draw)]);
  expect(new Set(asked).size).toBe(1);
  const before = drawn;
  expect(await installationSecret(table, draw)).toBe(asked[0]);
  expect(drawn).toBe(before);
  expect(await installationSecret(createMemoryTable(), draw)).not.toBe(asked[0]);
});
