/** Every answer that a host gave in one visit, as HSTS has to read it: K11's part 1 counts all of them. */
import type { Cause } from "../core/cause.ts";
import { parseWebUrl, type WebUrl } from "../parsers/location.ts";
import type { Hop, HopAnswer } from "./hop.ts";
import { readHsts, type HstsReading } from "./hsts-policy.ts";
import type { OriginVisit, WebVisit } from "./observations.ts";

export type VisitedHost = Extract<WebVisit, { readonly state: "visited" }>;

/** An answer of the visited host. `label`: path, status and version for people, such as "/robots.txt [404, HTTP/1.1]". */
export interface HostAnswer {
  readonly url: WebUrl;
  readonly label: string;
  readonly answer: HopAnswer;
  readonly reading: HstsReading;
}

/** An HTTPS answer of the host that was to come, and of which nothing is known. */
export interface UnseenAnswer {
  readonly label: string;
  readonly cause: Cause;
  readonly detail: string;
}

export interface HostAnswers {
  readonly secure: readonly HostAnswer[];
  readonly plain: readonly HostAnswer[];
  readonly unseen: readonly UnseenAnswer[];
}

/** Characters of a path that people are shown; the URL standard has escaped what is not printable. */
const SHOWN_PATH = 40;

/**
 * The answers of the host itself at the address, wherever in a walk they came, each once. Hops of other hosts, and of the host at
 * another address, belong to those visits. A redirect to a port that refuses is no answer that lacks anything.
 */
export function hostAnswers(visit: VisitedHost): HostAnswers {
  const { origins } = visit;
  const own = origins
    .flatMap(({ walks }) => walks.flatMap(({ hops }) => hops))
    .flatMap((hop) => {
      const url = ownUrl(visit, hop);
      return url === null ? [] : [{ hop, url }];
    });
  const seen = onceEach(own.flatMap(({ hop, url }) => answered(hop, url)));
  return {
    secure: seen.filter(({ url }) => url.scheme === "https"),
    plain: seen.filter(({ url }) => url.scheme === "http"),
    unseen: own.flatMap(({ hop, url }) => missing(hop, url, origins)),
  };
}

/** The first answer of the front page's walk over the scheme, before anything is followed; null where there is none. */
export function frontHop(
  { origins }: VisitedHost,
  scheme: "http" | "https",
  wanted: "front" | "front-h2" = "front",
): Hop | null {
  const walks = origins.filter((origin) => origin.scheme === scheme).flatMap((origin) => origin.walks);
  return walks.find(({ purpose }) => purpose === wanted)?.hops[0] ?? null;
}

/** Whether the server speaks TLS, and no HTTP/2: that is an answer, and there is none over HTTP/2 to lack anything. */
export function isWithoutHttp2({ answer, code }: Hop): boolean {
  return answer.state === "unobserved" && code === NO_HTTP2;
}

/** The hop's answer as the host's own; null where it is not the host's, or was not heard. */
export function answerAt(visit: VisitedHost, hop: Hop): HostAnswer | null {
  const url = ownUrl(visit, hop);
  return url === null ? null : (answered(hop, url)[0] ?? null);
}

/** What the scheme's port of the asset did; null where the asset has none. */
export function originOf({ origins }: VisitedHost, scheme: "http" | "https"): OriginVisit | null {
  return origins.find((origin) => origin.scheme === scheme) ?? null;
}

/** A hop without an address got nowhere: it might have led here. */
function ownUrl({ host, address }: VisitedHost, hop: Hop): WebUrl | null {
  const url = parseWebUrl(hop.url);
  const isHere = hop.address === null || hop.address === address;
  return url.ok && isHere && url.value.host === host ? url.value : null;
}

function answered(hop: Hop, url: WebUrl): readonly HostAnswer[] {
  if (hop.answer.state === "unobserved") return [];
  const answer = hop.answer.value;
  const label = `${pathOf(url)} [${String(answer.status)}, HTTP/${answer.httpVersion}]`;
  return [{ url, label, answer, reading: readHsts({ url: hop.url, fields: answer.fields, tls: answer.tls }) }];
}

/** The same page is met by several walks; only what differs counts anew. */
function onceEach(answers: readonly HostAnswer[]): readonly HostAnswer[] {
  const keyOf = ({ url, label, reading, answer: { tls, body } }: HostAnswer): string =>
    JSON.stringify([url.url, label, reading, tls?.verification ?? null, body.cut, body.references?.plain ?? null]);
  return [...new Map(answers.map((each) => [keyOf(each), each])).values()];
}

/** A code of ours. */
const NO_HTTP2 = "NO_HTTP2";

function missing(hop: Hop, url: WebUrl, origins: readonly OriginVisit[]): readonly UnseenAnswer[] {
  const { answer } = hop;
  if (answer.state === "observed" || url.scheme !== "https" || isWithoutHttp2(hop)) return [];
  const isClosed = origins.some(
    ({ scheme, port, state }) => scheme === "https" && port === url.port && state === "closed",
  );
  return isClosed ? [] : [{ label: pathOf(url), cause: answer.cause, detail: answer.detail }];
}

function pathOf({ url }: WebUrl): string {
  const { pathname, search } = new URL(url);
  const path = pathname + search;
  return path.length > SHOWN_PATH ? `${path.slice(0, SHOWN_PATH - 1)}…` : path;
}
