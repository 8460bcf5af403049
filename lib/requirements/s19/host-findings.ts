import type { Finding } from "../../core/finding.ts";
import type { BogusClassification, Classification, InsecureClassification } from "../../dnssec/classification.ts";
import { isProvenBogus } from "../../mail/gap.ts";
import type { GatewayHost } from "../../mail/gateway-host.ts";
import type { MailRoute } from "../../mail/gateways.ts";
import { providerOfMx } from "../../mail/providers.ts";
import { isAtOrBelow, name, type Name } from "../../wire/name.ts";
import { plainList, plainName } from "../wording.ts";
import { openHosts } from "./gaps.ts";
import { hostsNamed, type Make } from "./wording.ts";

/** Facts 19.5 and 19.6 of every gateway that MX records or the inventory name, each told of once. */
export function hostFindings(routes: readonly MailRoute[], finding: Make): readonly Finding[] {
  const byMx = distinct(routes.filter(({ form }) => form === "mx"));
  const declared = distinct(routes.filter(({ form }) => form === "declared")).filter(
    ({ host }) => !byMx.some((other) => other.host === host),
  );
  // A name that the inventory has wrong is nobody's gateway, whatever zone it would lie in.
  const hosts = [...byMx, ...declared.filter(({ reach }) => reach !== "none")];
  return [
    ...bogusFindings(hosts, finding),
    ...unsignedFindings(hosts, byMx, finding),
    ...openHosts([...byMx, ...declared]),
    ...aliasFindings(byMx, finding),
  ];
}

function distinct(routes: readonly MailRoute[]): readonly GatewayHost[] {
  return [...new Map(routes.flatMap(({ hosts }) => hosts).map((host) => [host.host, host])).values()];
}

function bogusFindings(hosts: readonly GatewayHost[], finding: Make): readonly Finding[] {
  const broken = hosts.flatMap((host) => {
    const cause = classificationOf(host, isProvenBogus);
    return cause === null ? [] : [{ host, cause }];
  });
  return grouped(
    broken,
    ({ cause }) => `${cause.zone} ${cause.reason}`,
    (group, { cause }) => {
      const { hosts: named, all } = hostsNamed(group.map(({ host }) => host));
      const { zone, reason, detail } = cause;
      return finding("S19_GATEWAY_BOGUS", { hosts: named, zone: plainName(zone), reason, detail, allHosts: all });
    },
  );
}

/** One finding for each unsigned zone and supplier; of gateways that are bogus besides, that is told. */
function unsignedFindings(
  hosts: readonly GatewayHost[],
  byMx: readonly GatewayHost[],
  finding: Make,
): readonly Finding[] {
  const unsigned = hosts.flatMap((host) => {
    const cause = host.protection === "insecure" ? classificationOf(host, isInsecure) : null;
    return cause === null
      ? []
      : [{ host, cause, isDead: byMx.includes(host) && host.reach === "none", ...supplierOf(host) }];
  });
  const keyOf = ({ cause, supplier, signed, isDead }: (typeof unsigned)[number]): string =>
    JSON.stringify([cause.zone, cause.reason, supplier, signed, isDead]);
  return grouped(unsigned, keyOf, (group, { cause, supplier, signed, isDead }) => {
    const { hosts: named, all } = hostsNamed(group.map(({ host }) => host));
    const evidence = {
      ...{ hosts: named, zone: plainName(cause.zone), reason: cause.reason },
      ...{ shownBy: plainName(cause.shownBy), allHosts: all },
    };
    if (isDead) return finding("S19_GATEWAY_DEAD_UNSIGNED", evidence);
    if (supplier === null) return finding("S19_GATEWAY_UNSIGNED", evidence);
    if (signed === "") return finding("S19_SUPPLIER_UNSIGNED", { ...evidence, supplier });
    return finding("S19_SUPPLIER_SIGNED_ELSEWHERE", { ...evidence, supplier, signed });
  });
}

interface Supplier {
  readonly supplier: string | null;
  /** Zones in which the supplier has signed names, other than the one the gateway is named in; "" for none that are known. */
  readonly signed: string;
}

/** Who runs a gateway, by its name or the one that it is an alias of. */
function supplierOf({ host, finalName }: GatewayHost): Supplier {
  const provider = providerOfMx(host) ?? providerOfMx(finalName);
  if (provider === null) return { supplier: null, signed: "" };
  const zones = provider.gateways.filter(({ zone, signed }) => signed === true && !isWithin(host, zone));
  return { supplier: provider.name, signed: plainList(zones.map(({ zone }) => zone)) };
}

function isWithin(host: Name, zone: string): boolean {
  return isAtOrBelow(host, name(zone));
}

/** RFC 2181 section 10.3: what MX names must not be an alias. One that is followed and judged all the same. */
function aliasFindings(hosts: readonly GatewayHost[], finding: Make): readonly Finding[] {
  return hosts
    .filter(({ aliases }) => aliases.length > 0)
    .map(({ host, finalName }) => finding("S19_MX_IS_ALIAS", { host: plainName(host), target: plainName(finalName) }));
}

function isInsecure(classification: Classification): classification is InsecureClassification {
  return classification.status === "insecure";
}

/** The first of a host's two classifications that is of the kind. */
function classificationOf<C extends BogusClassification | InsecureClassification>(
  { a, aaaa }: GatewayHost,
  isOfKind: (classification: Classification) => classification is C,
): C | null {
  return [a, aaaa].find(isOfKind) ?? null;
}

/** One finding for each group of entries with the same key. */
function grouped<T>(
  entries: readonly T[],
  keyOf: (entry: T) => string,
  tell: (group: readonly T[], first: T) => Finding,
): readonly Finding[] {
  return [...Map.groupBy(entries, keyOf).values()].flatMap((group) =>
    group.slice(0, 1).map((first) => tell(group, first)),
  );
}
