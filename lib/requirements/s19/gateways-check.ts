import type { Finding } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import type { GatewaysObservation } from "../../mail/observations.ts";
import { mailRoutes } from "../../mail/gateways.ts";
import { classifierOf } from "../../mail/reading.ts";
import { plainList, plainName } from "../wording.ts";
import { hostFindings } from "./host-findings.ts";
import { messages } from "./messages.ts";
import { passFindings } from "./proven-routes.ts";
import { routeFindings } from "./route-findings.ts";
import { wildcardFindings } from "./wildcard-findings.ts";
import type { Make } from "./wording.ts";

/**
 * Facts 19.1 to 19.6: the routes by which mail comes in, and every gateway on them. A gateway that several routes share is
 * told of once, and no route passes unless each of them is proven.
 */
export const gatewaysCheck = defineCheck(messages, {
  id: "s19.gateways",
  clause: "1",
  needs: ["dns.gateways"],
  judge: ({ "dns.gateways": observation }, { asset, at, reading }, finding) => {
    const classify = classifierOf(observation, at);
    const routes = mailRoutes(observation, classify);
    const receivesMail = asset.kind === "domain" && (asset.mailGateways ?? []).length > 0;
    const rules = { isState: reading === "stat-2024-10", receivesMail };
    const wildcard = wildcardFindings(observation, routes, classify, finding);
    return [
      ...routes.flatMap((route) => routeFindings(route, rules, finding)),
      ...hostFindings(routes, finding),
      ...wildcard,
      ...sourceFindings(observation, finding),
      ...(wildcard.length === 0 ? passFindings(routes, rules, finding) : []),
    ];
  },
});

/** Sources whose data did not hold, where another's did. */
function sourceFindings({ domain, source, discarded }: GatewaysObservation, finding: Make): readonly Finding[] {
  if (discarded.length === 0) return [];
  return [finding("S19_SOURCE_DISCARDED", { domain: plainName(domain), discarded: plainList(discarded), source })];
}
