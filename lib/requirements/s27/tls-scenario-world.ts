import type { Asset, HostAsset, ServiceAsset, UrlAsset } from "../../core/asset.ts";
import { observed } from "../../core/observation.ts";
import type { Rehearsal, Scenario, World } from "../../core/scenario.ts";
import { openOrigin, shutOrigin, visited, walk } from "../../web/written-visit.ts";
import { name } from "../../wire/name.ts";
import { endpoint, type Server } from "./tls-scenario-endpoint.ts";

export const IPV4 = "192.0.2.10";
export const IPV6 = "2001:db8::10";
const HOST = "www.kommune.dk";

/** The asset of most scenarios. */
export const site: HostAsset = { kind: "host", id: `host:${HOST}`, name: HOST, host: name(HOST) };

/** A web page whose URL names an address. */
export const literal: UrlAsset = {
  kind: "url",
  id: `url:https://${IPV4}/`,
  name: `https://${IPV4}/`,
  host: null,
  url: `https://${IPV4}/`,
};

export function service(scheme: string, port: number): ServiceAsset {
  const url = `${scheme}://${HOST}:${String(port)}`;
  return { kind: "service", id: `service:${url}`, name: url, host: name(HOST), url };
}

/** What is said of a good web host besides its TLS, and of services whose TLS is what there is to look at. */
const BESIDES = ["S27_PLAIN_REDIRECTS", "S27_ACCESS_ENCRYPTED"];

/** A host whose pages over HTTP lead to HTTPS at once. */
export const goodWeb: NonNullable<World["web"]>[string] = (where) => {
  const plain = `http://${where.host}`;
  const secure = `https://${where.host}`;
  const origins = [
    openOrigin("http", [
      walk("front", { url: `${plain}/`, location: `${secure}/` }, { url: `${secure}/` }),
      walk("missing", { url: `${plain}/x`, location: `${secure}/x` }, { url: `${secure}/x`, status: 404 }),
    ]),
    openOrigin("https", [walk("front", { url: `${secure}/` })]),
  ];
  return visited(where, origins);
};

/** A host at which nobody listens. */
export const shutWeb: NonNullable<World["web"]>[string] = (where) =>
  visited(where, [shutOrigin("http", "closed"), shutOrigin("https", "closed")]);

const tlsService: NonNullable<World["services"]>[string] = (where) => {
  return observed({ ...where, state: "visited", speech: { kind: "tls" }, undecided: null });
};

export type Said = Pick<Scenario, "name" | "tags" | "verdict" | "cause">;

/** What a modern server is told about clauses (b), (c) and its certificate. */
export const B = "S27_VERSIONS_MET";
export const C = "S27_PROFILE_MET";
export const CAVEAT = "S27_PROFILE_INFERRED";
export const H = "S27_CERTIFICATE_VALID";
export const ADVICE = "S27_PROFILE_ADVICE";
export const WARNING = "S27_PROFILE_WARNING";

export const passes = (said: string, ...more: string[]): Said => {
  return { name: said, tags: [B, C, CAVEAT, H, ...more], verdict: "pass" };
};
export const fails = (said: string, ...tags: string[]): Said => ({ name: said, tags, verdict: "fail" });
export const leavesOpen = (said: string, cause: NonNullable<Scenario["cause"]>, ...tags: string[]): Said => {
  return { name: said, tags, verdict: "indeterminate", cause };
};

/** A scenario in a world of its own, with every observation that S27 needs. */
export function inWorld(world: World, said: Said, asset: Asset): Scenario {
  return {
    asset: () => asset,
    observe: (rehearsal: Rehearsal) =>
      rehearsal.observeIn(world, asset, ["web.visit", "service.visit", "tls.endpoint"]),
    ...said,
  };
}

const ZONES = (records: readonly string[]) => [{ name: "kommune.dk", records }];

/** www.kommune.dk at one address, good at all but what its TLS server is. */
export function at(server: Server, said: Said): Scenario {
  return atBoth({ [IPV4]: server }, said);
}

/** The same at each of these addresses; others of the two are not in DNS. */
export function atBoth(servers: Readonly<Record<string, Server>>, said: Said, changes: Partial<World> = {}): Scenario {
  const addresses = Object.keys(servers);
  const records = addresses.map((address) => `www ${address.includes(":") ? "AAAA" : "A"} ${address}`);
  const web = Object.fromEntries(addresses.map((address) => [address, goodWeb]));
  const world = { zones: ZONES(records), web, tls: servers, ...changes };
  return inWorld(world, { ...said, tags: [...BESIDES, ...said.tags] }, site);
}

/** The page whose URL names an address. */
export function atLiteral(server: Server, said: Said): Scenario {
  const world = { zones: ZONES([]), web: { [IPV4]: goodWeb }, tls: { [IPV4]: server } };
  return inWorld(world, { ...said, tags: [...BESIDES, ...said.tags] }, literal);
}

/** A declared service that takes TLS from the first octet, or what `speech` makes of it. */
export function atService(
  asset: ServiceAsset,
  said: Said,
  server: Server = endpoint(),
  speech: NonNullable<World["services"]>[string] = tlsService,
): Scenario {
  const world = { zones: ZONES([`www A ${IPV4}`]), services: { [IPV4]: speech }, tls: { [IPV4]: server } };
  return inWorld(world, said, asset);
}
