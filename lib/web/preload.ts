/**
 * What hstspreload.org demands of a domain before it may be put on browsers' lists: facts for advice. The site itself no longer
 * recommends preloading (its repository as of 2026-03-23), and nothing here makes it a requirement.
 */
import type { HstsField } from "../parsers/hsts.ts";
import { parseWebUrl, type WebUrl } from "../parsers/location.ts";
import type { Hop } from "./hop.ts";
import { readHsts } from "./hsts-policy.ts";
import { nextHop } from "./next-hop.ts";

/** Seconds. Entries of before 11 October 2017 may keep 10,886,400. */
export const PRELOAD_MAX_AGE = 31_536_000;

/** Redirects that the site follows from each starting point. */
export const PRELOAD_MOST_REDIRECTS = 3;

/**
 * `registrable`: only a name directly below a public suffix is taken. `header`: the base domain's own HTTPS answer has no valid
 * one. `http-content`: port 80 answers without a redirect. `http-elsewhere`: its first redirect leads to another place than HTTPS
 * on the same host. `insecure-hop`: a redirect back to HTTP. `redirect-header`: the HTTPS answer of the base domain after port
 * 80's redirect has no valid header. `www`: it exists in DNS, but not over HTTPS.
 */
export type PreloadGap =
  | "registrable"
  | "https"
  | "certificate"
  | "header"
  | "max-age"
  | "include-sub-domains"
  | "preload"
  | "http-content"
  | "http-elsewhere"
  | "insecure-hop"
  | "redirect-header"
  | "too-many-redirects"
  | "www";

export interface PreloadWalks {
  /** Without a final dot, lower case. */
  readonly domain: string;
  /** Whether it stands directly below a public suffix. */
  readonly isRegistrable: boolean;
  /** From https://<domain>/ and http://<domain>/. */
  readonly https: readonly Hop[];
  readonly http: readonly Hop[];
  /** From https://www.<domain>/; null where DNS has no such name. */
  readonly www: readonly Hop[] | null;
}

export interface PreloadReadiness {
  /** What was seen to be missing, in the order above. */
  readonly missing: readonly PreloadGap[];
  /** Starting points that gave no answer to judge. The domain is ready only when both lists are empty. */
  readonly unseen: readonly ("https" | "http" | "www")[];
}

export function preloadReadiness({ domain, isRegistrable, https, http, www }: PreloadWalks): PreloadReadiness {
  const missing = [
    ...(isRegistrable ? [] : (["registrable"] as const)),
    ...httpsGaps(domain, https),
    ...httpGaps(domain, http),
    ...([https, http].some((hops) => redirectsOf(hops) > PRELOAD_MOST_REDIRECTS)
      ? (["too-many-redirects"] as const)
      : []),
    ...(www !== null && isClosed(www[0]) ? (["www"] as const) : []),
    ...(www !== null && isDistrusted(www[0]) ? (["www"] as const) : []),
  ];
  const unseen = [
    ...(isUnseen(https[0]) ? (["https"] as const) : []),
    ...(isUnseen(http[0]) ? (["http"] as const) : []),
    ...(www !== null && isUnseen(www[0]) ? (["www"] as const) : []),
  ];
  return { missing: [...new Set(missing)], unseen };
}

function httpsGaps(domain: string, hops: readonly Hop[]): readonly PreloadGap[] {
  const [first] = hops;
  if (isClosed(first)) return ["https"];
  if (first?.answer.state !== "observed") return [];
  const reading = readHsts({ url: `https://${domain}/`, ...first.answer.value });
  return [
    ...(isDistrusted(first) ? (["certificate"] as const) : []),
    ...(reading.written === null ? (["header"] as const) : fieldGaps(reading.written)),
    ...(hasInsecureHop(hops) ? (["insecure-hop"] as const) : []),
  ];
}

function fieldGaps(field: HstsField): readonly PreloadGap[] {
  return [
    ...(field.maxAge < PRELOAD_MAX_AGE ? (["max-age"] as const) : []),
    ...(field.includeSubDomains ? [] : (["include-sub-domains"] as const)),
    ...(field.preload ? [] : (["preload"] as const)),
  ];
}

/** Port 80 may be closed; what answers there has to lead to HTTPS on the same host first. */
function httpGaps(domain: string, hops: readonly Hop[]): readonly PreloadGap[] {
  const [first, second] = hops;
  if (first?.answer.state !== "observed") return [];
  const next = nextHop(first.url, first.answer.value);
  if (next.kind !== "redirect") return ["http-content"];
  const target = parseWebUrl(next.url);
  if (!target.ok || target.value.scheme !== "https" || target.value.host !== domain) return ["http-elsewhere"];
  const insecure = hasInsecureHop(hops.slice(1)) ? (["insecure-hop"] as const) : [];
  if (second?.answer.state !== "observed") return insecure;
  const { policy } = readHsts({ url: second.url, ...second.answer.value });
  return policy.state === "noted" ? insecure : ["redirect-header", ...insecure];
}

function hasInsecureHop(hops: readonly Hop[]): boolean {
  return hops.flatMap((hop) => urlOf(hop) ?? []).some(({ scheme }) => scheme === "http");
}

/** The last answer's own redirect counts although nobody followed it. */
function redirectsOf(hops: readonly Hop[]): number {
  return hops.filter(({ url, answer }) => answer.state === "observed" && nextHop(url, answer.value).kind === "redirect")
    .length;
}

function isDistrusted(hop: Hop | undefined): boolean {
  return hop?.answer.state === "observed" && hop.answer.value.tls?.verification.trusted === false;
}

/** Heard: nobody listens, or what listens speaks no TLS with us. */
function isClosed(hop: Hop | undefined): boolean {
  const answer = hop?.answer;
  return answer?.state === "unobserved" && (answer.cause === "connection-refused" || answer.cause === "tls-failed");
}

/** No hop at all is no look at all; a refusal is an answer, here and on port 80. */
function isUnseen(hop: Hop | undefined): boolean {
  return hop === undefined || (hop.answer.state === "unobserved" && !isClosed(hop));
}

function urlOf({ url }: Hop): WebUrl | null {
  const read = parseWebUrl(url);
  return read.ok ? read.value : null;
}
