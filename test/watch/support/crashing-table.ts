import type { Table } from "../../../lib/ports.ts";
import { createMemoryTable } from "../../support/memory-table.ts";

/** The process ends here, as far as the code under test can tell. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** A table whose contents can be copied. */
export interface CopyableTable extends Table {
  copy(): Promise<Table>;
}

export function createCopyableTable(): CopyableTable {
  const table = createMemoryTable();
  const partitions = new Set<string>();
  return {
    ...table,
    put: (item, condition) => {
      partitions.add(item.pk);
      return table.put(item, condition);
    },
    copy: async () => {
      const copied = createMemoryTable();
      for (const pk of partitions) for (const item of await table.query(pk)) await copied.put(item, "always");
      return copied;
    },
  };
}

/** Throws at the `nth` write, from 1: `before` it reaches the table, or `after`, when only its answer is lost. And ever after. */
export function crashingAt(table: Table, nth: number, when: "before" | "after"): Table {
  let writes = 0;
  const write = async <T>(apply: () => Promise<T>): Promise<T> => {
    writes += 1;
    if (writes > nth || (writes === nth && when === "before")) throw new Crash();
    const answer = await apply();
    if (writes >= nth) throw new Crash();
    return answer;
  };
  return {
    get: async (pk, sk) => table.get(pk, sk),
    query: async (pk, range) => table.query(pk, range),
    put: (item, condition) => write(() => table.put(item, condition)),
    remove: (pk, sk, condition) => write(() => table.remove(pk, sk, condition)),
  };
}
