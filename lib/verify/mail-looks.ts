import { probeDane } from "../probes/dns-dane.ts";
import { probeSmtpGateways } from "../probes/smtp/gateway-probe.ts";
import { domainOf, type Probe } from "./probe.ts";

export { createGateways } from "../probes/smtp/gateways.ts";

/** What the family `mail` looks at. */
export const MAIL_PROBES = {
  "dns.dane": (asset, _, context) => probeDane(domainOf(asset), context),
  "smtp.gateway": (asset, _, context) => probeSmtpGateways(domainOf(asset), context),
} as const satisfies Readonly<Record<string, Probe>>;
