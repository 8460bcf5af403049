/** What stands where a redirect to HTTPS leads, and whether anything after it goes back to HTTP. */
import type { Cause } from "../core/cause.ts";
import type { Unobserved } from "../core/observation.ts";
import { parseWebUrl } from "../parsers/location.ts";
import type { Hop } from "./hop.ts";
import { nextHop } from "./next-hop.ts";
import { isOwnDomain } from "./plain-domain.ts";
import { MOST_REDIRECTS } from "./redirects.ts";

/**
 * See PlainEnding. `sameHost`: `target` is at the host that the walk began at. `seconds`: until the page leaves; 0 for a redirect. `code`:
 * OpenSSL's, Node's or the dialer's.
 */
export type SecuredEnding =
  | { readonly kind: "https"; readonly target: string; readonly sameHost: boolean; readonly redirects: number }
  | { readonly kind: "untrusted" | "no-tls"; readonly target: string; readonly code: string }
  | { readonly kind: "closed"; readonly target: string; readonly why: "refused" | "no-address" }
  | { readonly kind: "downgrade"; readonly target: string; readonly seconds: number }
  | { readonly kind: "unobserved"; readonly cause: Cause; readonly detail: string };

type Ended = { readonly page: string } & SecuredEnding;

/**
 * The server wants a certificate of the visitor: no fault of its own. RFC 8446 section 6.2, alert 116; before TLS 1.3 servers say alert 42,
 * which of a server can be about nothing but the visitor's.
 */
const WANTS_OUR_CERTIFICATE = /CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE/u;

/** Whether no handshake comes about for whoever asks. `code`: of a hop that gave no answer. */
export function isWithoutTls(cause: Cause, code: string | null): boolean {
  return cause === "tls-failed" && !WANTS_OUR_CERTIFICATE.test(code ?? "");
}

export interface Beginning {
  /** The host that the walk began at. */
  readonly own: string;
  /** It is no front page: such pages may link out, and leave in time. Only a way back to the own domain, and at once, counts. */
  readonly mayLeave: boolean;
}

/** `first`: the first hop over HTTPS. Certain only to the end of what was recorded. */
export function securedEnding(hops: readonly Hop[], first: number, { own, mayLeave }: Beginning): Ended {
  const from = writtenAt(hops, Math.max(0, first - 1));
  const target = writtenAt(hops, first);
  const start = writtenAt(hops, 0);
  const proven: Ended = { page: start, kind: "https", target, sameHost: hostOf(target) === own, redirects: first };
  const seen = new Set<string>();
  for (const [at, hop] of hops.entries()) {
    if (at < first) continue;
    const step = securedStep(hop, { from, isFirst: at === first, own });
    if (typeof step === "object") {
      return mayLeave && isOutward(step, own) ? proven : settled(step, at - first, proven);
    }
    seen.add(urlOf(hop) ?? hop.url);
    // Going round in circles over HTTPS never leaves it: sites do so for visitors without cookies.
    if (seen.has(step)) return proven;
    if (urlOf(hops[at + 1]) === step) continue;
    return isRefresh(hop) ? proven : { page: hop.url, ...unfollowed(at) };
  }
  return { page: from, ...open("internal", "the walk has no hop over HTTPS") };
}

/** The HTTPS URL led to, null where the walk stays, or how it ends. */
function securedStep(
  hop: Hop,
  { from, isFirst, own }: { readonly from: string; readonly isFirst: boolean; readonly own: string },
): string | null | Ended {
  const { answer } = hop;
  const page = urlOf(hop) ?? hop.url;
  if (answer.state === "unobserved") return { page: from, ...unseen(hop, answer, isFirst, own) };
  const verification = answer.value.tls?.verification;
  if (verification === undefined) return { page: from, ...open("internal", "an answer over HTTPS came without TLS") };
  if (!verification.trusted) return { page: from, kind: "untrusted", target: page, code: verification.code };
  const next = nextHop(page, answer.value);
  if (next.kind !== "redirect" && next.kind !== "refresh") return null;
  if (!next.url.startsWith("http:")) return next.url;
  return { page, kind: "downgrade", target: next.url, seconds: next.kind === "refresh" ? next.seconds : 0 };
}

/** Once the own host has answered as it should over HTTPS, only a way back to HTTP undoes that: what follows is not in clear. */
function settled(step: Ended | null, hopsAfter: number, proven: Ended): Ended {
  if (step === null) return proven;
  const isBeyond = hopsAfter > 0 && proven.kind === "https" && proven.sameHost;
  return isBeyond && step.kind !== "downgrade" ? proven : step;
}

/** Whether it leads out of HTTPS to somebody else, or in time. */
function isOutward(step: Ended | null, own: string): boolean {
  if (step?.kind !== "downgrade") return false;
  const host = hostOf(step.target);
  return step.seconds > 0 || host === null || !isOwnDomain(host, own);
}

/** A redirect that leads to no recorded hop: our limit is behind it, or the walk is none that could be judged. */
function unfollowed(at: number): SecuredEnding {
  if (at >= MOST_REDIRECTS) return open("tool-limit", "more redirects than are followed");
  return open("internal", "the walk did not go where it was led");
}

function isRefresh({ url, answer }: Hop): boolean {
  return answer.state === "observed" && nextHop(url, answer.value).kind === "refresh";
}

/** A hop that gave no answer. Only at the first one over HTTPS is nothing but that to be had: later ones were led to in safety. */
function unseen({ url, code }: Hop, { cause, detail }: Unobserved, isFirst: boolean, own: string): SecuredEnding {
  if (code === "SPECIAL_ADDRESS")
    return open("vantage-blocked", "the target is at an address that is not on the internet");
  if (isWithoutTls(cause, code)) {
    return { kind: "no-tls", target: url, code: code ?? "UNKNOWN" };
  }
  if (isFirst && code === "NO_ADDRESS") return { kind: "closed", target: url, why: "no-address" };
  // Elsewhere a refusal may be meant for us alone.
  if (isFirst && cause === "connection-refused" && hostOf(url) === own) {
    return { kind: "closed", target: url, why: "refused" };
  }
  return open(cause, detail);
}

function open(cause: Cause, detail: string): SecuredEnding {
  return { kind: "unobserved", cause, detail };
}

function urlOf(hop: Hop | undefined): string | null {
  const url = hop === undefined ? null : parseWebUrl(hop.url);
  return url?.ok === true ? url.value.url : null;
}

function writtenAt(hops: readonly Hop[], at: number): string {
  return hops[at]?.url ?? "";
}

function hostOf(text: string): string | null {
  const url = parseWebUrl(text);
  return url.ok ? url.value.host : null;
}
