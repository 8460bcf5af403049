import type { Table } from "../../../lib/ports.ts";

/** What the process dies of: no form of error that the code could be expecting. */
export class Died extends Error {}

/** The table of a process that dies right after its `last`th write was carried out (from 1). */
export function dyingAfter(table: Table, last: number): Table {
  let writes = 0;
  const write = async (done: Promise<boolean>): Promise<boolean> => {
    const result = await done;
    writes += 1;
    if (writes === last) throw new Died();
    return result;
  };
  return {
    ...table,
    put: (...given) => write(table.put(...given)),
    remove: (...given) => write(table.remove(...given)),
  };
}

/** Does `work` as a process that dies after its first write, then one that dies after its second, until one lives. */
export async function untilItLives(table: Table, work: (table: Table) => Promise<unknown>): Promise<number> {
  for (let last = 1; ; last += 1) {
    if (await livesThrough(dyingAfter(table, last), work)) return last;
  }
}

/** Whether the work was ended before the table died. */
export async function livesThrough(table: Table, work: (table: Table) => Promise<unknown>): Promise<boolean> {
  try {
    await work(table);
    return true;
  } catch (error) {
    if (error instanceof Died) return false;
    throw error;
  }
}
