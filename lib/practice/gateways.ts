/** What a practice gateway presents, and how it talks. */
export type GatewayManner =
  /** As it should be, with a certificate for RSA and one for ECDSA. */
  | "well"
  /** The same with two other certificates, of other keys. */
  | "renewed"
  /** The usual certificate for RSA, another one for ECDSA. */
  | "other-ecdsa"
  /** A certificate from the practice mail authority, and that authority's own after it, or not. */
  | "anchored"
  | "unanchored"
  | "no-starttls"
  /** 421 to everybody. */
  | "greylisting"
  /** Says nothing at all. */
  | "tarpit";

/** A practice mail gateway. Its addresses are ordinary unicast ones that exist only inside the practice internet. */
export interface PracticeGateway {
  /** The practice domain or provider's zone that it belongs to, A-labels. */
  readonly domain: string;
  /** Its name, A-labels, no final dot. */
  readonly host: string;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly manner: GatewayManner;
  /** Where it differs: how it is met over IPv6. */
  readonly overIpv6?: GatewayManner;
}

/** The provider whose zone, as in skyhotel.com, is not signed. */
export const PROVIDER_GATEWAY = "mx.skyhotel.com";

/** Every gateway of the practice internet; a domain that is not here uses another's. */
export const PRACTICE_GATEWAYS: readonly PracticeGateway[] = [
  gateway(1, "oevelse.dk"),
  gateway(2, "havn-oevelse.dk"),
  gateway(3, "brevdue-oevelse.dk"),
  gateway(4, "frimaerke-oevelse.dk"),
  gateway(5, "konvolut-oevelse.dk"),
  gateway(6, "postkasse-oevelse.dk"),
  gateway(7, "kuvert-oevelse.dk"),
  { ...gateway(8, "stempel-oevelse.dk"), overIpv6: "renewed" },
  gateway(9, "porto-oevelse.dk", "other-ecdsa"),
  gateway(10, "segl-oevelse.dk", "anchored"),
  gateway(11, "laksegl-oevelse.dk", "unanchored"),
  gateway(12, "postkort-oevelse.dk", "no-starttls"),
  gateway(13, "budstikke-oevelse.dk", "greylisting"),
  gateway(14, "telegraf-oevelse.dk", "tarpit"),
  { ...gateway(15, "skyhotel.com"), host: PROVIDER_GATEWAY },
];

/** Whether a domain has a gateway of its own. */
export function hasGateway(domain: string): boolean {
  return PRACTICE_GATEWAYS.some((each) => each.domain === domain);
}

/** The gateway of a domain; throws for a domain that has none of its own. */
export function gatewayOf(domain: string): PracticeGateway {
  const found = PRACTICE_GATEWAYS.find((each) => each.domain === domain);
  if (found === undefined) throw new RangeError(`no practice gateway belongs to ${domain}`);
  return found;
}

function gateway(number: number, domain: string, manner: GatewayManner = "well"): PracticeGateway {
  const addresses = { ipv4: `185.20.95.${String(number)}`, ipv6: `2a0d:2000:95::${number.toString(16)}` };
  return { domain, host: `mail.${domain}`, ...addresses, manner };
}
