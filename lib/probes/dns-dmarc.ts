import type { DomainAsset } from "../core/asset.ts";
import { type Observation, observed } from "../core/observation.ts";
import { indexBook } from "../dnssec/lookup.ts";
import { namesJudged } from "../mail/dmarc/authors.ts";
import { dmarcWants, reportsIn } from "../mail/dmarc/wants.ts";
import type { Name } from "../wire/name.ts";
import type { ProbeContext } from "./probe-context.ts";
import { organisationOf, suffixesVersion } from "./public-suffix.ts";
import { randomNameBelow } from "./random-name.ts";
import { readDns } from "./read-dns.ts";

/**
 * Asks for the DMARC records that receivers of RFC 9989 and of RFC 7489 would find for a domain, for names below it, and for a
 * name that nobody has made. Unobserved when no question at all was answered.
 */
export async function probeDmarc(
  { id, domain }: Pick<DomainAsset, "id" | "domain">,
  namesBelow: readonly Name[],
  context: ProbeContext,
): Promise<Observation<"dns.dmarc">> {
  const observedAt = new Date(context.now()).toISOString();
  const randomName = randomNameBelow(domain, context.randomLabel(id));
  const subject = { domain, randomName, namesBelow };
  const reading = await readDns(domain, dmarcWants(subject, organisationOf), context);
  const observation = { kind: "dns.dmarc", asset: id, target: id, observedAt } as const;
  if (reading.state === "unobserved") return { ...observation, result: reading };
  const reports = reportsIn(subject, indexBook(reading.value.book), organisationOf);
  const named = [
    domain,
    randomName,
    ...namesJudged(subject).looked,
    ...reports.flatMap(({ at, hosts }) => [at, ...hosts]),
  ];
  const organisations = [...new Set(named)].map((author) => ({ author, organisation: organisationOf(author) }));
  const value = { ...reading.value, randomName, namesBelow, organisations, suffixes: suffixesVersion() };
  return { ...observation, result: observed(value) };
}
