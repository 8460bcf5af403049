import { setTimeout as delay } from "node:timers/promises";
import { unobserved, type Observed } from "../../core/observation.ts";
import type { Cause } from "../../core/cause.ts";
import { parseWebUrl, type WebUrl } from "../../parsers/location.ts";
import type { Hop } from "../../web/hop.ts";
import { nextHop } from "../../web/next-hop.ts";
import { MOST_REDIRECTS } from "../../web/redirects.ts";
import { getOnce, type Got, type HttpTools } from "./get-once.ts";
import { KeptConnections } from "./kept-connections.ts";

/** The addresses of a host, those to be tried first in front; empty when DNS says that it has none. */
export type AddressesOf = (host: string) => Promise<Observed<readonly string[]>>;

export interface WalkOptions {
  readonly signal: AbortSignal;
  /** Where connections may come from and go to; by default they are kept for this walk alone. */
  readonly kept?: KeptConnections;
  /** Milliseconds for all hops together; `limits.visitMs` by default. */
  readonly timeoutMs?: number;
}

/**
 * Walks from the URL as a browser would: redirects and pages that are left at once, one hop after another, each recorded. Stops
 * at an answer that leads nowhere, at a URL seen before, after MOST_REDIRECTS, or when time is over. Never rejects. To look at one
 * certain address, let `addressesOf` give that one for the host.
 */
export async function visitUrl(
  start: string,
  addressesOf: AddressesOf,
  tools: HttpTools,
  { signal, kept, timeoutMs = tools.limits.visitMs }: WalkOptions,
): Promise<readonly Hop[]> {
  const own = kept ?? new KeptConnections();
  try {
    return await walk(start, addressesOf, tools, { leftMs: timeoutMs, signal, kept: own });
  } finally {
    if (kept === undefined) own.close();
  }
}

interface Allowed {
  readonly leftMs: number;
  readonly signal: AbortSignal;
  readonly kept: KeptConnections;
}

interface Visited {
  readonly hop: Hop;
  readonly spentMs: number;
}

async function walk(
  start: string,
  addressesOf: AddressesOf,
  tools: HttpTools,
  allowed: Allowed,
): Promise<readonly Hop[]> {
  const hops: Hop[] = [];
  const seen = new Set<string>();
  let { leftMs } = allowed;
  for (let next: string | null = start; next !== null && hops.length <= MOST_REDIRECTS;) {
    const url = parseWebUrl(next);
    if (!url.ok) return [...hops, missed(next, "internal", "NOT_A_WEB_URL", "no URL of the web")];
    seen.add(url.value.url);
    const { hop, spentMs } = await visitHop(url.value, addressesOf, tools, { ...allowed, leftMs });
    hops.push(hop);
    leftMs -= spentMs;
    const target = targetOf(hop);
    next = target !== null && !seen.has(target) ? target : null;
  }
  return hops;
}

/** Tries the next address only while none has answered. */
async function visitHop(url: WebUrl, addressesOf: AddressesOf, tools: HttpTools, allowed: Allowed): Promise<Visited> {
  const startedAt = performance.now();
  const found = await addressesFor(url, addressesOf, allowed.leftMs);
  let spentMs = performance.now() - startedAt;
  if (found.state === "unobserved") return { hop: missed(url.url, found.cause, "NO_LOOKUP", found.detail), spentMs };
  let hop = missed(url.url, "asset-not-found", "NO_ADDRESS", "the host has no address");
  for (const address of found.value.slice(0, tools.limits.maxAddresses)) {
    const timeoutMs = allowed.leftMs - spentMs;
    if (timeoutMs <= 0) {
      const late = missed(url.url, "tcp-timeout", "DEADLINE", "the time for the visit was over");
      return { hop: { ...late, address }, spentMs };
    }
    const got = await getOnce(url, address, tools, { timeoutMs, signal: allowed.signal, kept: allowed.kept });
    spentMs += got.spentMs;
    const isFirst = hop.address === null;
    // One address that refuses says nothing of another that keeps silent.
    if (isFirst || got.answer.state === "observed" || !isHeard(got)) {
      hop = { url: url.url, address, answer: got.answer, code: got.code };
    }
    if (got.answer.state === "observed" || allowed.signal.aborted) break;
  }
  return { hop, spentMs };
}

/** Whether the absence of an answer is itself one: nobody listens there, or not to us. */
function isHeard({ answer }: Got): boolean {
  return answer.state === "unobserved" && (answer.cause === "connection-refused" || answer.cause === "tls-failed");
}

/** Name servers of whoever redirected may keep us waiting as well as web servers may. */
async function addressesFor(
  url: WebUrl,
  addressesOf: AddressesOf,
  leftMs: number,
): Promise<Observed<readonly string[]>> {
  if (url.isAddress) return { state: "observed", value: [url.host] };
  const late = new AbortController();
  const tooLate = async (): Promise<Observed<readonly string[]>> => {
    await delay(Math.max(0, leftMs), undefined, { signal: late.signal });
    return unobserved("dns-timeout", "looking up the host's addresses took all the time there was");
  };
  try {
    return await Promise.race([addressesOf(url.host), tooLate()]);
  } catch {
    // It promised not to; whatever it was, it is ours.
    return unobserved("internal", "looking up the host's addresses failed");
  } finally {
    late.abort();
  }
}

function targetOf({ url, answer }: Hop): string | null {
  if (answer.state === "unobserved") return null;
  const next = nextHop(url, answer.value);
  if (next.kind === "redirect") return next.url;
  return next.kind === "refresh" && next.seconds === 0 ? next.url : null;
}

function missed(url: string, cause: Cause, code: string, detail: string): Hop {
  return { url, address: null, answer: unobserved(cause, detail), code };
}
