/** What every check of K11 begins with: is there a web server at all, and is it one that HSTS is for. */
import type { Cause } from "../../core/cause.ts";
import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { JudgeContext } from "../../core/requirement.ts";
import { undecided } from "../../core/unobserved.ts";
import { parseWebUrl } from "../../parsers/location.ts";
import { bothOrigins, lacksOrigin, webPlaceOf } from "../../web/asset-origins.ts";
import type { VisitedHost } from "../../web/hsts-answers.ts";
import type { WebVisit } from "../../web/observations.ts";
import { webTarget } from "../../web/target-text.ts";
import type { messages } from "./messages.ts";

export type Make = FindingMaker<typeof messages>;

/** Why something is open, for `undecided`. */
export interface Doubt {
  readonly cause: Cause;
  readonly detail: string;
}

export function openAt(visit: VisitedHost, doubt: Doubt): Finding {
  return undecided("K11", webTarget(visit), doubt);
}

/** Whether it is a web site to judge: of names, and with a port that is not refused. */
export function isSite(visit: WebVisit): visit is VisitedHost {
  return visit.state === "visited" && !isLiteral(visit.host) && !isDeserted(visit);
}

const NOT_WHOLE: Doubt = { cause: "internal", detail: "the visit lacks a port that was to be looked at" };

/** What is said of a visit that is not whole; null for one that is. */
export function lostOrigin(visit: WebVisit, { asset }: JudgeContext): Finding | null {
  if (visit.state !== "visited") return null;
  const wanted = visit.role === "own" ? (webPlaceOf(asset)?.origins ?? []) : bothOrigins("/");
  return lacksOrigin(visit.origins, wanted) ? openAt(visit, NOT_WHOLE) : null;
}

/** What is said of an asset's own visit where there is no site to judge; both clauses say the same. */
export function withoutSite(visit: WebVisit, { asset }: JudgeContext, finding: Make): readonly Finding[] {
  if (visit.state === "nothing-to-visit") {
    if (visit.why === "no-address") return [finding("K11_NO_ADDRESS", { host: asset.name })];
    return [undecided("K11", asset.name, { cause: "internal", detail: `unexpected: ${visit.why}` })];
  }
  const target = webTarget(visit);
  if (visit.state === "not-here") {
    const { family } = visit;
    return [
      visit.why === "silent"
        ? finding("K11_IPV6_SILENT", { target })
        : finding("K11_ADDRESS_NOT_SEEN", { target, family }),
    ];
  }
  if (isLiteral(visit.host)) return [finding("K11_IP_LITERAL", { host: visit.host })];
  return [finding("K11_NO_WEB_SERVER", { target })];
}

/** RFC 6797 section 8.1.1: an address is no HSTS host. */
function isLiteral(host: string): boolean {
  const url = parseWebUrl(`https://${host.includes(":") ? `[${host}]` : host}/`);
  return url.ok && url.value.isAddress;
}

/** Nobody listens: each port said so. */
function isDeserted({ origins }: VisitedHost): boolean {
  return origins.length > 0 && origins.every(({ state }) => state === "closed");
}
