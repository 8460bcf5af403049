import { test } from "@jest/globals";
import { ALL_MONTHS, expectMonth } from "./month/expect-month.ts";

/** A month takes half a minute on an idle core; the machine may be busy. */
const PATIENCE_MS = 600_000;

/** The days with most to lose: providers, the registry, doubts. */
const FORTNIGHT = 14;

const RUNS = ALL_MONTHS ? [{ seed: 1 }, { seed: 2 }, { seed: 3 }] : [{ seed: 2, days: FORTNIGHT }];

test.each(RUNS)(
  "a service that dies on any moment of every day tells the same (seed $seed)",
  (run) => expectMonth({ ...run, isRestarted: true }),
  PATIENCE_MS,
);
