import type { Observed } from "../core/observation.ts";
import type { DnsReading } from "../mail/observations.ts";
import type { Hop } from "./hop.ts";

/** One host at one of its addresses. */
export interface WebAddress {
  /** Lower case, A-labels, no final dot; an IP literal without brackets where the URL names an address. */
  readonly host: string;
  readonly address: string;
}

/**
 * Why this host is looked at. `own`: it is the asset's, or a name of a domain outside .dk. `entry`: the apex of an asset that is its
 * `www`, or the `www` of one that is an apex: visitors may begin there. `random-label`: a name that nobody has made, which a
 * wildcard answers for.
 */
export type HostRole = "own" | "entry" | "random-label";

/**
 * What a walk was to show. `front`: `/`, or the path that the asset names. `deep`: a page that the front page links to on the same
 * host. `missing`: a path that nobody has made. `robots`, `favicon`: /robots.txt and /favicon.ico. `resource`: an image, style or
 * script of the front page on the same host. `front-h2`: `/` over HTTP/2.
 */
export type WalkPurpose = "front" | "deep" | "missing" | "robots" | "favicon" | "resource" | "front-h2";

/** One walk from the origin, with every hop; those over HTTPS but `front` have one hop: nothing is followed there. */
export interface Walk {
  readonly purpose: WalkPurpose;
  readonly hops: readonly Hop[];
}

/**
 * One scheme and port of the host at the address. `open`: a connection came about. `closed`: refused, which is an answer.
 * `silent`: nothing came, three times. Walks are empty unless it is open; on an open port a hop may still be unobserved.
 */
export interface OriginVisit {
  readonly scheme: "http" | "https";
  readonly port: number;
  readonly state: "open" | "closed" | "silent";
  readonly walks: readonly Walk[];
}

/**
 * Why an address is set aside where the host was seen at one of the other family. `no-route`: this vantage has none to it. `silent`:
 * an IPv6 address that keeps silent; browsers then use the other one (requirements 4.9).
 */
export type Absence = "no-route" | "silent";

/**
 * One host at one address, over HTTP and HTTPS. A visit at which every port was silent is no value but unobserved. `not-here`: the
 * host was visited at an address of another family instead. `nothing-to-visit`: of the asset as a
 * whole; `under-dk`: the name alone decides; `no-address`: DNS says that there is none; `not-web`: a service of another kind; `no-entry`:
 * there is no other name to look at.
 */
export type WebVisit =
  | (WebAddress & {
      readonly state: "visited";
      readonly role: HostRole;
      readonly origins: readonly OriginVisit[];
      /** Other hosts met in the walks that the inventory names as the municipality's; left out where there are none. */
      readonly ownHosts?: readonly string[];
    })
  | (WebAddress & {
      readonly state: "not-here";
      readonly role: HostRole;
      readonly family: "ipv4" | "ipv6";
      readonly why: Absence;
    })
  | { readonly state: "nothing-to-visit"; readonly why: "under-dk" | "no-address" | "not-web" | "no-entry" };

/** What DNS says of one name of an asset, heard from resolvers; nothing of it is validated. */
export interface NameFacts {
  readonly host: string;
  /** Canonical text, IPv4 first; empty: DNS says that there is none. */
  readonly addresses: Observed<readonly string[]>;
  /** Whether there is an HTTPS record (RFC 9460): browsers may use it without an address record. */
  readonly hasHttpsRecord: Observed<boolean>;
  /** Only of a domain's apex, else null. `none`: no MX. `null-mx`: RFC 7505. `mx`: it names somebody. */
  readonly mail: Observed<"none" | "null-mx" | "mx"> | null;
}

/** The names of an asset under which visitors or mail may come: for a domain the apex, `www` and every inventoried host below. */
export interface NamesObservation {
  readonly names: readonly NameFacts[];
}

/** What DNS says of a host's HTTPS record, unjudged. */
export interface HttpsRecordObservation extends DnsReading {
  readonly host: string;
}

/**
 * Whether the host, or a domain above it with its subdomains, is on the list that browsers ship. `unknown`: the list could not be
 * asked, and why in one line of our own; it never changes a verdict of the standard level.
 */
export interface PreloadStatus {
  readonly host: string;
  readonly state: "preloaded" | "pending" | "absent" | "unknown";
  /** The entry that covers the host; null unless preloaded. */
  readonly entry: string | null;
  /** Who was asked, such as `hstspreload.org`; ISO day of the answer. */
  readonly source: string;
  readonly asOf: string;
  readonly detail: string;
}
