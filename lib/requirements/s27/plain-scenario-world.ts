import type { Asset, HostAsset, UrlAsset } from "../../core/asset.ts";
import type { Rehearsal, Scenario, World } from "../../core/scenario.ts";
import type { OriginVisit, Walk } from "../../web/observations.ts";
import { type UnseenHop, visited, walk, type WrittenHop } from "../../web/written-visit.ts";
import { name } from "../../wire/name.ts";
import { openOrigin } from "../../web/written-visit.ts";
import { endpoint, type Server } from "./tls-scenario-endpoint.ts";

/** Where the host of every scenario is. */
export const IPV4 = "192.0.2.80";
export const IPV6 = "2001:db8::80";
export const HOST = "www.kommune.dk";

export const host: HostAsset = { kind: "host", id: `host:${HOST}`, name: HOST, host: name(HOST) };

export function urlAsset(url: string): UrlAsset {
  return { kind: "url", id: `url:${url}`, name: url, host: name(HOST), url };
}

/** What S27 says of TLS where there is nothing to object to, and where there is no TLS. */
export const GOOD_TLS = [
  "S27_VERSIONS_MET",
  "S27_PROFILE_MET",
  "S27_PROFILE_INFERRED",
  "S27_CERTIFICATE_VALID",
] as const;
export const NO_TLS = ["S27_TLS_NOT_JUDGED"] as const;

export type Written = WrittenHop | UnseenHop;

/** Paths that stand for the front page, a page that it links to, and one that nobody has made. */
const PATHS = { front: "/", deep: "/borger", missing: "/findes-ikke" } as const;
export type Page = keyof typeof PATHS;

export const plainUrl = (page: Page, at: string = HOST): string => `http://${at}${PATHS[page]}`;
export const secureUrl = (page: Page, at: string = HOST): string => `https://${at}${PATHS[page]}`;

/** A redirect straight to the same page over HTTPS, which answers. */
export function redirected(page: Page): readonly Written[] {
  return [{ url: plainUrl(page), location: secureUrl(page) }, { url: secureUrl(page) }];
}

/** HTTP at which every page redirects as it should, but for those written. */
export function http(changes: Partial<Record<Page, readonly Written[]>> = {}, port?: number): OriginVisit {
  const walks = (["front", "deep", "missing"] as const).map((page): Walk =>
    walk(page, ...(changes[page] ?? redirected(page))),
  );
  return openOrigin("http", walks, port);
}

/** HTTP at which every page gives the same. */
export function httpWith(answer: (page: Page) => readonly Written[], port?: number): OriginVisit {
  return http({ front: answer("front"), deep: answer("deep"), missing: answer("missing") }, port);
}

/** HTTPS with a front page, or with what is written. */
export function https(...hops: readonly Written[]): OriginVisit {
  return openOrigin("https", [walk("front", ...(hops.length > 0 ? hops : [{ url: secureUrl("front") }]))]);
}

export type Said = Pick<Scenario, "name" | "tags" | "verdict" | "cause">;

export const passes = (title: string, ...more: string[]): Said => ({
  name: title,
  tags: ["S27_PLAIN_REDIRECTS", "S27_ACCESS_ENCRYPTED", ...more],
  verdict: "pass",
});
export const fails = (title: string, ...tags: string[]): Said => ({ name: title, tags, verdict: "fail" });
export const leavesOpen = (title: string, cause: NonNullable<Scenario["cause"]>, ...tags: string[]): Said => ({
  name: title,
  tags,
  verdict: "indeterminate",
  cause,
});
export const needsNothing = (title: string, ...tags: string[]): Said => ({
  name: title,
  tags,
  verdict: "not-applicable",
});

/** Any world, with what S27 says of TLS there. */
export function inWorld(world: World, said: Said, asset: Asset, tls: readonly string[]): Scenario {
  return {
    asset: () => asset,
    observe: (rehearsal: Rehearsal) =>
      rehearsal.observeIn(world, asset, ["web.visit", "service.visit", "tls.endpoint"]),
    ...said,
    tags: [...said.tags, ...tls],
  };
}

/** The host with these origins at its one address, and TLS without fault unless there is none. */
export function onWeb(origins: readonly OriginVisit[], said: Said, asset: Asset = host, server?: Server): Scenario {
  return inWorld(
    {
      zones: [{ name: "kommune.dk", records: [`www A ${IPV4}`] }],
      web: { [IPV4]: (where) => visited(where, origins) },
      tls: { [IPV4]: server ?? endpoint() },
    },
    said,
    asset,
    server === undefined ? GOOD_TLS : NO_TLS,
  );
}
