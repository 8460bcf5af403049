import type { Finding, FindingMaker } from "../../core/finding.ts";
import { defineCheck } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import type { DaneGateway, DaneView } from "../../mail/dane/view.ts";
import { gatewaysToVisit, viewDane } from "../../mail/dane/view.ts";
import { isDenied } from "../../mail/gateway-host.ts";
import { gatewayFindings } from "./gateway-findings.ts";
import { messages } from "./messages.ts";
import { routeFindings, wildcardFindings } from "./route-findings.ts";
import { plainName } from "./wording.ts";

type Make = FindingMaker<typeof messages>;

/** There is nothing to visit, and nothing was found that says why. */
const UNEXPLAINED = { cause: "internal", detail: "no gateway is to be visited, and no reason was found" } as const;

/**
 * Facts 20.1 to 20.3: MX, addresses and TLSA records of every gateway, as DNS has them. It never passes: where everything is
 * well, the gateways themselves decide; where there is nothing to visit, it says why.
 */
export const daneCheck = defineCheck(messages, {
  id: "s20.dane",
  clause: "1",
  needs: ["dns.dane"],
  judge: ({ "dns.dane": observation }, { at }, finding) => {
    const view = viewDane(observation, at);
    const isDeclared = observation.declaredGateways.includes(observation.domain);
    const judged = [
      ...view.routes.flatMap((route) => routeFindings(route, isDeclared, finding)),
      ...gatewaysToJudge(view, isDeclared).flatMap((gateway) => gatewayFindings(gateway, finding)),
      ...implicitFindings(view, isDeclared, finding),
      ...wildcardFindings(view.wildcardDoubt, observation.domain, finding),
    ];
    const isExplained = "targets" in gatewaysToVisit(observation, at) || judged.some(isDeciding);
    return isExplained ? judged : [...judged, undecided("S20", plainName(observation.domain), UNEXPLAINED)];
  },
});

/** Warnings decide nothing. */
function isDeciding({ tag }: Finding): boolean {
  return (messages as Readonly<Record<string, { readonly outcome: string }>>)[tag]?.outcome !== "warn";
}

/**
 * All but those that are proven to have no address, those that only the inventory names and nobody finds, and the domain itself
 * where it may not take in mail at all.
 */
function gatewaysToJudge({ routes, gateways }: DaneView, isDeclared: boolean): readonly DaneGateway[] {
  const hostsBy = (form: string): ReadonlySet<string> =>
    new Set(routes.filter((route) => route.form === form).flatMap(({ hosts }) => hosts.map(({ host }) => host)));
  const [byMx, declared, implicit] = [hostsBy("mx"), hostsBy("declared"), hostsBy("implicit")];
  return gateways.filter(({ host: { host, reach, protection } }) => {
    if (byMx.has(host)) return reach !== "none" || protection !== "secure";
    return reach !== "none" && (declared.has(host) || (implicit.has(host) && isDeclared));
  });
}

/**
 * Fact 19.4: no MX, but an address. Whether the domain takes in mail is not to be seen in DNS; only where it is all set for DANE
 * does its gateway decide.
 */
function implicitFindings({ routes, gateways }: DaneView, isDeclared: boolean, finding: Make): readonly Finding[] {
  return routes
    .filter(({ form }) => form === "implicit" && !isDeclared)
    .flatMap(({ mx, mailDomain }) => {
      const domain = plainName(mailDomain);
      const gateway = gateways.find(({ host }) => host.host === mailDomain);
      const isSet = gateway !== undefined && gatewayFindings(gateway, finding).every((one) => !isDeciding(one));
      const isProven = mx?.status === "secure" && isDenied(mx);
      return isSet && isProven ? [] : [finding("S20_IMPLICIT_GATEWAY", { domain })];
    });
}
