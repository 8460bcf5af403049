/** A web site of one municipality as scenarios write it: what is not said is as it should be. */
import type { Asset, HostAsset } from "../../core/asset.ts";
import type { Observed } from "../../core/observation.ts";
import type { Rehearsal, Scenario, World } from "../../core/scenario.ts";
import type { HostRole, OriginVisit, WalkPurpose, WebAddress, WebVisit } from "../../web/observations.ts";
import { openOrigin, shutOrigin, type UnseenHop, visited, walk, type WrittenHop } from "../../web/written-visit.ts";
import { name } from "../../wire/name.ts";

/** Where `www`, the apex, and names that nobody has made are. */
export const WWW = "192.0.2.10";
export const WWW6 = "2001:db8::10";
export const APEX = "192.0.2.11";
export const WILD = "192.0.2.12";

export const YEAR = "max-age=31536000";
export const WHOLE = `${YEAR}; includeSubDomains`;

export const KINDS = ["web.visit", "web.entry", "dns.https", "hsts.preload"] as const;

type Where = WebAddress & { readonly role: HostRole };
export type Server = (where: Where) => Observed<WebVisit>;
type Fields = NonNullable<WrittenHop["fields"]>;
type Changed = Partial<WrittenHop> | Pick<UnseenHop, "cause" | "code">;

export interface SiteChanges {
  /** Strict-Transport-Security of every HTTPS answer, one entry for each field. */
  readonly sts?: readonly string[];
  /** What is wrong with the certificate. */
  readonly certificate?: string;
  /** What differs in single answers; `fields` are instead of HSTS. */
  readonly at?: Readonly<Partial<Record<WalkPurpose, Changed>>>;
  /** Further hops after the front page's first. */
  readonly then?: readonly (WrittenHop | UnseenHop)[];
  readonly https?: "closed" | "silent";
  /** `redirect` (usual), what port 80 does otherwise, or its front walk. */
  readonly http?: "closed" | "silent" | readonly (WrittenHop | UnseenHop)[];
  /** Purposes that were not walked. */
  readonly without?: readonly WalkPurpose[];
  /** Other hosts that the inventory names. */
  readonly ownHosts?: readonly string[];
}

const PATHS: Readonly<Record<WalkPurpose, string>> = {
  front: "/",
  "front-h2": "/",
  missing: "/findes-ikke",
  robots: "/robots.txt",
  favicon: "/favicon.ico",
  resource: "/logo.svg",
  deep: "/borger",
};
/** All that a visit looks for. */
export const PURPOSES = ["front", "front-h2", "missing", "robots", "favicon", "resource", "deep"] as const;

/** The field as it stands in an answer. */
export function sts(...values: readonly string[]): Fields {
  return values.map((value) => ["strict-transport-security", value] as const);
}

/** A site that answers everything over HTTP/1.1 and HTTP/2 with HSTS, and redirects from port 80. */
export function site(changes: SiteChanges = {}): Server {
  const { ownHosts = [] } = changes;
  return (where) => visited(where, [httpOrigin(where, changes), httpsOrigin(where, changes)], ...ownHosts);
}

function httpsOrigin({ host }: Where, changes: SiteChanges): OriginVisit {
  if (changes.https !== undefined) return shutOrigin("https", changes.https);
  const purposes = PURPOSES.filter((purpose) => !(changes.without ?? []).includes(purpose));
  return openOrigin(
    "https",
    purposes.map((purpose) => {
      const first = hopFor(host, purpose, changes);
      return walk(purpose, first, ...(purpose === "front" ? (changes.then ?? []) : []));
    }),
  );
}

function hopFor(host: string, purpose: WalkPurpose, { sts: values = [WHOLE], certificate, at = {} }: SiteChanges) {
  const url = `https://${host}${PATHS[purpose]}`;
  const changed = at[purpose] ?? {};
  if ("cause" in changed) return { url, ...changed };
  const isPage = purpose === "front" || purpose === "deep";
  return {
    url,
    fields: sts(...values),
    ...(purpose === "missing" ? { status: 404 } : {}),
    ...(purpose === "front-h2" ? { httpVersion: "2" } : {}),
    ...(isPage ? {} : { references: null }),
    ...(certificate === undefined ? {} : { certificate }),
    ...changed,
  };
}

function httpOrigin({ host }: Where, changes: SiteChanges): OriginVisit {
  const { http } = changes;
  if (http === "closed" || http === "silent") return shutOrigin("http", http);
  const redirect: WrittenHop = { url: `http://${host}/`, location: `https://${host}/`, references: null };
  const isSecure = changes.https === undefined;
  const hops = http ?? [redirect, ...(isSecure ? [hopFor(host, "front", changes)] : [])];
  return openOrigin("http", [walk("front", ...hops)]);
}

export function hostAsset(host: string, more: Partial<HostAsset> = {}): HostAsset {
  return { kind: "host", id: `host:${host}`, name: host, host: name(host), ...more };
}

export const www = hostAsset("www.kommune.dk");
export const apex = hostAsset("kommune.dk");
export const strict = hostAsset("www.kommune.dk", { strict: true });

type Said = Pick<Scenario, "name" | "tags" | "verdict" | "cause">;

/** A scenario in a world of its own, whatever else it is. */
export function inWorld(world: World, said: Said, asset: Asset = www): Scenario {
  return {
    asset: () => asset,
    observe: (rehearsal: Rehearsal) => rehearsal.observeIn(world, asset, KINDS),
    ...said,
  };
}

export const ZONE = ["@ A 192.0.2.11", "www A 192.0.2.10"] as const;

/** The zone kommune.dk with apex and `www`, both right but for the changes. */
export function inKommune(
  said: Said,
  changes: { readonly www?: Server; readonly apex?: Server; readonly world?: Partial<World>; readonly asset?: Asset },
): Scenario {
  const web = { [WWW]: changes.www ?? site(), [APEX]: changes.apex ?? site(), ...changes.world?.web };
  const world = { zones: [{ name: "kommune.dk", records: ZONE }], ...changes.world, web };
  return inWorld(world, said, changes.asset);
}

/** What is said where all is well. */
export const GOOD = ["K11_HEADER_ON_ALL", "K11_ENTRY_HOLDS"] as const;

export const passes = (name: string, ...more: string[]): Said => ({ name, tags: [...GOOD, ...more], verdict: "pass" });
export const fails = (name: string, ...tags: string[]): Said => ({ name, tags, verdict: "fail" });
export const leavesOpen = (name: string, cause: NonNullable<Scenario["cause"]>, ...tags: string[]): Said => ({
  name,
  tags,
  verdict: "indeterminate",
  cause,
});
