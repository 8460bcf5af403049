import type { Scenario } from "../../core/scenario.ts";
import { CERTIFICATE_SCENARIOS } from "./cert-scenarios.ts";
import { PROFILE_SCENARIOS } from "./profile-scenarios.ts";
import { SETTING_SCENARIOS } from "./profile-setting-scenarios.ts";
import { VERSION_SCENARIOS } from "./tls-version-scenarios.ts";

/** TLS servers: what clauses (b) and (c) and the certificate's share of the head clause are shown by. */
export const TLS_SCENARIOS: readonly Scenario[] = [
  ...VERSION_SCENARIOS,
  ...PROFILE_SCENARIOS,
  ...SETTING_SCENARIOS,
  ...CERTIFICATE_SCENARIOS,
];
