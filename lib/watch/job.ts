import type { Family } from "../inventory/inventory.ts";

/** One batch of a run, as it travels through a queue. Everything else is looked up: the same job done twice changes nothing. */
export interface Job {
  /** The run's id, see `runId`. */
  readonly run: string;
  readonly municipality: string;
  readonly family: Family;
  readonly slot: string;
  /** From 0; a run has `batches` of them. */
  readonly batch: number;
  readonly batches: number;
  /** Asset ids. */
  readonly assets: readonly string[];
}

/** A run is named by its family and slot, so that planning it twice is planning it once. */
export function runId(family: Family, slot: string): string {
  return `${family}/${slot}`;
}
