import type { Family } from "../inventory/inventory.ts";

/** What is known of one run: all looks of one family at one slot. Moments are UTC, ISO 8601. */
export interface Run {
  readonly id: string;
  readonly municipality: string;
  readonly family: Family;
  readonly slot: string;
  readonly startedAt: string;
  /** Asset ids by batch. */
  readonly batches: readonly (readonly string[])[];
  /** Batches that are in, sorted. */
  readonly done: readonly number[];
  readonly closedAt: string | null;
  /** Why we doubt ourselves; null when we do not. */
  readonly suspect: Suspicion | null;
  readonly counts: RunCounts;
  /** Content address of the inventory that was verified. */
  readonly inventory: string;
}

/** `controls`: names whose state we know came out otherwise. `mass`: most of what was well got worse at once. */
export type Suspicion = "controls" | "mass";

export interface RunCounts {
  /** Looks taken into account, and those of them that had an answer. */
  readonly looks: number;
  readonly answers: number;
  /** Subjects that were well before and came out worse: candidates and regressions. */
  readonly worse: number;
  /** Subjects that were well before and were looked at: what `worse` is measured against. */
  readonly well: number;
}

export const NO_COUNTS: RunCounts = { looks: 0, answers: 0, worse: 0, well: 0 };
