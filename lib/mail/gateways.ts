import type { Classification } from "../dnssec/classification.ts";
import type { Wants } from "../dnssec/domain-validator.ts";
import type { Lookup } from "../dnssec/lookup.ts";
import type { Question } from "../wire/message.ts";
import { type Name, wildcardAt } from "../wire/name.ts";
import { type GatewayHost, isDenied, isKnown, readHost, recordsOf } from "./gateway-host.ts";
import { type Exchange, readMxSet, withinBounds } from "./gateway-mx.ts";
import type { GatewaysObservation } from "./observations.ts";
import { type Classify, heard } from "./reading.ts";

/** What a domain's gateways are found from. */
export type MailSubject = Pick<GatewaysObservation, "domain" | "randomName" | "declaredGateways">;

/**
 * How mail for one name finds its way (RFC 5321 section 5.1). `origin`: the domain itself, any name below it that a wildcard
 * MX makes, or gateways that the inventory names.
 */
export interface MailRoute {
  readonly origin: "domain" | "wildcard" | "declared";
  /** The part after the @: "*.example.dk." for a wildcard, the domain for declared gateways. */
  readonly mailDomain: Name;
  /**
   * `mx`: hosts by MX records. `null-mx`: MX records that say "no mail" and nothing else (RFC 7505). `implicit`: no MX, but
   * addresses at the name, or something there that does not validate. `none`: no MX and no address, so that no mail can come.
   * `declared`: by the inventory. `unknown`: no answer that can be relied on; `mx`, `a` and `aaaa` of the host say why.
   */
  readonly form: "mx" | "null-mx" | "implicit" | "none" | "declared" | "unknown";
  /** Null for declared gateways only. */
  readonly mx: Classification | null;
  /** Each host once, sorted by name. The name itself for `implicit`, and for `unknown` where MX is denied. */
  readonly hosts: readonly GatewayHost[];
  /** Hosts beyond what is looked at: nothing is known of them, and a route that has any is never all right. */
  readonly leftOut: readonly Name[];
  /** An entry that says "no mail" stands beside others, which RFC 7505 section 3 forbids. */
  readonly nullBesides: boolean;
  /** Of entries that say "no mail", ascending; RFC 7505 section 3 allows 0 only. */
  readonly nullPreferences: readonly number[];
  /** MX records whose data is no MX data. A route that has any is never all right. */
  readonly unreadable: number;
}

/**
 * What finding the gateways takes: MX of the domain and of a name that nobody has made, addresses of every host they name and
 * of every declared one, and of the domain itself when it has no MX.
 */
export function gatewayWants({ domain, randomName, declaredGateways }: MailSubject): Wants {
  return (lookup) => {
    const routes = [...new Set([domain, randomName])].map((name) => heard({ name, type: "MX" }, lookup));
    const [own] = routes;
    const hasNoMx = own?.state === "nothing" || own?.state === "no-name";
    const named = routes.flatMap(({ records }) => readMxSet(records).exchanges.map(({ host }) => host));
    const hosts = new Set([...named, ...(hasNoMx ? [domain] : []), ...withinBounds(declaredGateways).lookedAt]);
    const mx = routes.flatMap(({ questions }) => questions);
    return { zones: [], wanted: [...mx, ...[...hosts].flatMap((host) => addressQuestions(host, lookup))] };
  };
}

/** The address questions of one host, through every alias that was heard of. */
function addressQuestions(host: Name, lookup: Lookup): readonly Question[] {
  return ["A", "AAAA"].flatMap((type) => heard({ name: host, type }, lookup).questions);
}

/**
 * The routes by which mail comes in: the domain's own always and first, then the wildcard's if there is one, then declared
 * gateways if there are any. Nothing is taken from bogus answers.
 */
export function mailRoutes(about: MailSubject, classify: Classify): readonly MailRoute[] {
  const { domain, randomName, declaredGateways } = about;
  const known = new Map<Name, GatewayHost>();
  const read: ReadHost = (exchange) => {
    const before = known.get(exchange.host) ?? readHost(exchange, classify);
    known.set(exchange.host, before);
    return { ...before, preferences: exchange.preferences };
  };
  const own = domainRoute(domain, classify, read);
  const wildcard = randomName === domain ? null : wildcardMx(about, classify);
  const isWildcard = wildcard !== null && recordsOf(wildcard).length > 0;
  return [
    own,
    ...(isWildcard ? [mxRoute("wildcard", wildcardAt(domain), wildcard, read)] : []),
    ...(declaredGateways.length > 0 ? [declaredRoute(domain, declaredGateways, read)] : []),
  ];
}

type ReadHost = (exchange: Exchange) => GatewayHost;

/** What became of MX at the name that nobody has made: a denial unless the zone has a wildcard. */
export function wildcardMx({ randomName }: Pick<MailSubject, "randomName">, classify: Classify): Classification {
  return classify({ name: randomName, type: "MX" });
}

/** NXDOMAIN at the name itself, proven or heard: there is no such domain to look at (requirements 4.2, edge 8). */
export function isNowhere({ mx }: Pick<MailRoute, "mx">): boolean {
  return mx !== null && isKnown(mx) && mx.answer === "nxdomain" && mx.aliases.length === 0;
}

const EMPTY = { hosts: [], leftOut: [], nullBesides: false, nullPreferences: [], unreadable: 0 } as const;

function domainRoute(domain: Name, classify: Classify, read: ReadHost): MailRoute {
  const mx = classify({ name: domain, type: "MX" });
  const base = { ...EMPTY, origin: "domain", mailDomain: domain, mx } as const;
  if (!isKnown(mx)) return { ...base, form: "unknown" };
  if (!isDenied(mx)) return mxRoute("domain", domain, mx, read);
  const host = read({ host: domain, preferences: [] });
  const { a, aaaa } = host;
  const isThere = [a, aaaa].some((one) => one.status === "bogus" || recordsOf(one).length > 0);
  if (isThere) return { ...base, form: "implicit", hosts: [host] };
  return host.reach === "none" ? { ...base, form: "none" } : { ...base, form: "unknown", hosts: [host] };
}

function mxRoute(origin: MailRoute["origin"], mailDomain: Name, mx: Classification, read: ReadHost): MailRoute {
  const { exchanges, leftOut, nullPreferences, unreadable } = readMxSet(recordsOf(mx));
  const hosts = exchanges.map(read);
  const base = { origin, mailDomain, mx, hosts, leftOut, nullPreferences, unreadable } as const;
  const hasNull = nullPreferences.length > 0;
  if (hosts.length > 0) return { ...base, form: "mx", nullBesides: hasNull };
  return { ...base, form: hasNull && unreadable === 0 ? "null-mx" : "unknown", nullBesides: false };
}

function declaredRoute(domain: Name, gateways: readonly Name[], read: ReadHost): MailRoute {
  const { lookedAt, leftOut } = withinBounds(gateways);
  const hosts = lookedAt.map((host) => read({ host, preferences: [] }));
  return { ...EMPTY, origin: "declared", mailDomain: domain, form: "declared", mx: null, hosts, leftOut };
}
