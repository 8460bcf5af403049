import type { Cause } from "./cause.ts";
import type { Deciding } from "./transition.ts";
import type { Verdict } from "./verdict.ts";

/** What judging came to: the part of a look that other rules may see otherwise. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Set exactly when the verdict is indeterminate. */
  readonly cause: Cause | null;
  /** At most eight. */
  readonly deciding: readonly Deciding[];
  /** Tags of warnings, sorted, without repeats, at most eight. */
  readonly warnings: readonly string[];
  /** Content address of the findings. */
  readonly judgement: string;
}

/**
 * What one look at one asset came to for one requirement. `slot` orders looks (see slot.ts): it comes from the schedule, not
 * from the clock of whoever looked, so that a look delivered twice or late is known for what it is.
 */
export interface Look extends Judgement {
  readonly slot: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly observedAt: string;
  /** Whether the verdict rests on signed or recorded facts alone, so that a second look could add nothing. */
  readonly isCertain: boolean;
  /** What it was judged by, as `rulesOf` names it. */
  readonly rules: string;
  /** Where `rules` differ from the state's: the state's evidence judged by them, null when that cannot be told. */
  readonly rejudged: Judgement | null;
  /** Content address of the observations. */
  readonly evidence: string;
}

/** The most deciding tags, and the most warning tags, that a state keeps. */
export const MOST_TAGS = 8;
