import type { DomainAsset } from "../core/asset.ts";
import type { Observation } from "../core/observation.ts";
import { gatewayWants } from "../mail/gateways.ts";
import type { ProbeContext } from "./probe-context.ts";
import { randomNameBelow } from "./random-name.ts";
import { readDns } from "./read-dns.ts";

/**
 * Fetches where a domain's mail goes: its MX, that of a name nobody has made, the addresses of every gateway, and what
 * validating all that takes. Unobserved when no question at all was answered.
 */
export async function probeGateways(
  { id, domain, mailGateways = [] }: Pick<DomainAsset, "id" | "domain" | "mailGateways">,
  context: ProbeContext,
): Promise<Observation<"dns.gateways">> {
  const observedAt = new Date(context.now()).toISOString();
  const about = {
    domain,
    randomName: randomNameBelow(domain, context.randomLabel(id)),
    declaredGateways: [...new Set(mailGateways)].sort(),
  };
  const result = await readDns(domain, gatewayWants(about), context);
  const value = result.state === "observed" ? { ...result, value: { ...result.value, ...about } } : result;
  return { kind: "dns.gateways", asset: id, target: id, observedAt, result: value };
}
