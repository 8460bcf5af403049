import type { Observed } from "../core/observation.ts";
import type { TrustAnchor } from "../dnssec/trust-anchor.ts";
import type { GatewayAddress, GatewayVisit, ReportedSelector } from "../mail/observations.ts";
import type { ServiceAddress, ServiceVisit } from "../services/observations.ts";
import type { TlsAddress, TlsVisit } from "../tls/observations.ts";
import type { HostRole, PreloadStatus, WebAddress, WebVisit } from "../web/observations.ts";
import type { Question, Reply } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";

/** Recursive resolvers, asked with RD, DO and CD set. None is trusted: they only carry data. */
export interface RecursiveDns {
  ask(question: Question, options: { readonly signal: AbortSignal }): Promise<Observed<Reply>>;
  /** Asks every configured resolver by itself, with CD as given, to hear what each one makes of the name. */
  askEach(
    question: Question,
    options: { readonly checkingDisabled: boolean; readonly signal: AbortSignal },
  ): Promise<readonly { readonly resolver: string; readonly reply: Observed<Reply> }[]>;
  /** Each of them by itself, for a second source when what they hand out together does not hold. */
  alone(): readonly {
    readonly resolver: string;
    ask(question: Question, options: { readonly signal: AbortSignal }): Promise<Observed<Reply>>;
  }[];
}

/** One authoritative server, asked without RD, over UDP and then TCP. `zone`: what it is asked for, and may be silent about. */
export interface DirectDns {
  ask(
    server: { readonly address: string },
    question: Question,
    options: { readonly zone: Name; readonly signal: AbortSignal },
  ): Promise<Observed<Reply>>;
}

/** Mail gateways on port 25, each visited once however many domains share it. */
export interface Gateways {
  /** What the gateway says and presents; unobserved for silence, a refused connection, or port 25 closed from here. */
  visit(gateway: GatewayAddress, options: { readonly signal: AbortSignal }): Promise<Observed<GatewayVisit>>;
}

/** What to look at of a host, and how closely. */
export interface WebWanted {
  readonly role: HostRole;
  /** The schemes and ports, each with the path (and query) to begin with. */
  readonly origins: readonly { readonly scheme: "http" | "https"; readonly port: number; readonly path: string }[];
  /** `front`: the front walk of each origin alone (S17). `whole`: every walk. */
  readonly closeness: "front" | "whole";
  /** For paths and labels that nobody has made. */
  readonly randomLabel: string;
  /** Addresses of any host on the way. */
  readonly addressesOf: (host: string) => Promise<Observed<readonly string[]>>;
}

/** Web hosts, each visited once however many assets share it. */
export interface WebHosts {
  visit(where: WebAddress, wanted: WebWanted, options: { readonly signal: AbortSignal }): Promise<Observed<WebVisit>>;
}

/** TLS servers, each profiled once however many assets share it. `isActive`: 0-RTT and renegotiation may be tried. */
export interface TlsEndpoints {
  visit(
    where: TlsAddress,
    options: { readonly isActive: boolean; readonly signal: AbortSignal },
  ): Promise<Observed<TlsVisit>>;
}

/** Services that are no web sites, as far as they speak in clear. */
export interface Services {
  visit(where: ServiceAddress, options: { readonly signal: AbortSignal }): Promise<Observed<ServiceVisit>>;
}

/** Browsers' list of HTTPS-only sites. Never rejects: what cannot be known is `unknown`. */
export interface PreloadList {
  statusOf(host: string, options: { readonly signal: AbortSignal }): Promise<Omit<PreloadStatus, "host">>;
}

/** What every probe is given. It holds no socket: sockets are the dialer's. */
export interface ProbeContext {
  readonly resolver: RecursiveDns;
  /** Null when the inventory says `authoritative: off`. */
  readonly direct: DirectDns | null;
  readonly gateways: Gateways;
  readonly web: WebHosts;
  readonly tls: TlsEndpoints;
  readonly services: Services;
  readonly preload: PreloadList;
  /** Selectors that aggregate reports have shown to sign for the domain; none where no reports were taken in. */
  readonly reportedSelectors: (domain: Name) => readonly ReportedSelector[];
  readonly anchors: readonly TrustAnchor[];
  /** Whether addresses of this form can be connected to from here. */
  readonly hasRouteTo: (address: string) => boolean;
  /** Families that must be looked at, whatever this vantage can reach; empty when the inventory does not say. */
  readonly demandedFamilies: readonly ("ipv4" | "ipv6")[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  /**
   * 16 lower-case letters and digits that nobody outside can guess, for a name below this asset (its id) that nobody has
   * made: drawn afresh each time, or the same for as long as the evidence is to stay the same.
   */
  readonly randomLabel: (asset: string) => string;
  readonly signal: AbortSignal;
}
