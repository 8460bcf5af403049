/** Where reports go, and whether the destination wants them (RFC 7489 section 7.1, RFC 9990 section 4, RFC 9991 section 5). */
import { type DmarcRecord, parseDmarc } from "../../parsers/dmarc.ts";
import type { ReportUri } from "../../parsers/dmarc-uri.ts";
import type { Question } from "../../wire/message.ts";
import { isAtOrBelow, type Name, parseName } from "../../wire/name.ts";
import type { Classify } from "../reading.ts";
import { textOf } from "./published.ts";

/** Destinations of one record that are looked at; receivers serve no more than a few. */
const MAX_DESTINATIONS = 8;

/** What is known about a destination outside. `refused`: it has not said that it takes the domain's reports. */
export type Welcome = "welcome" | "refused" | "unknown";

/** The name at which a destination says that it takes the reports of a domain; null when too long for DNS: it cannot say so. */
export function welcomeQuestion(domain: Name, host: Name): Question | null {
  const owner = parseName(`${domain}_report._dmarc.${host}`);
  return owner.ok ? { name: owner.value, type: "TXT" } : null;
}

/** Hosts of valid `rua` and `ruf` entries that are not of the record's own organisation, each once. */
export function outsideHosts(
  { rua, ruf }: Pick<DmarcRecord, "rua" | "ruf">,
  domain: Name,
  organisationOf: (name: Name) => Name | null,
): readonly Name[] {
  const uris: readonly ReportUri[] = [...(rua ?? []), ...(ruf ?? [])];
  const hosts = uris.flatMap(({ host }) => (host === null ? [] : [host]));
  const outside = hosts.filter((host) => !isSameOrganisation(host, domain, organisationOf));
  return [...new Set(outside)].slice(0, MAX_DESTINATIONS);
}

function isSameOrganisation(host: Name, domain: Name, organisationOf: (name: Name) => Name | null): boolean {
  if (isAtOrBelow(host, domain)) return true;
  const organisation = organisationOf(domain);
  return organisation !== null && organisation === organisationOf(host);
}

/** Whether a destination takes the domain's reports: one record that begins with the version is enough, whatever else it has. */
export function welcomeAt(host: Name, domain: Name, classify: Classify): Welcome {
  const question = welcomeQuestion(domain, host);
  if (question === null) return "refused";
  const answer = classify(question);
  if (answer.status !== "secure" && answer.status !== "insecure") return "unknown";
  const texts = answer.records.map((record) => textOf(record));
  return texts.some((text) => text !== null && parseDmarc(text).ok) ? "welcome" : "refused";
}
