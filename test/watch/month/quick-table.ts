import { bodyToStore } from "../../../lib/adapters/table-limits.ts";
import type { Condition, Item, Table } from "../../../lib/ports.ts";

/** Items of one partition, and their sort keys in order. */
interface Partition {
  readonly items: Map<string, Item>;
  keys: string[];
}

/**
 * A table in memory with the limits of the stored one. What is read is not copied, as in `createMemoryTable`: a month reads
 * millions of items, and whoever changed one would break the chain of revisions.
 */
export function createQuickTable(): Table {
  const partitions = new Map<string, Partition>();
  const partitionOf = (pk: string): Partition => {
    const known = partitions.get(pk) ?? { items: new Map<string, Item>(), keys: [] };
    partitions.set(pk, known);
    return known;
  };
  return {
    get: (pk, sk) => Promise.resolve(partitions.get(pk)?.items.get(sk) ?? null),

    put: async (item, condition) => {
      const body = bodyToStore(item, "memory");
      const { items, keys } = partitionOf(item.pk);
      if (!isMet(condition, items.get(item.sk))) return false;
      if (!items.has(item.sk)) keys.splice(placeOf(keys, item.sk), 0, item.sk);
      items.set(item.sk, { ...item, body });
      return true;
    },

    remove: async (pk, sk, condition = "always") => {
      const { items, keys } = partitionOf(pk);
      if (!isMet(condition, items.get(sk))) return false;
      if (items.delete(sk)) keys.splice(placeOf(keys, sk), 1);
      return true;
    },

    query: async (pk, { from, to, prefix, newestFirst = false, limit } = {}) => {
      const { items, keys } = partitionOf(pk);
      const first = from === undefined ? 0 : placeOf(keys, from);
      const last = to === undefined ? keys.length : placeOf(keys, `${to}\0`);
      const found =
        prefix === undefined ? keys.slice(first, last) : keys.slice(first, last).filter((sk) => sk.startsWith(prefix));
      if (newestFirst) found.reverse();
      return found.slice(0, limit).flatMap((sk) => items.get(sk) ?? []);
    },
  };
}

function isMet(condition: Condition, standing: Item | undefined): boolean {
  if (condition === "always") return true;
  if (condition === "absent") return standing === undefined;
  return standing?.revision === condition.revision;
}

/** The index of the first key that is not before this one. */
function placeOf(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
