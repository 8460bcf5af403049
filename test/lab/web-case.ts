import type { Expected } from "../../lib/practice/practice-case.ts";

/** Zones of the lab's web hosts; the apexes of both under .dk are hosts too. */
export const WEB_ZONE = "vaerksted-oevelse.dk";
export const OTHER_WEB_ZONE = "drejebaenk-oevelse.dk";
export const FOREIGN_WEB_ZONE = "vaerksted-oevelse.com";

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
  | "address";

/** One address of a host, as nginx is set up there. What is absent is as it should be. */
export interface WebPlace {
  readonly certificates?: readonly CertificateName[];
  /** Directives of nginx about TLS. */
  readonly tls?: readonly string[];
  /** What port 443 says, in directives of nginx; "closed": nobody listens. */
  readonly secure?: readonly string[] | "closed";
  readonly plain?: readonly string[] | "closed";
  /** A program of the lab in front of nginx at port 443, see web-relics.ts. */
  readonly relic?: "ssl3" | "deflate" | "far";
  /** GnuTLS instead of nginx, with this priority string, at a port of its own and nothing else. */
  readonly gnutls?: string;
}

/** One web host of the lab, and what must be said of it, written from the RFCs. */
export interface WebLabCase {
  /** Kebab-case; unique; the first label of its host. */
  readonly name: string;
  /** Where the asset is not the host named after the case: `host`, or a `url` in which ADDRESS stands for its address. */
  readonly asset?: { readonly host: string } | { readonly url: string };
  /** Names that have the addresses, where it is not the host named after the case alone; relative to WEB_ZONE. */
  readonly places: readonly WebPlace[];
  readonly expected: Readonly<Partial<Record<WebRequirement, Expected>>>;
  readonly reason: string;
}

/** The host that a case is named after. */
export function hostOf({ name, asset }: WebLabCase): string {
  return asset !== undefined && "host" in asset ? asset.host : `${name}.${WEB_ZONE}`;
}
