import { Buffer } from "node:buffer";
import http2 from "node:http2";
import type { Duplex } from "node:stream";
import { exchange, type Server } from "./exchange.ts";
import { ignoreClientGone, listenOn, stopper } from "./listener.ts";

/** A DNS-over-HTTPS endpoint on a loopback port. */
export interface DohListener {
  readonly port: number;
  stop(): Promise<void>;
}

/** PEM text. */
export interface Credentials {
  readonly key: string;
  readonly certificate: string;
}

export const DOH_PATH = "/dns-query";
const DNS_MESSAGE = "application/dns-message";
const LONGEST_QUERY = 4_096;
const BASE64URL = /^[A-Za-z0-9_-]+$/u;

type Request = http2.Http2ServerRequest;

/** Serves RFC 8484 over HTTP/2, GET and POST, and over HTTP/1.1 for clients without ALPN. */
export async function listenDoh(server: Server, credentials: Credentials): Promise<DohListener> {
  const options = { key: credentials.key, cert: credentials.certificate, allowHTTP1: true };
  const listener = http2.createSecureServer(options, (request, response) => {
    void result(server, request)
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body ?? NO_BODY))
      // What can go wrong here is that the client goes away in the middle of its request.
      .catch(() => request.destroy());
  });
  listener.on("sessionError", ignoreClientGone);
  listener.on("tlsClientError", (_error, socket: Duplex) => socket.destroy());
  const stop = stopper(listener);
  return { port: await listenOn(listener, 0), stop };
}

interface Result {
  readonly status: number;
  readonly headers?: http2.OutgoingHttpHeaders;
  readonly body?: Uint8Array;
}

const NO_BODY = new Uint8Array();

async function result(server: Server, request: Request): Promise<Result> {
  const url = URL.parse(request.url, "https://practice.invalid");
  const { method } = request;
  if (url?.pathname !== DOH_PATH) return { status: 404 };
  if (method !== "GET" && method !== "POST") return { status: 405, headers: { allow: "GET, POST" } };
  if (method === "POST" && request.headers["content-type"] !== DNS_MESSAGE) return { status: 415 };
  const query = method === "GET" ? fromBase64Url(url.searchParams.get("dns")) : await readBody(request);
  if (query === null) return { status: 400 };
  if (query.length > LONGEST_QUERY) return { status: 413 };
  const body = await exchange(server, query, "https");
  if (body === null) return { status: 400 };
  const headers = { "content-type": DNS_MESSAGE, "content-length": body.length, "cache-control": "max-age=0" };
  return { status: 200, headers, body };
}

function fromBase64Url(text: string | null): Buffer | null {
  return text === null || !BASE64URL.test(text) ? null : Buffer.from(text, "base64url");
}

/** Reads no further than shows that the query is too long. */
async function readBody(request: Request): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > LONGEST_QUERY) break;
  }
  return Buffer.concat(parts);
}
