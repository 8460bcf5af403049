/** Where a host's visitors end from each port where they may begin, from one recorded visit. */
import { parseWebUrl } from "../parsers/location.ts";
import { HTTP_PORT, HTTPS_PORT, type OriginStart } from "./asset-origins.ts";
import type { Hop } from "./hop.ts";
import type { OriginVisit, WebVisit } from "./observations.ts";
import { type Ending, endingOf } from "./redirects.ts";

/** One beginning, and where it ends. */
export interface NameVisit {
  /** As a person writes it, such as `https://www.example.com`: without a path, and with a port only where it is not the usual one. */
  readonly start: string;
  readonly ending: Ending;
}

type Visited = Extract<WebVisit, { readonly state: "visited" }>;
type Place = Pick<OriginStart, "scheme" | "port">;

/**
 * The endings of every origin in `wanted`, and of no other. One that the visit lacks, that has no walk from `/` though it is open, or
 * whose walk begins elsewhere than at this origin is unobserved (`internal`): it proves nothing.
 */
export function originEndings(
  { host, origins }: Pick<Visited, "host" | "origins">,
  wanted: readonly Place[],
): readonly NameVisit[] {
  return wanted.flatMap((place) => {
    const start = startText(host, place);
    const found = origins.filter(({ scheme, port }) => scheme === place.scheme && port === place.port);
    const endings = found.flatMap((origin) => endingsOf(origin, host));
    return (endings.length > 0 ? endings : [lost(host)]).map((ending) => ({ start, ending }));
  });
}

function endingsOf(origin: OriginVisit, host: string): readonly Ending[] {
  if (origin.state === "closed") return [{ at: 0, host, kind: "refused" }];
  if (origin.state === "silent") return [{ at: 0, host, kind: "unobserved", cause: "tcp-timeout" }];
  const fronts = origin.walks.filter(({ purpose }) => purpose === "front");
  return fronts.map(({ hops }) => (beginsAt(hops[0], origin, host) ? endingOf(hops) : lost(host)));
}

function beginsAt(hop: Hop | undefined, { scheme, port }: Place, host: string): boolean {
  const url = hop === undefined ? null : parseWebUrl(hop.url);
  return url?.ok === true && url.value.host === host && url.value.scheme === scheme && url.value.port === port;
}

function lost(host: string): Ending {
  return { at: 0, host, kind: "unobserved", cause: "internal" };
}

function startText(host: string, { scheme, port }: Place): string {
  const shown = host.includes(":") ? `[${host}]` : host;
  const isUsual = port === (scheme === "http" ? HTTP_PORT : HTTPS_PORT);
  return `${scheme}://${shown}${isUsual ? "" : `:${String(port)}`}`;
}
