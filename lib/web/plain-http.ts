/** Where a walk that begins over plain HTTP leads: S27(a)'s table, read from the recorded hops alone. */
import type { Cause } from "../core/cause.ts";
import { parseWebUrl, type WebUrl } from "../parsers/location.ts";
import { givesCookies, type Hop, type HopAnswer, type HopBody } from "./hop.ts";
import { nextHop } from "./next-hop.ts";
import { isOwnDomain } from "./plain-domain.ts";
import { securedEnding, type SecuredEnding } from "./plain-target.ts";

/** Redirects over plain HTTP within the own domain, the one to HTTPS included, that still count as automatic. */
export const MOST_PLAIN_REDIRECTS = 3;

/** Octets as they came. Error pages of servers and frameworks are shorter; what is longer may be a page that is used. */
export const MOST_ERROR_OCTETS = 4096;

/** Why a redirect leads nowhere. `status`: a 3xx that no client follows. `loop`: back to where it came from, never to HTTPS. */
export type Astray = "missing" | "several" | "unusable" | "status" | "loop";

/**
 * How a walk ends, `page` being the URL that decides; for `https` and `long` the one that it begins at. `https`: every hop in clear is the own domain's, an HTTPS answer with a trusted
 * certificate follows, and nothing after it goes back to HTTP; `redirects` counts those up to the first HTTPS hop, `target`.
 * `content`: a success over HTTP, `refresh` when the page leaves by itself. `login`: 401 over HTTP. `error`: no content.
 * `error-page`: an error with more than an ordinary page of one, or of which the whole was not read.
 * `blocked`: a status by which we may have been turned away as a visitor. `stranger`: a hop in clear at somebody else's. `long`: too
 * many hops in clear. `untrusted`, `no-tls`, `closed`: what stands at the HTTPS target. `downgrade`: from HTTPS back to HTTP.
 */
export type PlainEnding = { readonly page: string } & (
  | { readonly kind: "content"; readonly status: number; readonly octets: number; readonly refresh: boolean }
  | { readonly kind: "login" | "blocked"; readonly status: number }
  | { readonly kind: "error" | "error-page"; readonly status: number; readonly octets: number }
  | { readonly kind: "astray"; readonly status: number; readonly why: Astray }
  | { readonly kind: "stranger" | "long"; readonly target: string }
  | SecuredEnding
);

/** What firewalls and captive networks say to visitors they do not like, or to too many: no word of the site's own. */
const BLOCKING: ReadonlySet<number> = new Set([403, 407, 421, 429, 451, 503, 511]);
const UNAUTHORISED = 401;

/** What is known of a walk beside its hops. */
export interface PlainWalk {
  /** See securedEnding. */
  readonly mayLeave?: boolean;
  /** Hosts that are the municipality's, whatever their names look like. */
  readonly ownHosts?: readonly string[];
}

/** `hops` in the order walked, the first one over plain HTTP. Each hop must be where the answer before it led. */
export function plainEnding(hops: readonly Hop[], { mayLeave = false, ownHosts = [] }: PlainWalk = {}): PlainEnding {
  const start = urlOf(hops[0]);
  if (start?.scheme !== "http") return open(writtenAt(hops, 0) ?? "", "internal", "the walk does not begin over HTTP");
  const seen = new Set<string>();
  for (const [at, hop] of hops.entries()) {
    const url = urlOf(hop);
    if (url === null) return open(hop.url, "internal", "a hop has no web address");
    if (url.scheme === "https") return securedEnding(hops, at, { own: start.host, mayLeave });
    seen.add(url.url);
    const step = plainStep(hop, url, { from: writtenAt(hops, at - 1), own: start.host });
    if (typeof step === "object") return step;
    const stop = whyNotOn(step, url.url, { redirects: at + 1, start, ownHosts });
    if (stop !== null) return stop;
    if (seen.has(step)) return inCircles(hops.slice(0, at + 1), url.url);
    if (urlOf(hops[at + 1])?.url !== step) return open(url.url, "internal", "the walk did not go where it was led");
  }
  return open(start.url, "internal", "the walk ends without an ending");
}

/** Back to where the walk has been. With cookies it might have got further, and that is not seen. */
function inCircles(hops: readonly Hop[], page: string): PlainEnding {
  if (givesCookies(hops)) return open(page, "not-observable", "it goes in circles for visitors without cookies");
  const last = hops.at(-1);
  return { page, kind: "astray", status: last === undefined ? 0 : statusOf(last), why: "loop" };
}

/** What is wrong with a step of the walk wherever it leads further; null for nothing. `redirects`: this one included. */
function whyNotOn(
  step: string,
  page: string,
  {
    redirects,
    start,
    ownHosts,
  }: { readonly redirects: number; readonly start: WebUrl; readonly ownHosts: readonly string[] },
): PlainEnding | null {
  const host = hostInClear(step);
  // The name is enough: whoever stands there could read and change what passes.
  const isOwn = host === null || isOwnDomain(host, start.host) || ownHosts.includes(host);
  if (!isOwn) return { page, kind: "stranger", target: host };
  const atLeast = host === null ? redirects : redirects + 1;
  return atLeast > MOST_PLAIN_REDIRECTS ? { page: start.url, kind: "long", target: step } : null;
}

/** The URL led to, or how the walk ends at this hop. `from`: what led here; null at the first hop. */
function plainStep(
  hop: Hop,
  { url: page, host }: WebUrl,
  { from, own }: { readonly from: string | null; readonly own: string },
): string | PlainEnding {
  if (hop.answer.state === "unobserved") {
    const { cause, detail } = hop.answer;
    // DNS was heard, or the own host: whoever is led here is led nowhere.
    if (from !== null && hop.code === "NO_ADDRESS")
      return { page: from, kind: "closed", target: page, why: "no-address" };
    if (from !== null && cause === "connection-refused" && host === own)
      return { page: from, kind: "closed", target: page, why: "refused" };
    return open(page, cause, detail);
  }
  const answer = hop.answer.value;
  const next = nextHop(page, answer);
  if (next.kind === "redirect") return next.url;
  if (next.kind === "location") {
    const why = next.problem === "missing" || next.problem === "several" ? next.problem : "unusable";
    return { page, kind: "astray", status: answer.status, why };
  }
  return standing(page, answer, next.kind === "refresh");
}

/** An answer that sends nobody on: by its status, and of an error by how much comes with it. */
function standing(page: string, { status, body }: HopAnswer, refresh: boolean): PlainEnding {
  if (BLOCKING.has(status)) return { page, kind: "blocked", status };
  if (status === UNAUTHORISED) return { page, kind: "login", status };
  if (status >= 200 && status <= 299) return { page, kind: "content", status, octets: body.octets, refresh };
  if (status >= 300 && status <= 399) return { page, kind: "astray", status, why: "status" };
  if (status >= 400 && status <= 599)
    return { page, kind: isBrief(body) ? "error" : "error-page", status, octets: body.octets };
  return open(page, "protocol-error", `status ${String(status)}`);
}

/** A body that could not be unpacked came whole; one that was cut off otherwise may have been of any length. */
function isBrief({ octets, cut }: HopBody): boolean {
  return octets <= MOST_ERROR_OCTETS && (cut === null || cut === "coding");
}

function open(page: string, cause: Cause, detail: string): PlainEnding {
  return { page, kind: "unobserved", cause, detail };
}

/** The host of a URL over plain HTTP; null for one over HTTPS. */
function hostInClear(url: string): string | null {
  const parsed = parseWebUrl(url);
  return parsed.ok && parsed.value.scheme === "http" ? parsed.value.host : null;
}

function urlOf(hop: Hop | undefined): WebUrl | null {
  const url = hop === undefined ? null : parseWebUrl(hop.url);
  return url?.ok === true ? url.value : null;
}

/** Null where there is no such hop. */
function writtenAt(hops: readonly Hop[], at: number): string | null {
  return hops[at]?.url ?? null;
}

function statusOf({ answer }: Hop): number {
  return answer.state === "observed" ? answer.value.status : 0;
}
