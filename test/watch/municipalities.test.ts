import { expect, test } from "@jest/globals";
import { municipalitiesIn, noteMunicipality } from "../../lib/watch/municipalities.ts";
import { createMemoryTable } from "../support/memory-table.ts";

test("municipalities are noted once and listed by id", async () => {
  const table = createMemoryTable();
  expect(await municipalitiesIn(table)).toEqual([]);
  for (const id of ["0999", "0101", "0999"]) await noteMunicipality(table, id);
  expect(await municipalitiesIn(table)).toEqual(["0101", "0999"]);
});
