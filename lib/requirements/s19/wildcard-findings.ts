import type { Finding } from "../../core/finding.ts";
import type { MailRoute } from "../../mail/gateways.ts";
import type { GatewaysObservation } from "../../mail/observations.ts";
import type { Classify } from "../../mail/reading.ts";
import { wildcardDoubt } from "../../mail/wildcard-mx.ts";
import { wildcardAt } from "../../wire/name.ts";
import { plainName } from "../wording.ts";
import { unanswered } from "./gaps.ts";
import { mxBogus } from "./route-findings.ts";
import type { Make } from "./wording.ts";

/**
 * What keeps us from knowing whether names that nobody has made receive mail (edge 5): an MX that does not hold is one further
 * domain's; a broken denial is S18's to judge, and keeps us from saying that there is no wildcard.
 */
export function wildcardFindings(
  observation: GatewaysObservation,
  routes: readonly MailRoute[],
  classify: Classify,
  finding: Make,
): readonly Finding[] {
  const doubt = wildcardDoubt(observation, routes, classify);
  if (doubt === null) return [];
  const names = wildcardAt(observation.domain);
  if (doubt.state === "gap") return [unanswered(names, "MX", doubt.gap)];
  if (doubt.state === "bogus") return [mxBogus(names, doubt.mx, finding)];
  const { zone, reason } = doubt.mx;
  return [finding("S19_WILDCARD_UNPROVEN", { domain: plainName(names), zone: plainName(zone), reason })];
}
