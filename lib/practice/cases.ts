import { ALGORITHM_CASES } from "./cases/algorithms.ts";
import { ANSWER_CASES } from "./cases/answers.ts";
import { CHAIN_CASES } from "./cases/chain.ts";
import { DENIAL_CASES } from "./cases/denials.ts";
import { MAIL_GATEWAY_CASES } from "./cases/mail-gateways.ts";
import { MAIL_POLICY_CASES } from "./cases/mail-policies.ts";
import { MAIL_ROUTE_CASES } from "./cases/mail-routes.ts";
import { NAME_CASES } from "./cases/names.ts";
import { SERVER_CASES } from "./cases/servers.ts";
import { SERVICE_CASES } from "./cases/services.ts";
import { WEB_HOST_CASES } from "./cases/web-hosts.ts";
import type { PracticeCase } from "./practice-case.ts";
import type { WebCase } from "./web-case.ts";

export type { PracticeCase } from "./practice-case.ts";
export type { WebCase } from "./web-case.ts";

/** Every domain of the practice internet and of the lab. Plain data: the zone factory and the tests read the same list. */
export const PRACTICE_CASES: readonly PracticeCase[] = [
  ...CHAIN_CASES,
  ...ALGORITHM_CASES,
  ...DENIAL_CASES,
  ...ANSWER_CASES,
  ...SERVER_CASES,
  ...NAME_CASES,
  ...MAIL_ROUTE_CASES,
  ...MAIL_GATEWAY_CASES,
  ...MAIL_POLICY_CASES,
];

/** Every web host and service of the practice internet. Their names lie in the zones of the cases above. */
export const WEB_CASES: readonly WebCase[] = [...WEB_HOST_CASES, ...SERVICE_CASES];
