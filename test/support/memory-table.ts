import { bodyToStore } from "../../lib/adapters/table-limits.ts";
import type { Condition, EvidenceStore, Item, Range, Table } from "../../lib/ports.ts";

type Partition = Map<string, Item>;

/** A table in memory that behaves as the stored one: bodies are copied by way of JSON, and the same limits hold. */
export function createMemoryTable(): Table {
  const partitions = new Map<string, Partition>();

  return {
    get: async (pk, sk) => copied(partitions.get(pk)?.get(sk) ?? null),

    put: async (item, condition) => {
      const body = bodyToStore(item, "memory");
      const partition = partitions.get(item.pk) ?? new Map<string, Item>();
      if (!isMet(condition, partition.get(item.sk))) return false;
      partitions.set(item.pk, partition);
      partition.set(item.sk, { pk: item.pk, sk: item.sk, revision: item.revision, body });
      return true;
    },

    remove: async (pk, sk, condition = "always") => {
      const partition = partitions.get(pk);
      if (!isMet(condition, partition?.get(sk))) return false;
      partition?.delete(sk);
      return true;
    },

    query: async (pk, range = {}) => {
      const items = [...(partitions.get(pk)?.values() ?? [])]
        .filter(({ sk }) => isWithin(sk, range))
        .sort((one, other) => (one.sk < other.sk ? -1 : 1));
      if (range.newestFirst === true) items.reverse();
      return items.slice(0, range.limit ?? items.length).map((item) => structuredClone(item));
    },
  };
}

/** Evidence in memory: the first text under an address stays. */
export function createMemoryEvidence(): EvidenceStore {
  const texts = new Map<string, string>();
  return {
    put: async (address, text) => {
      if (!texts.has(address)) texts.set(address, text);
    },
    get: async (address) => texts.get(address) ?? null,
  };
}

function isMet(condition: Condition, standing: Item | undefined): boolean {
  if (condition === "always") return true;
  if (condition === "absent") return standing === undefined;
  return standing?.revision === condition.revision;
}

/** JavaScript compares strings by code unit, which is the order that is promised. */
function isWithin(sk: string, { from, to, prefix }: Range): boolean {
  return (from === undefined || sk >= from) && (to === undefined || sk <= to) && sk.startsWith(prefix ?? "");
}

function copied(item: Item | null): Item | null {
  return item === null ? null : structuredClone(item);
}
