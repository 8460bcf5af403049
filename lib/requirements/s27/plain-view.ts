import type { Asset } from "../../core/asset.ts";
import { parseWebUrl } from "../../parsers/location.ts";
import { HTTP_PORT, HTTPS_PORT, lacksOrigin, webPlaceOf } from "../../web/asset-origins.ts";
import { plainEnding, type PlainEnding } from "../../web/plain-http.ts";
import { securedEnding } from "../../web/plain-target.ts";
import type { OriginVisit, Walk, WalkPurpose, WebVisit } from "../../web/observations.ts";

/** How the walk ended, and what it is to be called: the site and the address that it began at. */
export interface EndedWalk {
  readonly ending: PlainEnding;
  readonly site: string;
  /** The site without a port. */
  readonly host: string;
  readonly address: string;
}

export type VisitedHost = Extract<WebVisit, { readonly state: "visited" }>;

/** Characters of a URL in a sentence. */
const LONGEST_SHOWN = 56;

/** A URL for a sentence: whole, or its beginning. WHATWG's form is printable ASCII. */
export function shownUrl(url: string): string {
  return url.length <= LONGEST_SHOWN ? url : `${url.slice(0, LONGEST_SHOWN - 1)}…`;
}

/** A host as people write it, with its port unless that is the scheme's own. */
export function siteOf(host: string, { scheme, port }: Pick<OriginVisit, "scheme" | "port">): string {
  const shown = host.includes(":") ? `[${host}]` : host;
  return port === (scheme === "http" ? HTTP_PORT : HTTPS_PORT) ? shown : `${shown}:${String(port)}`;
}

/** The same of a URL. */
export function siteOfUrl(url: string): string {
  const parsed = parseWebUrl(url);
  return parsed.ok ? siteOf(parsed.value.host, parsed.value) : shownUrl(url);
}

export function originsOf(visit: VisitedHost, scheme: OriginVisit["scheme"]): readonly OriginVisit[] {
  return visit.origins.filter((origin) => origin.scheme === scheme);
}

/** Whether the visit lacks a port of the asset's: nothing that is said of the others can be the whole. */
export function isNotWhole({ origins }: VisitedHost, asset: Asset): boolean {
  return lacksOrigin(origins, webPlaceOf(asset)?.origins ?? []);
}

/** Said of such a visit, for `undecided`. */
export const NOT_WHOLE = { cause: "internal", detail: "the visit lacks a port that was to be looked at" } as const;

/** Whether every port said that it is closed. Silence says nothing, and a visit without ports is none that a probe hands out. */
export function isAllClosed({ origins }: VisitedHost): boolean {
  return origins.length > 0 && origins.every(({ state }) => state === "closed");
}

/** How a walk of the visit over plain HTTP ends. */
export function endingOver({ purpose, hops }: Walk, { ownHosts = [] }: VisitedHost): PlainEnding {
  return plainEnding(hops, { mayLeave: !FRONT.has(purpose), ownHosts });
}

/** Of the walks that begin over HTTPS those that lead out of it; whatever else becomes of them is no matter of HTTP. */
export function downgradesOf(visit: VisitedHost): readonly EndedWalk[] {
  const { host, address } = visit;
  return originsOf(visit, "https")
    .flatMap((origin) =>
      origin.walks.map(({ purpose, hops }) => ({
        ending: securedEnding(hops, 0, { own: host, mayLeave: !FRONT.has(purpose) }),
        site: siteOf(host, origin),
        host,
        address,
      })),
    )
    .filter(({ ending }) => ending.kind === "downgrade");
}

/** The front page, however it was asked for. */
const FRONT: ReadonlySet<WalkPurpose> = new Set(["front", "front-h2"]);
