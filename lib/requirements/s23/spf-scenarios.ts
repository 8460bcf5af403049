import { SPF_POLICY_SCENARIOS } from "./spf-policy-scenarios.ts";
import { SPF_RECORD_SCENARIOS } from "./spf-record-scenarios.ts";

/** Every sentence about SPF, and the situation that it is said of, in a world where DMARC and DKIM are well. */
export const SPF_SCENARIOS = [...SPF_RECORD_SCENARIOS, ...SPF_POLICY_SCENARIOS];
