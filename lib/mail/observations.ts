import type { Cause } from "../core/cause.ts";
import type { AnswerBook } from "../dnssec/answer-book.ts";
import type { TrustAnchor } from "../dnssec/trust-anchor.ts";
import type { Name } from "../wire/name.ts";

/** Everything that was asked of DNS for one purpose, with what it takes to validate it, unjudged. */
export interface DnsReading {
  readonly domain: Name;
  readonly anchors: readonly TrustAnchor[];
  readonly book: AnswerBook;
  /** Who handed out the book: "resolvers" together, one of them by its name, or "name servers" asked directly. */
  readonly source: string;
  /** Sources that were asked before and handed out data that does not validate. */
  readonly discarded: readonly string[];
}

/** A domain's inbound mail: its MX, the addresses of every gateway, and for `dns.dane` their TLSA records. */
export interface GatewaysObservation extends DnsReading {
  /** A name below the domain that nobody has made: an MX there is a wildcard's. */
  readonly randomName: Name;
  /** Gateways that the inventory names besides MX. */
  readonly declaredGateways: readonly Name[];
}

/** A reply of an SMTP server (RFC 5321 section 4.2). `lines`: its texts, bounded, printable ASCII, without the code. */
export interface SmtpReply {
  readonly code: number;
  readonly lines: readonly string[];
}

export type CertificateType = "rsa" | "ecdsa";

/**
 * One TLS handshake that offered signatures of one kind only. `completed`: it came about. `not-offered`: the server has no
 * certificate of that kind (it said so by an alert, presented one of the other kind instead, or closed or gave up both times while
 * the other kind works). `failed`: TLS does not come about for another reason that the server gave. `unobserved`: for `cause`.
 * `chain`: what the server presented, DER in base64, leaf first; of a handshake that broke, only what is of the kind.
 */
export interface Handshake {
  readonly type: CertificateType;
  readonly outcome: "completed" | "not-offered" | "failed" | "unobserved";
  readonly cause: Cause | null;
  /** One line in English of our own making; never octets that the server sent. */
  readonly detail: string;
  /** As OpenSSL names them, "TLSv1.3" and "TLS_AES_256_GCM_SHA384"; null unless completed. */
  readonly protocol: string | null;
  readonly suite: string | null;
  readonly chain: readonly string[];
}

/** Which gateway at which address, and the name given in SNI: the TLSA base domain (RFC 7672 section 8.1). */
export interface GatewayAddress {
  readonly host: Name;
  readonly serverName: Name;
  readonly address: string;
}

/**
 * One address of one gateway, on port 25. `visited`: the server spoke; `ehlo` and `startTls` are null when the dialogue did not
 * come so far. `not-here`: this vantage has no route to the address's family, and the gateway was visited at an address of
 * another. `nothing-to-visit`: of the asset as a whole, `why` in a word.
 */
export type GatewayVisit =
  | (GatewayAddress & {
      readonly state: "visited";
      readonly greeting: SmtpReply;
      readonly ehlo: SmtpReply | null;
      /** Keywords of the EHLO reply, upper case (RFC 5321 section 4.1.1.1). */
      readonly keywords: readonly string[];
      readonly startTls: SmtpReply | null;
      readonly handshakes: readonly Handshake[];
      /** Octets that came in clear between STARTTLS's reply and the handshake: what a man in the middle would inject. */
      readonly injected: boolean;
    })
  | (GatewayAddress & { readonly state: "not-here"; readonly family: "ipv4" | "ipv6" })
  | { readonly state: "nothing-to-visit"; readonly why: "no-gateway" | "no-tlsa" };

/** DMARC records on the way to and around a domain. */
export interface DmarcObservation extends DnsReading {
  /** A name below the domain that nobody has made. */
  readonly randomName: Name;
  /** Names below the domain that the inventory knows of. */
  readonly namesBelow: readonly Name[];
  /**
   * The organisational domain by the public suffix list of the domain, the random name and each name below (RFC 7489 section
   * 3.2); null where the name is a public suffix itself.
   */
  readonly organisations: readonly { readonly author: Name; readonly organisation: Name | null }[];
  /** The same of every name outside that aggregate reports go to. */
  readonly suffixes: string;
}

/** SPF records of a domain and of the names below it, with everything that evaluating them asks for. */
export interface SpfObservation extends DnsReading {
  readonly namesBelow: readonly Name[];
}

/** A selector that aggregate reports have shown to sign for the domain (evidence of rank B). Dates are ISO days. */
export interface ReportedSelector {
  readonly selector: string;
  /** Messages whose signature with it passed. */
  readonly passed: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Who reported it: organisation names as the reports give them, printable, at most five. */
  readonly reporters: readonly string[];
}

/** A selector that was looked for, and why. `provider`: the entry of data/mail-providers.ts. */
export type SelectorSought =
  | { readonly selector: string; readonly origin: "declared" | "reported" }
  | { readonly selector: string; readonly origin: "provider"; readonly provider: string };

/** DKIM keys of known and likely selectors, and what the names around them answer. */
export interface DkimObservation extends DnsReading {
  /** A name below the domain that nobody has made: `_` and 16 letters, beside `_domainkey`. */
  readonly randomSibling: Name;
  /** A selector that nobody has made, below `_domainkey`. */
  readonly randomSelector: Name;
  readonly sought: readonly SelectorSought[];
  readonly reported: readonly ReportedSelector[];
  /** What each authoritative server says of `_domainkey`, the random names and an empty non-terminal that is known; empty when not asked. */
  readonly servers: readonly { readonly server: Name; readonly address: string; readonly book: AnswerBook }[];
}
