import type { JudgedFinding } from "../core/finding.ts";

/** What an alert's words need besides the alert. Everything may be unknown; then less is said, never something else. */
export interface AlertContext {
  /** The municipality as people call it. */
  readonly municipality: string;
  /** The findings of the judgement that the alert's member for the asset names; none when it cannot be read. */
  readonly findingsOf: (asset: string) => readonly JudgedFinding[];
  /** Of a recovery: the regression that the asset's member ends; null when none was open or it cannot be read. */
  readonly regressionOf: (asset: string) => EndedRegression | null;
  /** The data folder, for the commands that are shown; null for the default one. */
  readonly data: string | null;
}

export interface EndedRegression {
  /** When it was first seen (UTC, ISO 8601). */
  readonly since: string;
  /** The findings of its judgement; none when that cannot be read. */
  readonly findings: readonly JudgedFinding[];
}

/** A context that knows nothing but the municipality's name. */
export function bareContext(municipality: string): AlertContext {
  return { municipality, findingsOf: () => [], regressionOf: () => null, data: null };
}
