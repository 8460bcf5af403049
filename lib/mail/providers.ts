import { MAIL_PROVIDERS, type MailProvider } from "../../data/mail-providers.ts";
import { isAtOrBelow, name, type Name } from "../wire/name.ts";

interface Entry {
  readonly at: Name;
  readonly provider: MailProvider;
}

const byGateway: readonly Entry[] = MAIL_PROVIDERS.flatMap((provider) =>
  provider.gateways.map(({ zone }) => ({ at: name(zone), provider })),
);
const bySpf: readonly Entry[] = MAIL_PROVIDERS.flatMap((provider) =>
  provider.spf.map((include) => ({ at: name(include), provider })),
);

/** Who runs the mail gateway of that name; null for nobody that is known here. */
export function providerOfMx(host: Name): MailProvider | null {
  return nearest(byGateway, host);
}

/** Whether the zone of the provider's that the gateway is named in was signed when the dictionary was written; null: not known. */
export function isGatewayZoneSigned(host: Name): boolean | null {
  const zones = providerOfMx(host)?.gateways.filter(({ zone }) => isAtOrBelow(host, name(zone))) ?? [];
  return zones.toSorted((a, b) => b.zone.length - a.zone.length)[0]?.signed ?? null;
}

/** Who is let send by an SPF term that names this domain (`include:` or `redirect=`); null for nobody that is known here. */
export function providerOfSpf(include: Name): MailProvider | null {
  return nearest(bySpf, include);
}

/** The entry that the name lies at or below; the longest where several do. */
function nearest(entries: readonly Entry[], host: Name): MailProvider | null {
  const matching = entries.filter(({ at }) => isAtOrBelow(host, at));
  return matching.toSorted((a, b) => b.at.length - a.at.length)[0]?.provider ?? null;
}
