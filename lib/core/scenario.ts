import type { Asset } from "./asset.ts";
import type { Cause } from "./cause.ts";
import type { Observation } from "./observation.ts";
import type { Reading } from "./requirement-id.ts";
import type { Verdict } from "./verdict.ts";

/** Makes observations by running the real probes against the practice internet, without a socket and as of a fixed moment. */
export interface Rehearsal {
  /** The observations of one practice domain, named by its class; `at` (ISO 8601) sets the clock. */
  observe(practiceClass: string, options?: RehearsalOptions): Promise<readonly Observation[]>;
  /** The asset of that practice domain. */
  asset(practiceClass: string): Asset;
}

export interface RehearsalOptions {
  readonly at?: string;
  /** Another name to observe instead of the practice domain itself, absolute, lower case. */
  readonly domain?: string;
}

/** What is seen and what must be said of it: exactly these tags, this verdict. The specification, made testable. */
export interface Scenario {
  readonly name: string;
  readonly reading?: Reading;
  readonly asset: (rehearsal: Rehearsal) => Asset;
  readonly observe: (rehearsal: Rehearsal) => Promise<readonly Observation[]>;
  /** Every tag that must be found, and no other may be. */
  readonly tags: readonly string[];
  readonly verdict: Verdict;
  readonly cause?: Cause;
}
