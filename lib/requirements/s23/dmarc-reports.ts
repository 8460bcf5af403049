import type { Finding } from "../../core/finding.ts";
import { outsideHosts, welcomeAt } from "../../mail/dmarc/destinations.ts";
import type { DmarcObservation } from "../../mail/observations.ts";
import type { Name } from "../../wire/name.ts";
import type { Make } from "./dmarc-faults.ts";
import type { DmarcView } from "./dmarc-view.ts";
import { plainName, plainRecord } from "./dmarc-wording.ts";

/** Fact 23.9: whether anyone gets reports, at addresses that exist and that want them. Warnings: S23 does not ask for reports. */
export function reportFindings(
  at: Name,
  { organisations }: DmarcObservation,
  { published, classify }: DmarcView,
  finding: Make,
): readonly Finding[] {
  const there = published(at);
  if (there.state !== "one") return [];
  const { rua, ruf, trouble } = there.record;
  if (trouble === "too-long") return [];
  const record = plainRecord(at);
  const [invalid] = [...(rua ?? []), ...(ruf ?? [])].filter(({ valid }) => !valid);
  const known = new Map(organisations.map(({ author, organisation }) => [author, organisation]));
  const hosts = outsideHosts(there.record, at, (name) => known.get(name) ?? null);
  return [
    ...(rua?.some(({ valid }) => valid) === true ? [] : [finding("S23_DMARC_NO_REPORTS", { record })]),
    ...(invalid === undefined ? [] : [finding("S23_DMARC_REPORTS_INVALID", { record, address: invalid.text })]),
    ...hosts.flatMap((host): readonly Finding[] => {
      const evidence = { record, domain: plainName(at), host: plainName(host) };
      const welcome = welcomeAt(host, at, classify);
      if (welcome === "welcome") return [];
      return [finding(welcome === "refused" ? "S23_DMARC_REPORTS_REFUSED" : "S23_DMARC_REPORTS_UNANSWERED", evidence)];
    }),
  ];
}
