import type { Observation } from "../core/observation.ts";
import { spfWants } from "../mail/spf/wants.ts";
import type { Name } from "../wire/name.ts";
import type { ProbeContext } from "./probe-context.ts";
import { readDns } from "./read-dns.ts";

/**
 * Reads the SPF records of a domain and of the names below it, with everything that evaluating them asks for: the records they
 * include, the hosts they name. Unobserved when no question at all was answered.
 */
export async function probeSpf(
  asset: { readonly id: string; readonly domain: Name },
  namesBelow: readonly Name[],
  context: ProbeContext,
): Promise<Observation<"dns.spf">> {
  const observedAt = new Date(context.now()).toISOString();
  const { id, domain } = asset;
  const reading = await readDns(domain, spfWants(domain, namesBelow), context);
  const result = reading.state === "observed" ? { ...reading, value: { ...reading.value, namesBelow } } : reading;
  return { kind: "dns.spf", asset: id, target: id, observedAt, result };
}
