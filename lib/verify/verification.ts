import type { Evaluation } from "../core/evaluate.ts";
import type { Observation } from "../core/observation.ts";
import type { Reading, RequirementId } from "../core/requirement-id.ts";
import type { Bilingual } from "../core/messages.ts";

/** Everything one verification found, before anyone has put it into words. */
export interface Verification {
  readonly municipality: string | null;
  readonly reading: Reading;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly vantage: "local";
  /** What this vantage or these settings left unseen, each in one sentence. */
  readonly notSeen: readonly Bilingual[];
  /** True when the user stopped it: what is missing was not looked at. */
  readonly interrupted: boolean;
  /** The requirements asked for, in the order of the source text. */
  readonly requirements: readonly RequirementId[];
  readonly judged: readonly JudgedAsset[];
  /** Whether a lapsed declaration of completeness keeps the municipality from passing. */
  readonly inventoryLapsed: boolean;
  readonly cost: Cost;
}

/** One verdict with the observations it rests on. */
export interface JudgedAsset {
  readonly evaluation: Evaluation;
  readonly observations: readonly Observation[];
}

export interface Cost {
  readonly seconds: number;
  readonly dnsQueries: number;
  readonly connections: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export const NO_COST: Cost = { seconds: 0, dnsQueries: 0, connections: 0, bytesIn: 0, bytesOut: 0 };
