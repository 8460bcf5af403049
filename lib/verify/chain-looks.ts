import { probeDnsChain } from "../probes/dns-chain.ts";
import { probeDnsServers } from "../probes/dns-servers.ts";
import { namesDeclaredBelow } from "./plan.ts";
import { domainOf, type Probe } from "./probe.ts";

/** What S18 needs, and every function that looks: the controls are judged by it. */
export const CHAIN_PROBES = {
  "dns.chain": (asset, inventory, context) => {
    const { domain } = domainOf(asset);
    return probeDnsChain(asset.id, domain, namesDeclaredBelow(domain, inventory), context);
  },
  "dns.servers": (asset, _, context) => probeDnsServers(asset.id, domainOf(asset).domain, context),
} as const satisfies Readonly<Record<string, Probe>>;
