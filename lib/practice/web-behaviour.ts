/** A key and its chain, leaf first, in PEM; the chain is presented as it stands. */
export interface WebCertificate {
  readonly key: string;
  readonly chain: string;
}

/** TLS as a practice server has it, in OpenSSL's words. What is not given is as today's servers have it. */
export interface WebTls {
  readonly certificates: readonly WebCertificate[];
  readonly minVersion?: "TLSv1" | "TLSv1.1" | "TLSv1.2";
  readonly maxVersion?: "TLSv1.2" | "TLSv1.3";
  readonly ciphers?: string;
  /** PEM. */
  readonly dhparam?: string;
}

/** What a request for pages gets over TLS. */
export interface SecureSite {
  /** Strict-Transport-Security; null for none. */
  readonly hsts: string | null;
  /** Answers that go without it all the same. */
  readonly without?: "missing-pages" | "bare-domain";
  /** The https host that everybody is sent to; absent: pages, under `www`. */
  readonly leadsTo?: string;
}

/** What a request gets in clear. `redirect-front`: a redirect on `/` alone, and pages elsewhere. */
export type ClearSite = "redirect" | "redirect-front" | "pages" | { readonly leadsTo: string };

/** A practice web host as data. A port without anything refuses connections; `silence` accepts them and says nothing. */
export interface WebBehaviour {
  readonly clear: ClearSite | "silence" | null;
  readonly secure: { readonly tls: WebTls; readonly site: SecureSite } | "silence" | null;
}

/** A year and more, for every name below, as a site should have it. */
export const WELL_HSTS = "max-age=63072000; includeSubDomains";
