import type { Asset } from "./asset.ts";
import type { Cause } from "./cause.ts";
import type { Observation } from "./observation.ts";
import type { Reading } from "./requirement-id.ts";
import type { Verdict } from "./verdict.ts";

/** Observations and what must be said about them: exactly these tags, this verdict. The specification, made testable. */
export interface Scenario {
  readonly name: string;
  readonly asset: Asset;
  readonly reading: Reading;
  readonly observations: readonly Observation[];
  /** Every tag that must be found, and no other may be. */
  readonly tags: readonly string[];
  readonly verdict: Verdict;
  readonly cause?: Cause;
}
