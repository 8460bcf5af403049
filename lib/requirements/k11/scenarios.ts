import type { Scenario } from "../../core/scenario.ts";
import { ENTRY_SCENARIOS } from "./entry-scenarios.ts";
import { HEADER_SCENARIOS } from "./header-scenarios.ts";
import { STRENGTH_SCENARIOS } from "./strength-scenarios.ts";
import { WILDCARD_SCENARIOS } from "./wildcard-scenarios.ts";

/** What K11 must say, for every fact and every way a site can be. */
export const scenarios: readonly Scenario[] = [
  ...STRENGTH_SCENARIOS,
  ...HEADER_SCENARIOS,
  ...WILDCARD_SCENARIOS,
  ...ENTRY_SCENARIOS,
];
