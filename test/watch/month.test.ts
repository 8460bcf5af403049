import { test } from "@jest/globals";
import { ALL_MONTHS, expectMonth } from "./month/expect-month.ts";

/** A month takes half a minute on an idle core; the machine may be busy. */
const PATIENCE_MS = 600_000;

const SEEDS = ALL_MONTHS ? [1, 2, 3] : [1];

test.each(SEEDS)(
  "a month of 200 domains is told of exactly as scripted (seed %i)",
  (seed) => expectMonth({ seed, isRestarted: false }),
  PATIENCE_MS,
);
