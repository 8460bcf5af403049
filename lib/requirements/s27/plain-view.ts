import { parseWebUrl } from "../../parsers/location.ts";
import { HTTP_PORT, HTTPS_PORT } from "../../web/asset-origins.ts";
import { isOwnDomain } from "../../web/plain-domain.ts";
import type { PlainEnding } from "../../web/plain-http.ts";
import { securedEnding } from "../../web/plain-target.ts";
import type { OriginVisit, WalkPurpose, WebVisit } from "../../web/observations.ts";

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

/** Whether every port said that it is closed. Silence says nothing, and a visit without ports is none that a probe hands out. */
export function isAllClosed({ origins }: VisitedHost): boolean {
  return origins.length > 0 && origins.every(({ state }) => state === "closed");
}

/**
 * Of the walks that begin over HTTPS those that lead out of it; whatever else becomes of them is no matter of HTTP. A page other
 * than the front one may lead to others on purpose: there only a way back to the own hosts, and at once, counts.
 */
export function downgradesOf(visit: VisitedHost): readonly EndedWalk[] {
  const { host, address } = visit;
  return originsOf(visit, "https")
    .flatMap((origin) =>
      origin.walks.map(({ purpose, hops }) => ({
        purpose,
        ending: securedEnding(hops, 0, host),
        site: siteOf(host, origin),
        host,
        address,
      })),
    )
    .filter(({ purpose, ending }) => isDowngrade(ending, FRONT.has(purpose) ? null : host));
}

/** The front page, however it was asked for. */
const FRONT: ReadonlySet<WalkPurpose> = new Set(["front", "front-h2"]);

/** `within`: the host whose owner's hosts alone count; null where any does. */
function isDowngrade(ending: PlainEnding, within: string | null): boolean {
  if (ending.kind !== "downgrade") return false;
  if (within === null) return true;
  const target = parseWebUrl(ending.target);
  return ending.seconds === 0 && target.ok && isOwnDomain(target.value.host, within);
}
