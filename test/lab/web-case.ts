import type { Expected } from "../../lib/practice/practice-case.ts";

/** Zones of the lab's web hosts; the apexes of both under .dk are hosts too. */
export const WEB_ZONE = "vaerksted-oevelse.dk";
export const OTHER_WEB_ZONE = "drejebaenk-oevelse.dk";
export const FOREIGN_WEB_ZONE = "vaerksted-oevelse.com";
/** A zone without signatures, and one whose HTTPS records are signed wrongly. */
export const UNSIGNED_WEB_ZONE = "skurvogn-oevelse.dk";
export const BOGUS_RECORD_ZONE = "stillads-oevelse.dk";
/** Domains outside .dk that are assets with all their hosts: all of one lead to .dk, one host of the other does not. */
export const FLEET_ZONES = ["flaade-oevelse.com", "flotille-oevelse.com"] as const;
/** Where the product asks whether browsers ship a name on their list. */
export const LIST_ZONE = "hstspreload.org";

export type WebRequirement = "S17" | "S27" | "K11";

/** Made by web-certificates.ts, each for every name of the lab unless its own name says otherwise. */
export type CertificateName =
  | "good"
  | "rsa"
  | "rsa-1024"
  | "sha1"
  | "p224"
  | "cn-only"
  | "other-name"
  | "expired"
  | "ecdsa-expired"
  | "without-issuer"
  | "self-signed"
  | "must-staple"
  | "revoked"
  | "deciphering"
  | "address";

/** One address of a host, as nginx is set up there. What is absent is as it should be. */
export interface WebPlace {
  /** Absent: ipv4. */
  readonly family?: "ipv6";
  /** The address drops everything, as behind a firewall; nothing else of the place counts. */
  readonly silent?: true;
  readonly certificates?: readonly CertificateName[];
  /** Directives of nginx about TLS. */
  readonly tls?: readonly string[];
  /** What port 443 says, in directives of nginx; "closed": nobody listens. */
  readonly secure?: readonly string[] | "closed";
  readonly plain?: readonly string[] | "closed";
  /** A program of the lab in front of nginx at port 443, see web-relics.ts. */
  readonly relic?: "ssl3" | "deflate" | "far" | "turns" | "two-at-once" | "every-seventh" | "odd-alert";
  /** Where nginx has TLS when not at 443, and HTTP when not at 80. */
  readonly securePort?: number;
  readonly plainPort?: number;
  /** `openssl s_server` instead of nginx at port 443, with these options. */
  readonly openssl?: readonly string[];
  /** GnuTLS instead of nginx, with this priority string, at a port of its own and nothing else. */
  readonly gnutls?: string;
}

/** What a requirement must say. */
export type WebExpected = Expected & {
  /** Words that must be in the text of a finding that is no pass. */
  readonly says?: string;
  /** A tag, or words in the text of a finding that is no pass, that must not be there. */
  readonly without?: string;
};

export type WebExpectations = Readonly<Partial<Record<WebRequirement, WebExpected>>>;

/**
 * Runs beside the usual one, which judges at K11's level standard and demands both families: `strong` and `strict` have that
 * setting, `reachable` demands no family.
 */
export const WEB_SETTINGS = ["strong", "strict", "reachable"] as const;
export type WebSetting = (typeof WEB_SETTINGS)[number];

/** One web host of the lab, and what must be said of it, written from the RFCs. */
export interface WebLabCase {
  /** Kebab-case; unique; the first label of its host. */
  readonly name: string;
  /** Where the asset is not the host named after the case: `host`, `domain`, or a `url` in which ADDRESS stands for its address. */
  readonly asset?: { readonly host: string } | { readonly url: string } | { readonly domain: string };
  /** Names that have the addresses, where it is not the host named after the case alone; relative to WEB_ZONE. */
  readonly places: readonly WebPlace[];
  readonly expected: WebExpectations;
  /** What other settings of the inventory lead to. */
  readonly under?: Readonly<Partial<Record<WebSetting, WebExpectations>>>;
  /** Further records of its zone, as in a master file, with absolute names. */
  readonly records?: readonly string[];
  readonly consent?: "active";
  /** A dispensation that the inventory holds for the asset. */
  readonly exemption?: { readonly requirement: WebRequirement; readonly validUntil: string };
  readonly reason: string;
}

/** The host that a case is named after. */
export function hostOf({ name, asset }: WebLabCase): string {
  if (asset !== undefined && "host" in asset) return asset.host;
  return asset !== undefined && "domain" in asset ? asset.domain : `${name}.${WEB_ZONE}`;
}
