import type net from "node:net";
import type { WebUrl } from "../../parsers/location.ts";
import { DialError } from "../../dial/dial-error.ts";
import type { HopBody, HopTls } from "../../web/hop.ts";
import type { HttpLimits } from "./http-limits.ts";
import { Http2Connection } from "./http2-transport.ts";
import { Http1Connection } from "./http-transport.ts";
import { secureStream } from "./secure-stream.ts";

export interface HttpRequest {
  /** Path and query. */
  readonly target: string;
  /** Names in lower case, `host` among them, in the order to be sent. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** A header section that was heard, and as much of the content as came. */
export interface RawAnswer {
  readonly httpVersion: string;
  readonly status: number;
  readonly interim: readonly number[];
  /** Names in lower case; values one character per octet; in the order received, duplicates apart. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly content: Buffer;
  readonly cut: HopBody["cut"];
}

export interface GetOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** A connection to one origin at one address, for one request at a time. */
export interface WebConnection {
  readonly tls: HopTls | null;
  /** Whether it takes another request. */
  readonly isOpen: boolean;
  /** Whether anything at all has come since the last request. */
  readonly hasHeard: boolean;
  /**
   * One GET. Resolves once a header section was heard, however its content ends; rejects with a DialError when there was none. The
   * connection is closed then, and whenever content was not read to its end.
   */
  get(request: HttpRequest, options: GetOptions): Promise<RawAnswer>;
  close(): void;
}

export type HttpVersion = "1.1" | "2";

/** Of all that a server may send over HTTP/2 on one connection, in records: what we read, and as much again of frames. */
const HTTP2_SHARE = 4;

export interface Opening extends GetOptions {
  readonly limits: HttpLimits;
  readonly extraAuthorities: readonly string[];
  readonly httpVersion: HttpVersion;
}

/**
 * Takes over a connected socket for the URL's origin; over TLS the host is indicated and whatever certificate comes is taken. Rejects
 * with a DialError, the socket destroyed; `NO_HTTP2` where HTTP/2 was asked for and the server does not speak it.
 */
export async function openConnection(socket: net.Socket, url: WebUrl, opening: Opening): Promise<WebConnection> {
  const { limits, httpVersion } = opening;
  const isHttp2Wanted = httpVersion === "2";
  if (url.scheme === "http") {
    if (!isHttp2Wanted) return new Http1Connection(socket, null, limits);
    socket.destroy();
    throw withoutHttp2();
  }
  const { stream, tls, isHttp2 } = await secureStream(socket, {
    ...opening,
    host: url.host,
    alpn: isHttp2Wanted ? ["h2", "http/1.1"] : ["http/1.1"],
    ...(isHttp2Wanted ? { maxOctets: HTTP2_SHARE * (limits.maxBodyOctets + limits.maxHeaderOctets) } : {}),
  });
  if (!isHttp2Wanted) return new Http1Connection(stream, tls, limits);
  if (isHttp2) return new Http2Connection(stream, tls, limits);
  stream.destroy();
  throw withoutHttp2();
}

function withoutHttp2(): DialError {
  return new DialError("not-observable", "NO_HTTP2", "the server did not agree on HTTP/2");
}
