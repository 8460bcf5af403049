import { probeDkim } from "../probes/dns-dkim.ts";
import { probeDmarc } from "../probes/dns-dmarc.ts";
import { probeGateways } from "../probes/dns-gateways.ts";
import { probeSpf } from "../probes/dns-spf.ts";
import { namesDeclaredBelow } from "./plan.ts";
import { domainOf, type Probe } from "./probe.ts";

/** What the family `domains` looks at over DNS besides the chain. */
export const DOMAIN_PROBES = {
  "dns.gateways": (asset, _, context) => probeGateways(domainOf(asset), context),
  "dns.dmarc": (asset, inventory, context) => {
    const domain = domainOf(asset);
    return probeDmarc(domain, namesDeclaredBelow(domain.domain, inventory), context);
  },
  "dns.spf": (asset, inventory, context) => {
    const domain = domainOf(asset);
    return probeSpf(domain, namesDeclaredBelow(domain.domain, inventory), context);
  },
  "dns.dkim": (asset, _, context) => probeDkim(domainOf(asset), context),
} as const satisfies Readonly<Record<string, Probe>>;
