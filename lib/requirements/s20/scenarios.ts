import type { Scenario } from "../../core/scenario.ts";
import { DNS_SCENARIOS } from "./dns-scenarios.ts";
import { ROUTE_SCENARIOS } from "./route-scenarios.ts";
import { VISIT_SCENARIOS } from "./visit-scenarios.ts";

export const scenarios: readonly Scenario[] = [...VISIT_SCENARIOS, ...ROUTE_SCENARIOS, ...DNS_SCENARIOS];
