import type { Undecided } from "../tls/observations.ts";

/** Where a declared service is looked at. */
export interface ServiceAddress {
  /** The URL's scheme, lower case: imap, pop3s, ldap, ssh ... */
  readonly scheme: string;
  /** Lower case, A-labels, no final dot; an IP literal where the asset names an address. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/**
 * What the service says before anybody is encrypted. `tls`: it takes TLS from the first octet. `dialogue`: a protocol with STARTTLS,
 * spoken to as far as its capabilities. `banner`: it spoke first, in clear. `mute`: it accepted the connection, and neither spoke nor
 * took TLS.
 */
export type ServiceSpeech =
  | { readonly kind: "tls" }
  | {
      readonly kind: "dialogue";
      readonly protocol: "smtp" | "imap" | "pop3" | "ftp" | "ldap" | "rdp" | "postgres" | "mysql" | "xmpp";
      /** Capabilities before TLS, upper case, printable ASCII, at most 64 of at most 64 characters. */
      readonly capabilities: readonly string[];
      /** What came of asking for TLS. */
      readonly startTls: "accepted" | "refused" | "not-offered";
      /** Whether a login in clear was offered or refused; `unknown` where only a login would tell. */
      readonly plainLogin: "refused" | "offered" | "unknown";
    }
  | { readonly kind: "banner"; readonly looksLike: string | null }
  | { readonly kind: "mute" };

/** One declared service at one address. States as for WebVisit; `not-a-service`: the asset is no service by name and protocol. */
export type ServiceVisit =
  | (ServiceAddress & {
      readonly state: "visited";
      readonly speech: ServiceSpeech;
      readonly undecided: Undecided | null;
    })
  | (ServiceAddress & { readonly state: "closed" })
  | (ServiceAddress & { readonly state: "not-here"; readonly family: "ipv4" | "ipv6" })
  | { readonly state: "nothing-to-visit"; readonly why: "no-address" | "not-a-service" | "not-tcp" };
