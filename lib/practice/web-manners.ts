import { readFile } from "node:fs/promises";
import {
  type ClearSite,
  type SecureSite,
  type WebBehaviour,
  type WebCertificate,
  type WebTls,
  WELL_HSTS,
} from "./web-behaviour.ts";
import { PORTAL, type WebManner } from "./web-hosts.ts";

/** Certificates of the practice web, chains included. */
export interface WebCertificates {
  /** For ECDSA and RSA, as they should be. */
  readonly ecdsa: WebCertificate;
  readonly rsa: WebCertificate;
  readonly rsa1024: WebCertificate;
  readonly sha1: WebCertificate;
  readonly expired: WebCertificate;
  readonly withoutSan: WebCertificate;
  /** The usual one, without its intermediate. */
  readonly incomplete: WebCertificate;
  /** Finite-field parameters, PEM. */
  readonly ffdhe2048: string;
}

/** Reads the certificates in `folder`, as scripts/make-practice-web-certificates.sh writes them. */
export async function loadWebCertificates(folder: URL): Promise<WebCertificates> {
  const read = (file: string): Promise<string> => readFile(new URL(file, folder), "utf8");
  const issuer = await read("web-issuer.pem");
  const hosted = async (name: string): Promise<WebCertificate> => {
    return { key: await read(`web-${name}.key`), chain: (await read(`web-${name}.pem`)) + issuer };
  };
  const [ecdsa, rsa, rsa1024, sha1, expired, withoutSan, leaf, ffdhe2048] = await Promise.all([
    ...[hosted("ecdsa"), hosted("rsa"), hosted("rsa-1024"), hosted("sha1"), hosted("expired"), hosted("without-san")],
    ...[read("web-ecdsa.pem"), read("web-ffdhe2048.params")],
  ] as const);
  return { ecdsa, rsa, rsa1024, sha1, expired, withoutSan, incomplete: { key: ecdsa.key, chain: leaf }, ffdhe2048 };
}

/** Security level 0 lets OpenSSL do what it refuses today: old versions, short keys and SHA-1. */
const ANYTHING = "@SECLEVEL=0";
/** A suite of TLS 1.0 beside those of today, for either kind of certificate. */
const WITH_OLD = `ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA:${ANYTHING}`;

/** How web hosts of each manner behave. */
export function webManners(has: WebCertificates): Readonly<Record<WebManner, WebBehaviour>> {
  const tls: WebTls = { certificates: [has.ecdsa] };
  const rsa: WebTls = { certificates: [has.rsa], maxVersion: "TLSv1.2" };
  const site: SecureSite = { hsts: WELL_HSTS };
  const well: WebBehaviour = { clear: "redirect", secure: { tls, site } };
  const withTls = (differing: Partial<WebTls>): WebBehaviour => ({
    ...well,
    secure: { tls: { ...tls, ...differing }, site },
  });
  const withSite = (differing: Partial<SecureSite>): WebBehaviour => ({
    ...well,
    secure: { tls, site: { ...site, ...differing } },
  });
  const withCertificate = (certificate: WebCertificate, more: Partial<WebTls> = {}): WebBehaviour =>
    withTls({ certificates: [certificate], ...more });
  const inClear = (clear: ClearSite): WebBehaviour => ({ ...well, clear });
  return {
    well,
    "two-certificates": withTls({ certificates: [has.ecdsa, has.rsa] }),
    "shows-in-clear": inClear("pages"),
    "shows-deep-in-clear": inClear("redirect-front"),
    "clear-only": { clear: "pages", secure: null },
    "old-tls": withTls({ minVersion: "TLSv1", ciphers: WITH_OLD }),
    "aging-tls": withTls({ minVersion: "TLSv1.1", ciphers: WITH_OLD }),
    "key-exchange-rsa": withTls({ ...rsa, ciphers: "ECDHE-RSA-AES128-GCM-SHA256:AES128-GCM-SHA256" }),
    ffdhe2048: withTls({
      ...rsa,
      ciphers: "ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES128-GCM-SHA256",
      dhparam: has.ffdhe2048,
    }),
    "certificate-rsa-1024": withCertificate(has.rsa1024, { ciphers: `ECDHE-RSA-AES128-GCM-SHA256:${ANYTHING}` }),
    "certificate-sha1": withCertificate(has.sha1, { ciphers: `ECDHE-ECDSA-AES128-GCM-SHA256:${ANYTHING}` }),
    "certificate-expired": withCertificate(has.expired),
    "certificate-without-san": withCertificate(has.withoutSan),
    "chain-incomplete": withCertificate(has.incomplete),
    "hsts-lost": withSite({ hsts: null }),
    "hsts-not-on-404": withSite({ without: "missing-pages" }),
    "hsts-not-on-apex": withSite({ without: "bare-domain" }),
    "hsts-broken": withSite({ hsts: "max-age=abc; includeSubDomains" }),
    "hsts-short": withSite({ hsts: "max-age=86400; includeSubDomains" }),
    "leads-to-dk": { clear: { leadsTo: PORTAL }, secure: { tls, site: { ...site, leadsTo: PORTAL } } },
    closed: { clear: null, secure: null },
    tarpit: { clear: "silence", secure: "silence" },
  };
}
