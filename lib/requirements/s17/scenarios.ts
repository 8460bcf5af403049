import type { Scenario } from "../../core/scenario.ts";
import { NAME_SCENARIOS } from "./name-scenarios.ts";
import { REDIRECT_SCENARIOS } from "./redirect-scenarios.ts";

export const scenarios: readonly Scenario[] = [...REDIRECT_SCENARIOS, ...NAME_SCENARIOS];
