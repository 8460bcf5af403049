import type { Requirement } from "../core/requirement.ts";
import type { Family, Inventory, Municipality } from "../inventory/inventory.ts";

/** What one service watches: a municipality's inventory, judged for the requirements that are built. */
export interface Watched {
  readonly municipality: Municipality;
  readonly inventory: Inventory;
  readonly requirements: readonly Requirement[];
}

/** A family's part of what is watched. */
export interface WatchedFamily extends Watched {
  readonly family: Family;
  /** Milliseconds between rounds. */
  readonly cadence: number;
}
