import type { Observation } from "../core/observation.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { type EvidenceStore, StoreError } from "../ports.ts";
import { openInventory, openJudgement, openObservations, type StoredJudgement } from "../verify/evidence.ts";
import type { Parsed } from "../wire/parsed.ts";

/** Why a text cannot be had: none is kept under the address, or the one that is does not fit it. */
export interface Loss {
  readonly loss: "missing" | "unfit";
  readonly address: string;
  /** English, for the curious. */
  readonly detail: string;
}

export type Recalled<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Loss);

/** What is kept by content address, opened and checked against it. Rejects only when the store itself fails. */
export interface Recall {
  /** `at`: when it was seen (UTC, ISO 8601 with milliseconds). */
  observations(address: string, at: string): Promise<Recalled<readonly Observation[]>>;
  judgement(address: string): Promise<Recalled<StoredJudgement>>;
  /** Read once per address: whole requirements are judged by one inventory. */
  inventory(address: string): Promise<Recalled<Inventory>>;
}

export function createRecall(evidence: EvidenceStore): Recall {
  const inventories = new Map<string, Promise<Recalled<Inventory>>>();
  const open = async <T>(address: string, read: (text: string) => Parsed<T>): Promise<Recalled<T>> => {
    const text = await evidence.get(address).catch((error: unknown) => damaged(error));
    if (typeof text === "object" && text !== null) return { ok: false, loss: "unfit", address, detail: text.detail };
    if (text === null) return { ok: false, loss: "missing", address, detail: "nothing is kept under this address" };
    const opened = read(text);
    return opened.ok ? opened : { ok: false, loss: "unfit", address, detail: opened.problem };
  };
  return {
    observations: (address, at) => open(address, (text) => openObservations(address, text, at)),
    judgement: (address) => open(address, (text) => openJudgement(address, text)),
    inventory: (address) => {
      const known = inventories.get(address);
      if (known !== undefined) return known;
      const reading = open(address, (text) => openInventory(address, text));
      inventories.set(address, reading);
      return reading;
    },
  };
}

/** A text that is there and cannot be read is a loss of that text, not of the store: everything else goes on. */
function damaged(error: unknown): { readonly detail: string } {
  if (error instanceof StoreError && error.problem === "corrupt") return { detail: error.message };
  throw error;
}
