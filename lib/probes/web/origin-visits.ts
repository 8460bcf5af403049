import { type Observed, observed, unobserved } from "../../core/observation.ts";
import type { OriginVisit, WebAddress, WebVisit } from "../../web/observations.ts";
import type { HttpTools } from "../http/get-once.ts";
import type { WebWanted } from "../probe-context.ts";
import { reachOrigin, type Reached } from "./origin-reach.ts";
import { originUrl, walkPlain, walkSecure, type OriginWanted } from "./origin-walks.ts";
import { NO_LINKS, type PageLinks } from "./page-links.ts";
import type { LaneWork } from "./walk-lane.ts";

/** For one try to connect: three of them leave time for what is to be seen when the last one succeeds. */
const REACH_SHARE = 1 / 5;

type Unknown = Extract<Reached, { readonly state: "unknown" }>;
type Seen = { readonly origin: OriginVisit } | { readonly unknown: Unknown; readonly of: OriginWanted };

/**
 * Visits all origins side by side. One that we could not try, or that broke at once, is an origin without an answer, so that it
 * hides nothing of the others. Unobserved when every port was silent, or when there is no other origin than such ones.
 */
export async function visitOrigins(
  where: WebAddress,
  wanted: WebWanted,
  tools: HttpTools,
  signal: AbortSignal,
): Promise<Observed<WebVisit>> {
  const links = Promise.withResolvers<PageLinks>();
  const secure = wanted.origins.filter(({ scheme }) => scheme === "https");
  const plain = wanted.origins.filter(({ scheme }) => scheme === "http");
  const visit = (origin: OriginWanted): Promise<Seen> =>
    visitOrigin(origin, { where, wanted, tools, signal, links: links.promise, tell: links.resolve });
  // Whatever became of HTTPS, plain HTTP waits for it no longer than it takes.
  const visitSecure = Promise.all(secure.map(visit)).finally(() => links.resolve(NO_LINKS));
  const seen = [...(await Promise.all([visitSecure, Promise.all(plain.map(visit))])).flat()];
  const [first] = seen.flatMap((each) => ("unknown" in each ? each.unknown : []));
  if (first !== undefined && seen.every((each) => "unknown" in each || each.origin.state === "silent")) {
    return unobserved(first.cause, first.detail);
  }
  const origins = seen.map((each) => ("unknown" in each ? unanswered(where, each) : each.origin));
  if (origins.every(({ state }) => state === "silent")) {
    return unobserved("tcp-timeout", `nothing came from ${where.address}, three times on each port`);
  }
  const inOrder = wanted.origins.flatMap((each) =>
    origins.filter(({ scheme, port }) => scheme === each.scheme && port === each.port).slice(0, 1),
  );
  return observed({ ...where, state: "visited", role: wanted.role, origins: inOrder });
}

/** What checks may count on being there is there, and says that nothing was heard. */
function unanswered(
  where: WebAddress,
  { unknown: { cause, detail }, of: origin }: Extract<Seen, { readonly unknown: Unknown }>,
): OriginVisit {
  const { scheme, port, path } = origin;
  const answer = unobserved(cause, detail);
  const hops = [{ url: originUrl(where, origin, path), address: where.address, answer, code: null }];
  const walks = (["front", "missing"] as const).map((purpose) => ({ purpose, hops }));
  return { scheme, port, state: "open", walks };
}

interface OriginWork {
  readonly where: WebAddress;
  readonly wanted: WebWanted;
  readonly tools: HttpTools;
  readonly signal: AbortSignal;
  readonly links: Promise<PageLinks>;
  readonly tell: (links: PageLinks) => void;
}

async function visitOrigin(origin: OriginWanted, work: OriginWork): Promise<Seen> {
  const { where, wanted, tools, signal } = work;
  const { visitMs, connectMs } = tools.limits;
  const { scheme, port } = origin;
  const startedAt = performance.now();
  const timeoutMs = Math.min(connectMs, visitMs * REACH_SHARE);
  const reached = await reachOrigin(tools.dialer, { address: where.address, port }, { timeoutMs, signal });
  if (reached.state === "unknown") return { unknown: reached, of: origin };
  if (reached.state !== "open") return { origin: { scheme, port, state: reached.state, walks: [] } };
  // Tries count, for as long as they may take; what more there was is waiting for our own turn.
  const reachMs = Math.min(performance.now() - startedAt, reached.tries * timeoutMs);
  const totalMs = visitMs - reachMs;
  const lane: LaneWork = { where, tools, signal, addressesOf: wanted.addressesOf, totalMs };
  const { randomLabel, closeness } = wanted;
  const open = { origin, socket: reached.socket, randomLabel, isWhole: closeness === "whole" };
  const walks = scheme === "https" ? await walkSecure(lane, open, work.tell) : await walkPlain(lane, open, work.links);
  return { origin: { scheme, port, state: "open", walks } };
}
