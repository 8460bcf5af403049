import type net from "node:net";
import { observed, unobserved } from "../../core/observation.ts";
import { toDialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import type { WebUrl } from "../../parsers/location.ts";
import type { Hop, HopAnswer } from "../../web/hop.ts";
import type { HttpLimits } from "./http-limits.ts";
import type { KeptConnections } from "./kept-connections.ts";
import { readContent } from "./read-content.ts";
import {
  openConnection,
  type GetOptions,
  type HttpRequest,
  type HttpVersion,
  type WebConnection,
} from "./web-connection.ts";

export interface HttpTools {
  readonly dialer: Pick<Dialer, "connectTcp">;
  /** See userAgentOf. */
  readonly userAgent: string;
  readonly limits: HttpLimits;
  /** Certificate authorities in PEM, beside those that the runtime trusts. */
  readonly extraAuthorities?: readonly string[];
}

export interface GetOnceOptions extends GetOptions {
  /** "1.1" by default. "2" is `NO_HTTP2` where the server does not agree on it. */
  readonly httpVersion?: HttpVersion;
  /** Where a connection may come from and go to; without, it is closed. */
  readonly kept?: KeptConnections;
}

export interface Got extends Pick<Hop, "answer" | "code"> {
  /** Milliseconds since the connection came about; for one that did not, what was allowed for it if the host kept silent. */
  readonly spentMs: number;
}

/**
 * One GET of one URL at one address: SNI and Host are the URL's. Nothing is followed, remembered or sent along; certificates are
 * recorded, not enforced. Never rejects: what gave no answer is unobserved, with its cause.
 */
export async function getOnce(url: WebUrl, address: string, tools: HttpTools, options: GetOnceOptions): Promise<Got> {
  const { timeoutMs, httpVersion = "1.1", kept } = options;
  const used = kept?.take(url, address, httpVersion) ?? null;
  const startedAt = performance.now();
  if (used !== null) {
    const got = await getOver(async () => used, url, address, tools, options);
    // Servers close connections that lie idle, perhaps just now: that says nothing of the URL.
    const isStale = got.answer.state === "unobserved" && got.answer.cause === "connection-reset" && !used.hasHeard;
    if (!isStale) return got;
  }
  const leftMs = Math.max(0, timeoutMs - (performance.now() - startedAt));
  const got = await getAnew(url, address, tools, { ...options, timeoutMs: leftMs });
  if (httpVersion !== "1.1" || got.code?.includes(WANTS_ANOTHER_VERSION) !== true) return got;
  const overHttp2 = { ...options, httpVersion: "2", timeoutMs: Math.max(0, leftMs - got.spentMs) } as const;
  const again = await getAnew(url, address, tools, overHttp2);
  return { ...again, spentMs: got.spentMs + again.spentMs };
}

/** The alert of RFC 7301 section 3.2: the server speaks HTTP/2 alone, and with browsers, which offer both, it does. */
const WANTS_ANOTHER_VERSION = "ALERT_NO_APPLICATION_PROTOCOL";

/** Over a connection of its own. */
async function getAnew(url: WebUrl, address: string, tools: HttpTools, options: GetOnceOptions): Promise<Got> {
  const { timeoutMs, signal, httpVersion = "1.1" } = options;
  const connectMs = Math.min(tools.limits.connectMs, timeoutMs);
  let socket: net.Socket;
  try {
    const target = { address, port: url.port };
    socket = await tools.dialer.connectTcp(target, { purpose: "web", timeoutMs: connectMs, signal });
  } catch (error) {
    const failed = missed(error);
    return { ...failed, spentMs: failed.code === "SILENT" ? connectMs : 0 };
  }
  const { limits, extraAuthorities = [] } = tools;
  const opening = { limits, extraAuthorities, httpVersion, timeoutMs, signal };
  return getOver(() => openConnection(socket, url, opening), url, address, tools, options);
}

async function getOver(
  open: () => Promise<WebConnection>,
  url: WebUrl,
  address: string,
  tools: HttpTools,
  { timeoutMs, signal, httpVersion = "1.1", kept }: GetOnceOptions,
): Promise<Got> {
  const startedAt = performance.now();
  const spent = (): number => performance.now() - startedAt;
  let connection: WebConnection | null = null;
  try {
    connection = await open();
    const leftMs = Math.max(0, timeoutMs - spent());
    const request = requestFor(url, tools.userAgent, kept !== undefined);
    const raw = await connection.get(request, { timeoutMs: leftMs, signal });
    const { httpVersion: version, status, interim, fields } = raw;
    const body = await readContent(raw, url.url, tools.limits);
    const answer: HopAnswer = { httpVersion: version, status, interim, fields, tls: connection.tls, body };
    return { answer: observed(answer), code: null, spentMs: spent() };
  } catch (error) {
    return { ...missed(error), spentMs: spent() };
  } finally {
    if (connection !== null) {
      if (kept === undefined) connection.close();
      else kept.give(url, address, httpVersion, connection);
    }
  }
}

function missed(error: unknown): Pick<Got, "answer" | "code"> {
  const { cause, code, message } = toDialError(error, "the HTTP exchange");
  return { answer: unobserved(cause, message), code };
}

function requestFor({ url }: WebUrl, userAgent: string, isKept: boolean): HttpRequest {
  const { host, pathname, search } = new URL(url);
  return {
    target: pathname + search,
    fields: [
      ["host", host],
      ["user-agent", userAgent],
      ["accept", "*/*"],
      ["accept-encoding", "gzip"],
      ["connection", isKept ? "keep-alive" : "close"],
    ],
  };
}
