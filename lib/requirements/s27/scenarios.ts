import type { Scenario } from "../../core/scenario.ts";
import { PLAIN_SCENARIOS } from "./plain-scenarios.ts";
import { SERVICE_SCENARIOS } from "./service-scenarios.ts";
import { TLS_SCENARIOS } from "./tls-scenarios.ts";

export const scenarios: readonly Scenario[] = [...PLAIN_SCENARIOS, ...SERVICE_SCENARIOS, ...TLS_SCENARIOS];
