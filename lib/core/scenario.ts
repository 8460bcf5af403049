import type { Asset } from "./asset.ts";
import type { Cause } from "./cause.ts";
import type { GatewayAddress, GatewayVisit, ReportedSelector } from "../mail/observations.ts";
import type { ServiceAddress, ServiceVisit } from "../services/observations.ts";
import type { TlsAddress, TlsVisit } from "../tls/observations.ts";
import type { HostRole, PreloadStatus, WebAddress, WebVisit } from "../web/observations.ts";
import type { Observation, ObservationKind, Observed } from "./observation.ts";
import type { Reading } from "./requirement-id.ts";
import type { Verdict } from "./verdict.ts";

/** Makes observations by running the real probes against the practice internet, without a socket and as of a fixed moment. */
export interface Rehearsal {
  /** The observations of one practice domain, named by its class; `at` (ISO 8601) sets the clock. */
  observe(practiceClass: string, options?: RehearsalOptions): Promise<readonly Observation[]>;
  /** The asset of that practice domain. */
  asset(practiceClass: string): Asset;
  /** The observations of the given kinds of one asset in a world made for the purpose. */
  observeIn(world: World, asset: Asset, kinds: readonly ObservationKind[]): Promise<readonly Observation[]>;
}

/** A small internet for one scenario, as data. The root and the zones above those named are made around them, signed. */
export interface World {
  readonly zones: readonly WorldZone[];
  /** What stands behind port 25; an address that is not listed is silent (`tcp-timeout`). */
  readonly gateways?: Readonly<Record<string, (gateway: GatewayAddress) => Observed<GatewayVisit>>>;
  /** What stands behind web ports, by address; an address that is not listed is silent (`tcp-timeout`). */
  readonly web?: Readonly<Record<string, (where: WebAddress & { readonly role: HostRole }) => Observed<WebVisit>>>;
  /** TLS servers by address; an address that is not listed is silent. */
  readonly tls?: Readonly<Record<string, (where: TlsAddress) => Observed<TlsVisit>>>;
  /** Other services by address; an address that is not listed is silent. */
  readonly services?: Readonly<Record<string, (where: ServiceAddress) => Observed<ServiceVisit>>>;
  /** What the preload list says, by host; a host that is not listed is `absent`. */
  readonly preload?: Readonly<Record<string, Omit<PreloadStatus, "host">>>;
  /** What aggregate reports have taught, of any domain. */
  readonly reportedSelectors?: readonly ReportedSelector[];
  /** Families that this vantage has a route for; default both. */
  readonly families?: readonly ("ipv4" | "ipv6")[];
  /** ISO 8601; default 2026-11-23T10:00:00.000Z. */
  readonly at?: string;
}

/** One zone, signed on the spot unless it says otherwise. */
export interface WorldZone {
  /** Without the final dot, such as "kommune.dk". */
  readonly name: string;
  /** Master-file lines `owner TYPE data`, owners relative to the zone, "@" its apex. SOA and NS are added. */
  readonly records: readonly string[];
  /** `bogus`: the parent has a DS that fits no key. `silent`: its servers never answer. `failing`: they answer SERVFAIL. */
  readonly state?: "signed" | "unsigned" | "bogus" | "silent" | "failing";
  /** Names (relative) and types whose signatures do not verify, as "owner TYPE"; with type NSEC, denials there are bogus. */
  readonly spoilt?: readonly string[];
  /** As "owner TYPE": what is answered with SERVFAIL, or not at all. */
  readonly failing?: readonly string[];
  readonly silent?: readonly string[];
  /** Denies as RFC 9824: NOERROR with an NSEC at the very name, NXNAME where it does not exist. */
  readonly compactDenial?: true;
  /** Answers NXDOMAIN for empty non-terminals, against RFC 8020. */
  readonly deniesEmptyNonTerminals?: true;
}

export interface RehearsalOptions {
  readonly at?: string;
  /** Another name to observe instead of the practice domain itself, absolute, lower case. */
  readonly domain?: string;
}

/** What is seen and what must be said of it: exactly these tags, this verdict. The specification, made testable. */
export interface Scenario {
  readonly name: string;
  readonly reading?: Reading;
  readonly asset: (rehearsal: Rehearsal) => Asset;
  readonly observe: (rehearsal: Rehearsal) => Promise<readonly Observation[]>;
  /** Every tag that must be found, and no other may be. */
  readonly tags: readonly string[];
  readonly verdict: Verdict;
  readonly cause?: Cause;
}
