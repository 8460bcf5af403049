import * as z from "zod";
import { FAMILIES } from "../../inventory/inventory.ts";
import type { Item, Table } from "../../ports.ts";
import { runsKey } from "../keys.ts";
import type { RunMemory, Stored } from "../memory.ts";
import type { Run } from "../run.ts";
import { BatchStore, batchesForm } from "./batches.ts";
import { readBody, requireKey } from "./stored-item.ts";
import { addressForm, countForm, instantForm, slotForm } from "./value-forms.ts";

const runForm = z.strictObject({
  id: z.string(),
  municipality: z.string(),
  family: z.enum(FAMILIES),
  slot: slotForm,
  startedAt: instantForm,
  batches: batchesForm,
  done: z.array(countForm),
  closedAt: instantForm.nullable(),
  suspect: z.enum(["controls", "mass"]).nullable(),
  counts: z.strictObject({ looks: countForm, answers: countForm, worse: countForm, well: countForm }),
  inventory: addressForm,
});

/** Runs by family and slot: their ids sort by time within a family. */
export function createRunMemory(table: Table): RunMemory {
  const batches = new BatchStore(table);
  const runIn = async (item: Item): Promise<Stored<Run>> => {
    const run = readBody(item, runForm);
    requireKey(item, { pk: runsKey(run.municipality), sk: run.id });
    const value: Run = { ...run, batches: await batches.read(run.municipality, run.batches) };
    return { value, revision: item.revision };
  };
  return {
    of: async (municipality, id) => {
      const item = await table.get(runsKey(municipality), id);
      return item === null ? null : runIn(item);
    },
    put: async (run, revision) => {
      const body = { ...run, batches: await batches.keep(run.municipality, run.batches) };
      return table.put(
        { pk: runsKey(run.municipality), sk: run.id, revision: (revision ?? 0) + 1, body },
        revision === null ? "absent" : { revision },
      );
    },
    newest: async (municipality, family, limit) => {
      const range = { prefix: `${family}/`, newestFirst: true, limit };
      const found: Stored<Run>[] = [];
      // One after the other: they mostly share their batches, which are then read once.
      for (const item of await table.query(runsKey(municipality), range)) found.push(await runIn(item));
      return found;
    },
  };
}
