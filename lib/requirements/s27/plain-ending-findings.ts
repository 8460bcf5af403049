import type { Json } from "../../core/json.ts";
import type { Finding, FindingMaker } from "../../core/finding.ts";
import { undecided } from "../../core/unobserved.ts";
import { MOST_PLAIN_REDIRECTS, type PlainEnding } from "../../web/plain-http.ts";
import type { plainMessages } from "./plain-messages.ts";
import { type EndedWalk, shownUrl, siteOfUrl } from "./plain-view.ts";

type Make = FindingMaker<typeof plainMessages>;

/** Whether the walk proves, by itself, that HTTP cannot be used there. */
export function isSound({ kind }: PlainEnding): boolean {
  return kind === "https" || kind === "error";
}

/** Whether something can be used in clear there. */
export function isUsable({ kind }: PlainEnding): boolean {
  return kind === "content" || kind === "login";
}

/** Whether visitors get an answer in clear, and no HTTPS after it. */
export function staysInClear({ kind }: PlainEnding): boolean {
  return kind === "error" || kind === "error-page" || kind === "astray" || kind === "closed";
}

/** Whether visitors are led on in clear, to where others decide what they get. */
export function isLedInClear({ kind }: PlainEnding): boolean {
  return kind === "stranger" || kind === "long" || kind === "downgrade";
}

/**
 * What one walk over plain HTTP gives beside a pass. `hasRedirects`: another walk of the same site led to HTTPS.
 */
export function endingFindings(walk: EndedWalk, hasRedirects: boolean, make: Make): readonly Finding[] {
  const { ending, site, host, address } = walk;
  const at = { page: shownUrl(ending.page), site, address };
  switch (ending.kind) {
    case "https":
      return detours(ending, { ...at, host }, make);
    case "error":
      return [make("S27_PLAIN_ERRORS", { ...at, status: ending.status, octets: ending.octets })];
    case "error-page":
      return [make("S27_PLAIN_ERROR_PAGE", { ...at, status: ending.status, octets: ending.octets })];
    case "content":
      return [contentFinding(ending, at, hasRedirects, make)];
    case "login":
      return [make("S27_PLAIN_LOGIN", { ...at, status: ending.status })];
    case "blocked":
      return [make("S27_PLAIN_BLOCKED", { ...at, status: ending.status })];
    case "astray":
      return [make("S27_PLAIN_ASTRAY", { ...at, status: ending.status, problem: `astray: ${ending.why}` })];
    case "stranger":
      return [make("S27_PLAIN_THIRD_PARTY", { ...at, target: ending.target })];
    case "long":
      return [make("S27_PLAIN_DETOUR", { ...at, limit: MOST_PLAIN_REDIRECTS })];
    case "untrusted":
    case "no-tls":
      return [make("S27_PLAIN_TARGET_INSECURE", { ...at, target: siteOfUrl(ending.target), code: ending.code })];
    case "closed":
      return [
        make("S27_PLAIN_TARGET_CLOSED", { ...at, target: siteOfUrl(ending.target), problem: `target: ${ending.why}` }),
      ];
    case "downgrade":
      return [make("S27_PLAIN_DOWNGRADE", { ...at, target: siteOfUrl(ending.target) })];
    case "unobserved":
      return [undecided("S27", `${shownUrl(ending.page)} (${address})`, ending)];
  }
}

type At = Readonly<Record<"page" | "site" | "address", string>>;

function contentFinding(
  { status, octets, refresh }: Extract<PlainEnding, { readonly kind: "content" }>,
  at: At,
  hasRedirects: boolean,
  make: Make,
): Finding {
  const seen: At & Readonly<Record<"status" | "octets", number>> & Readonly<Record<string, Json>> = {
    ...at,
    status,
    octets,
  };
  if (refresh) return make("S27_PLAIN_REFRESH", seen);
  return make(hasRedirects ? "S27_PLAIN_PATHS" : "S27_PLAIN_CONTENT", seen);
}

/** What is still to be said of a walk that reached HTTPS in safety. */
function detours(
  { redirects, sameHost, target }: Extract<PlainEnding, { readonly kind: "https" }>,
  at: At & { readonly host: string },
  make: Make,
): readonly Finding[] {
  if (redirects > 1) return [make("S27_PLAIN_HOPS", { ...at, count: redirects })];
  return sameHost ? [] : [make("S27_PLAIN_OTHER_HOST", { ...at, target: siteOfUrl(target) })];
}
