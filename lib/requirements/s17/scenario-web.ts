import type { Asset, DomainAsset, HostAsset, UrlAsset } from "../../core/asset.ts";
import type { Rehearsal, Scenario, World } from "../../core/scenario.ts";
import type { HostRole, OriginVisit, WebAddress } from "../../web/observations.ts";
import { openOrigin, shutOrigin, type UnseenHop, visited, walk, type WrittenHop } from "../../web/written-visit.ts";
import { name } from "../../wire/name.ts";

/** The domain of most scenarios, its address, and where its visitors are to end. */
export const SITE = "visit-kommune.com";
export const IPV4 = "192.0.2.80";
export const IPV6 = "2001:db8::80";
export const HTTP = `http://${SITE}/`;
export const HTTPS = `https://${SITE}/`;
export const GOAL = "https://www.kommune.dk/";

/** Null MX, and one address: what most scenarios have. */
export const ADDRESS = ["@ MX 0 .", `@ A ${IPV4}`] as const;

export function domain(text: string): DomainAsset {
  return { kind: "domain", id: `domain:${text}`, name: text, domain: name(text) };
}

export function host(text: string): HostAsset {
  return { kind: "host", id: `host:${text}`, name: text, host: name(text) };
}

/** `hostName` null: the URL names an address. */
export function url(text: string, hostName: string | null): UrlAsset {
  return { kind: "url", id: `url:${text}`, name: text, url: text, host: hostName === null ? null : name(hostName) };
}

type Server = (where: WebAddress & { readonly role: HostRole }) => ReturnType<typeof visited>;
type Port = readonly (WrittenHop | UnseenHop)[] | "closed" | "silent";

/** What stands behind both ports: the hops walked from it, or that it is shut. */
export function server(http: Port, https: Port): Server {
  const origins = [originOf("http", http), originOf("https", https)];
  return (where) => visited(where, origins);
}

function originOf(scheme: "http" | "https", port: Port): OriginVisit {
  return typeof port === "string" ? shutOrigin(scheme, port) : openOrigin(scheme, [walk("front", ...port)]);
}

/** A walk by permanent redirects from the first URL to the last, which shows a page. */
export function led(...urls: readonly string[]): readonly WrittenHop[] {
  return urls.map((each, index) => {
    const location = urls[index + 1];
    return location === undefined ? { url: each } : { url: each, location };
  });
}

/** A server that leads both its ports to .dk. */
export const GOOD = server(led(HTTP, GOAL), led(HTTPS, GOAL));

type Said = Pick<Scenario, "name" | "tags" | "verdict" | "cause">;

/** A scenario of an asset in a world of its own. */
export function inWorld(asset: Asset, world: World, said: Said): Scenario {
  return {
    asset: () => asset,
    observe: (rehearsal: Rehearsal) => rehearsal.observeIn(world, asset, ["web.names", "web.redirects"]),
    ...said,
  };
}

/** The domain outside .dk with null MX and one address, where `web` answers. */
export function atSite(web: Server, said: Said): Scenario {
  return inWorld(domain(SITE), { zones: [{ name: SITE, records: ADDRESS }], web: { [IPV4]: web } }, said);
}

/** The same, over HTTP alone: nobody listens at 443. */
export function overHttp(hops: readonly (WrittenHop | UnseenHop)[], said: Said): Scenario {
  return atSite(server(hops, "closed"), said);
}

export const passes = (title: string, ...more: string[]): Said => ({
  name: title,
  tags: ["S17_NO_MAIL", "S17_REDIRECTED", ...more],
  verdict: "pass",
});
export const fails = (title: string, ...tags: string[]): Said => ({
  name: title,
  tags: ["S17_NO_MAIL", ...tags],
  verdict: "fail",
});
export const leavesOpen = (title: string, cause: NonNullable<Scenario["cause"]>, ...tags: string[]): Said => ({
  name: title,
  tags: ["S17_NO_MAIL", ...tags],
  verdict: "indeterminate",
  cause,
});
export const isOutOfScope = (title: string, ...tags: string[]): Said => ({
  name: title,
  tags,
  verdict: "not-applicable",
});
