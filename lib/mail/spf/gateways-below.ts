import { isAtOrBelow, type Name } from "../../wire/name.ts";
import { readMxSet } from "../gateway-mx.ts";
import type { DnsView } from "./dns-view.ts";

/** Mail servers of a domain that are looked at as names below it. */
const MAX_GATEWAYS_BELOW = 10;

/** The domain's own mail servers below it that are not among `known`: these names exist, whoever has listed them. */
export function gatewaysBelow(domain: Name, known: readonly Name[], dns: DnsView): readonly Name[] {
  const answer = dns({ name: domain, type: "MX" });
  if (answer.state !== "records") return [];
  const hosts = readMxSet(answer.records)
    .exchanges.map(({ host }) => host)
    .filter((host) => host !== domain && isAtOrBelow(host, domain) && !known.includes(host));
  return hosts.sort().slice(0, MAX_GATEWAYS_BELOW);
}
