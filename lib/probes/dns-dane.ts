import type { DomainAsset } from "../core/asset.ts";
import type { Observation } from "../core/observation.ts";
import { daneWants } from "../mail/dane/wants.ts";
import type { ProbeContext } from "./probe-context.ts";
import { randomNameBelow } from "./random-name.ts";
import { readDns } from "./read-dns.ts";

type Subject = Pick<DomainAsset, "id" | "domain" | "mailGateways">;

/** By context, because each visit has one of its own: the SMTP probe of the same visit asks for it, too. */
const VISITS = new WeakMap<ProbeContext, Map<string, Promise<Observation<"dns.dane">>>>();

/**
 * Fetches a domain's gateways with their TLSA records, and what validating all that takes; once per visit, however many ask.
 * Unobserved when no question at all was answered.
 */
export function probeDane(asset: Subject, context: ProbeContext): Promise<Observation<"dns.dane">> {
  const known = VISITS.get(context) ?? new Map<string, Promise<Observation<"dns.dane">>>();
  VISITS.set(context, known);
  const made = known.get(asset.id) ?? look(asset, context);
  known.set(asset.id, made);
  return made;
}

async function look(
  { id, domain, mailGateways = [] }: Subject,
  context: ProbeContext,
): Promise<Observation<"dns.dane">> {
  const observedAt = new Date(context.now()).toISOString();
  const about = {
    domain,
    randomName: randomNameBelow(domain, context.randomLabel(id)),
    declaredGateways: [...new Set(mailGateways)].sort(),
  };
  const result = await readDns(domain, daneWants(about), context);
  const value = result.state === "observed" ? { ...result, value: { ...result.value, ...about } } : result;
  return { kind: "dns.dane", asset: id, target: id, observedAt, result: value };
}
