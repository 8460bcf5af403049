import type { Scenario } from "../../core/scenario.ts";
import { GATEWAY_SCENARIOS } from "./gateway-scenarios.ts";
import { ROUTE_SCENARIOS } from "./route-scenarios.ts";

/** Worlds, each wrong on purpose or right, and what S19 says of them. */
export const scenarios: readonly Scenario[] = [...ROUTE_SCENARIOS, ...GATEWAY_SCENARIOS];
