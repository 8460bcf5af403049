import type { Cause } from "../core/cause.ts";
import type { Reading, RequirementId } from "../core/requirement-id.ts";
import type { Deciding } from "../core/transition.ts";
import type { Verdict } from "../core/verdict.ts";

/** What `/v1/status` answers with, written by each close. Moments are UTC, ISO 8601. */
export interface Summary {
  readonly municipality: string;
  readonly name: string;
  readonly reading: Reading;
  readonly closedAt: string;
  /** The run whose close wrote it. */
  readonly run: string;
  readonly suspect: boolean;
  readonly requirements: readonly RequirementSummary[];
}

export interface RequirementSummary {
  readonly requirement: RequirementId;
  readonly verdict: Verdict;
  readonly cause: Cause | null;
  readonly assets: Readonly<Record<Verdict, number>>;
  /** Since when the requirement's own verdict has been what it is. */
  readonly since: string;
  /** The oldest look with an answer among its assets; null when one never had an answer. */
  readonly oldest: string | null;
  readonly stale: number;
  readonly openRegressions: number;
}

/** One asset's line in a day's snapshot: enough to say what was so, and to find the proof. */
export interface SnapshotRow {
  readonly asset: string;
  readonly verdict: Verdict;
  readonly cause: Cause | null;
  readonly since: string;
  readonly observedAt: string | null;
  readonly deciding: readonly Deciding[];
  readonly rules: string;
  readonly evidence: string;
  readonly judgement: string;
  readonly evidenceAt: string;
  /** Number of the latest transition then. */
  readonly last: number;
}
