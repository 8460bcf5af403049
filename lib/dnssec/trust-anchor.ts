import type { Name } from "../wire/name.ts";

/** A DS-form trust anchor (RFC 4034 section 5.1). `digest` is upper-case hexadecimal. A DNSKEY anchor is kept as its SHA-256 DS. */
export interface TrustAnchor {
  readonly zone: Name;
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: string;
}
