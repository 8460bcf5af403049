import { indexBook, type Lookup } from "../../dnssec/lookup.ts";
import type { Name } from "../../wire/name.ts";
import { isProvenBogus } from "../gap.ts";
import type { GatewayHost } from "../gateway-host.ts";
import { mailRoutes, type MailRoute } from "../gateways.ts";
import type { GatewayAddress, GatewaysObservation } from "../observations.ts";
import { classifierOf, type Classify, heard } from "../reading.ts";
import { type WildcardDoubt, wildcardDoubt } from "../wildcard-mx.ts";
import { namesTowardsTlsa } from "./tlsa-owner.ts";
import { type TlsaFound, tlsaOf } from "./tlsa.ts";
import { heededRecords } from "./usability.ts";

/** One gateway, whichever routes lead to it. */
export interface DaneGateway {
  readonly host: GatewayHost;
  readonly tlsa: TlsaFound;
  /** Parts after the @ of what is sent there: their certificates may be for these names, too (RFC 7672 section 3.2.2). */
  readonly nextHops: readonly Name[];
  /** Names on the way to signed records, or their own, that are said not to exist, or wrongly proven to have no address. */
  readonly denied: readonly Name[];
}

/** A DANE observation, validated as of the moment it was made. */
export interface DaneView {
  readonly routes: readonly MailRoute[];
  /** Each once, sorted by name. */
  readonly gateways: readonly DaneGateway[];
  /** What is not known of names below the domain that nobody has made; null for nothing. */
  readonly wildcardDoubt: WildcardDoubt | null;
}

/** Two checks and one probe read the same observation: it is validated once. */
const VIEWS = new WeakMap<GatewaysObservation, { readonly at: number; readonly view: DaneView }>();

/** Validates what was heard about a domain's gateways. `at` in epoch milliseconds. */
export function viewDane(observation: GatewaysObservation, at: number): DaneView {
  const known = VIEWS.get(observation);
  if (known?.at === at) return known.view;
  const view = validate(observation, at);
  VIEWS.set(observation, { at, view });
  return view;
}

function validate(observation: GatewaysObservation, at: number): DaneView {
  const classify = classifierOf(observation, at);
  const lookup = indexBook(observation.book);
  const routes = mailRoutes(observation, classify);
  const hosts = new Map(routes.flatMap((route) => route.hosts).map((host) => [host.host, host]));
  const gateways = [...hosts.values()].map((host): DaneGateway => {
    const own = routes.filter((route) => route.hosts.some((other) => other.host === host.host));
    const nextHops = own.map((route) => (route.origin === "wildcard" ? observation.randomName : route.mailDomain));
    const tlsa = tlsaOf(host, classify);
    const denied = namesTowards(tlsa).filter((name) => isDenied(name, classify, lookup));
    return { host, tlsa, nextHops: [...new Set(nextHops)], denied };
  });
  gateways.sort((a, b) => (a.host.host < b.host.host ? -1 : 1));
  return { routes, gateways, wildcardDoubt: wildcardDoubt(observation, routes, classify) };
}

/** A CNAME at the records' own name answers for every type: only the name above it tells anything then. */
function namesTowards(tlsa: TlsaFound): readonly Name[] {
  if (tlsa.state !== "secure") return [];
  return namesTowardsTlsa(tlsa.base).filter((name) => name !== tlsa.owner || tlsa.aliases.length === 0);
}

/** By RCODE whatever the proof says, for resolvers heed that (RFC 8020 section 2); or by a proof that does not hold. */
function isDenied(name: Name, classify: Classify, lookup: Lookup): boolean {
  const question = { name, type: "A" };
  return heard(question, lookup).state === "no-name" || isProvenBogus(classify(question));
}

/** Where to look for certificates, or why there is nothing to look at. */
export type GatewaysToVisit =
  | { readonly targets: readonly GatewayAddress[] }
  /** `no-gateway`: nothing with an address is known to take in mail. `no-tlsa`: none that does has records that a sender could use. */
  | { readonly why: "no-gateway" | "no-tlsa" };

/** Every address of every gateway whose TLSA records a sender could use. `at`: epoch milliseconds of the observation. */
export function gatewaysToVisit(observation: GatewaysObservation, at: number): GatewaysToVisit {
  const { gateways } = viewDane(observation, at);
  const targets = gateways.flatMap(addressesToVisit);
  if (targets.length > 0) return { targets };
  return { why: gateways.some(({ host }) => host.addresses.length > 0) ? "no-tlsa" : "no-gateway" };
}

/** Addresses of one domain's gateways that are visited: whoever writes MX and A records writes as many as they like. */
export const MAX_GATEWAY_ADDRESSES = 64;

/** What an observation of one address of one gateway is made of: `mx.example.dk [192.0.2.1]`. */
export function targetOf({ host, address }: Pick<GatewayAddress, "host" | "address">): string {
  return `${host.slice(0, -1)} [${address}]`;
}

/** The addresses at which one gateway's certificates are to be seen; none where its records are of no use. */
export function addressesToVisit({ host, tlsa }: DaneGateway): readonly GatewayAddress[] {
  if (tlsa.state !== "secure" || heededRecords(tlsa.records).length === 0) return [];
  return host.addresses.map((address) => ({ host: host.host, serverName: tlsa.base, address }));
}
