import type net from "node:net";
import type { Walk, WebAddress } from "../../web/observations.ts";
import type { WebWanted } from "../probe-context.ts";
import { pageLinksOf, type PageLinks } from "./page-links.ts";
import { WalkLane, type LaneWork } from "./walk-lane.ts";

export type OriginWanted = WebWanted["origins"][number];

/** For the walk that matters most; the rest of the visit is what others have at least. */
const FRONT_SHARE = 2 / 3;
/** For what is asked once and not followed. */
const LOOK_SHARE = 1 / 3;
const ROOT_PATH = "/";
const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** One origin whose port is open, and what is wanted of it. */
export interface OpenOrigin {
  readonly origin: OriginWanted;
  readonly socket: net.Socket;
  readonly randomLabel: string;
  readonly isWhole: boolean;
}

/** Over plain HTTP every walk is followed to its end. `httpsLinks`: what the front page over HTTPS leads to, when that is known. */
export async function walkPlain(
  work: LaneWork,
  { origin, socket, randomLabel, isWhole }: OpenOrigin,
  httpsLinks: Promise<PageLinks>,
): Promise<readonly Walk[]> {
  const lane = new WalkLane(work, { socket, port: origin.port });
  const to = (path: string): string => originUrl(work.where, origin, path);
  try {
    const front = await lane.follow("front", to(origin.path), work.totalMs * (isWhole ? FRONT_SHARE : 1));
    if (!isWhole) return [front];
    const missing = await lane.follow("missing", to(missingPath(randomLabel)), work.totalMs);
    const page = otherPage(origin, (await httpsLinks).page ?? pageLinksOf(front, work.where.host).page);
    const deep = page === null ? [] : [await lane.follow("deep", to(page), work.totalMs)];
    return [front, ...deep, missing];
  } finally {
    lane.close();
  }
}

/** Over HTTPS only the front page is followed. `tell` is given what it leads to, before anything else is looked at. */
export async function walkSecure(
  work: LaneWork,
  { origin, socket, randomLabel, isWhole }: OpenOrigin,
  tell: (links: PageLinks) => void,
): Promise<readonly Walk[]> {
  const to = (path: string): string => originUrl(work.where, origin, path);
  const first = new WalkLane(work, { socket, port: origin.port });
  if (!isWhole) {
    const front = await closing(first, (lane) => lane.follow("front", to(origin.path), work.totalMs));
    return [front];
  }
  const lookMs = work.totalMs * LOOK_SHARE;
  const frontAndLinked = closing(first, async (lane) => {
    const front = await lane.follow("front", to(origin.path), work.totalMs * FRONT_SHARE);
    const links = pageLinksOf(front, work.where.host);
    tell(links);
    const page = otherPage(origin, links.page);
    const deep = page === null ? null : await lane.look("deep", to(page), lookMs);
    const resource = links.resource === null ? null : await lane.look("resource", to(links.resource), lookMs);
    return [front, deep, resource];
  });
  const unlinked = closing(new WalkLane(work, null), async (lane) => [
    await lane.look("missing", to(missingPath(randomLabel)), lookMs),
    await lane.look("robots", to("/robots.txt"), lookMs),
    await lane.look("favicon", to("/favicon.ico"), lookMs),
  ]);
  const overHttp2 = closing(new WalkLane(work, null), async (lane) => [
    await lane.look("front-h2", to(origin.path), lookMs, "2"),
  ]);
  const all = await Promise.all([frontAndLinked, overHttp2, unlinked]);
  return all.flat().filter((walk) => walk !== null);
}

async function closing<T>(lane: WalkLane, walk: (lane: WalkLane) => Promise<T>): Promise<T> {
  try {
    return await walk(lane);
  } finally {
    lane.close();
  }
}

/** Where the asset names a page of its own, the host's front page is the other one to ask for. */
function otherPage({ path }: OriginWanted, linked: string | null): string | null {
  return path === ROOT_PATH ? linked : ROOT_PATH;
}

function missingPath(label: string): string {
  return `/${label}/${label}`;
}

/** The URL of a path of an origin of the host. */
export function originUrl(where: WebAddress, { scheme, port }: OriginWanted, path: string): string {
  const host = where.host.includes(":") ? `[${where.host}]` : where.host;
  return `${scheme}://${host}${port === DEFAULT_PORTS[scheme] ? "" : `:${port}`}${path}`;
}
