import type { Cause } from "../core/cause.ts";
import type { Absence } from "../web/observations.ts";
import type { TlsVersion } from "./versions.ts";

/** Protocols that begin in clear and change to TLS on demand. */
export const START_TLS_PROTOCOLS = ["smtp", "imap", "pop3", "ftp", "ldap", "rdp", "postgres", "mysql", "xmpp"] as const;
export type StartTlsProtocol = (typeof START_TLS_PROTOCOLS)[number];

/** Where a TLS server is looked at, and the name that is indicated. */
export interface TlsAddress {
  /** Lower case, A-labels, no final dot; an IP literal where the asset names an address. */
  readonly host: string;
  /** For SNI; null for an IP literal. */
  readonly serverName: string | null;
  readonly address: string;
  readonly port: number;
  /** Null: TLS from the first octet. */
  readonly startTls: StartTlsProtocol | null;
}

/** Why something stayed open: what we saw instead of an answer, after the smaller second try. */
export interface Undecided {
  readonly cause: Cause;
  /** One line in English of our own making. */
  readonly detail: string;
}

export interface VersionTrial {
  readonly version: TlsVersion;
  /** `accepted`: a hello at this version came, with no fatal alert after it. */
  readonly outcome: "accepted" | "refused" | "undecided";
  readonly undecided: Undecided | null;
}

/** What was found by offering numbers of a registry at one version, see offer-plan.ts. */
export interface ItemTrial {
  readonly version: TlsVersion;
  /** In the order in which the server chose them. */
  readonly accepted: readonly number[];
  /** Offered, and neither accepted nor refused. */
  readonly open: readonly number[];
  readonly undecided: Undecided | null;
}

export interface SuiteTrial extends ItemTrial {
  /** Whose order rules; `unknown` where fewer than two are accepted, or it could not be told. */
  readonly preference: "server" | "client" | "unknown";
}

/** A prime that the server used in DHE; once for each different one. */
export interface DhSeen {
  readonly version: TlsVersion;
  /** A name of dh-groups.ts, or null for a prime that no RFC defines. */
  readonly group: string | null;
  readonly bits: number;
}

/** How the server signs its part of the key agreement in TLS 1.2. */
export interface ExchangeSignatures {
  /** IANA's number of the scheme chosen when all were offered, once for each kind of key. */
  readonly chosen: readonly number[];
  /** Offers of SHA-1 alone and of SHA-224 alone, for the kinds of key that the server has; MD5 is not offered. */
  readonly weak: readonly {
    readonly hash: "SHA1" | "SHA224";
    readonly outcome: "accepted" | "refused" | "undecided";
    readonly undecided: Undecided | null;
  }[];
  /** Whether an offer of SHA-256, SHA-384 and SHA-512 alone succeeded. */
  readonly strong: "accepted" | "refused" | "undecided";
  /** Why `strong` is `undecided`. */
  readonly strongOpen?: Undecided;
}

/**
 * One chain that the server presents, DER in base64, leaf first, as sent. `anchor`: the root of the store that the path leads to,
 * DER in base64, whether it was sent or not; null where none does (no certificates were fetched from elsewhere).
 */
export interface PresentedChain {
  /** Of the leaf's key. */
  readonly kind: "RSA" | "ECDSA" | "EdDSA" | "other";
  readonly version: TlsVersion;
  readonly chain: readonly string[];
  readonly anchor: string | null;
  /** The OCSP response that came with it when one was asked for: DER in base64; null for none. */
  readonly staple: string | null;
}

/** What the server answers where another name, or none, is indicated. Recorded, never graded for a service with a name. */
export interface OtherName {
  readonly indicated: "none" | "unknown-name";
  readonly outcome: "same-certificate" | "other-certificate" | "refused" | "undecided";
}

export interface TlsFindings {
  /** All six, oldest first. */
  readonly versions: readonly VersionTrial[];
  /** One entry for each accepted version. */
  readonly suites: readonly SuiteTrial[];
  /** For TLS 1.2 and 1.3 where accepted; elliptic, finite-field (1.3) and hybrid ones. */
  readonly groups: readonly ItemTrial[];
  readonly dhPrimes: readonly DhSeen[];
  /** Set where a question about DHE got no answer, so that there may be primes that were not seen. */
  readonly dhOpen?: Undecided;
  /** Null where TLS 1.2 is not accepted or no suite of it is signed. */
  readonly signatures: ExchangeSignatures | null;
  /** Every different chain, of every kind of key that could be presented. */
  readonly chains: readonly PresentedChain[];
  /** Kinds of key for which it stayed open whether there is a certificate; empty when all is known. */
  readonly chainsOpen: readonly { readonly kind: "RSA" | "ECDSA" | "EdDSA"; readonly undecided: Undecided }[];
  /** Of TLS 1.2 or older; null where only TLS 1.3 is accepted. */
  readonly legacy: {
    /** `undecided`: the offer of DEFLATE got no answer that can be read. */
    readonly compression: "none" | "DEFLATE" | "other" | "undecided";
    /** Why compression is `undecided`. */
    readonly compressionOpen?: Undecided;
    readonly renegotiationInfo: boolean;
    readonly extendedMasterSecret: boolean;
    readonly encryptThenMac: boolean;
  } | null;
  readonly otherNames: readonly OtherName[];
  /** By consent `active` alone, else `not-tried`. */
  readonly clientRenegotiation: "not-tried" | "not-possible" | "refused" | "limited" | "unlimited" | "undecided";
  readonly earlyData: "not-tried" | "not-possible" | "off" | "accepted" | "undecided";
  /** The trusted roots that `anchor` was sought among. */
  readonly rootStore: { readonly name: string; readonly date: string; readonly extra: number };
  readonly connections: number;
}

/**
 * A TLS server. `closed`: refused, which is an answer. `no-tls`: it speaks, but TLS never came about, and why in one line of our own
 * making. `not-here`: as for WebVisit. `nothing-to-visit`: of the asset as a whole; `no-tls-service`: the asset is a service that
 * has no TLS to look at.
 */
export type TlsVisit =
  | (TlsAddress & { readonly state: "visited" } & TlsFindings)
  | (TlsAddress & { readonly state: "closed" })
  | (TlsAddress & { readonly state: "no-tls"; readonly detail: string })
  | (TlsAddress & { readonly state: "not-here"; readonly family: "ipv4" | "ipv6"; readonly why: Absence })
  | { readonly state: "nothing-to-visit"; readonly why: "no-address" | "no-tls-service" };
