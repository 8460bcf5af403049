import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { answerHeaders } from "./answer-headers.ts";
import { isOwnOrigin, isToken, ownHost, TOKEN_HEADER } from "./local-origin.ts";
import { formField, readRequestBody } from "./request-body.ts";
import type { StatusHandler, StatusRequest, StatusResponse } from "./status-request.ts";

const SECOND = 1_000;
/** How long a request may take to arrive: its head, and the whole of it. */
const HEAD_TIMEOUT_MS = 10 * SECOND;
const REQUEST_TIMEOUT_MS = 30 * SECOND;
const KEEP_ALIVE_MS = 5 * SECOND;
/** How often these are looked at. */
const CHECK_INTERVAL_MS = SECOND;
/** Request line and headers together, in octets. */
const LARGEST_HEAD = 16 * 1024;
const MOST_HEADERS = 100;
const MOST_CONNECTIONS = 256;
/** What an answer under way may still take when the server closes. */
const CLOSING_GRACE_MS = 500;

export interface LocalServerOptions {
  readonly handler: StatusHandler;
  /** 0: any that is free. */
  readonly port: number;
  readonly host?: LoopbackHost;
  /** What every changing request must carry: drawn at random at each start. */
  readonly token: string;
  /** Time-outs in milliseconds, for tests. */
  readonly timeouts?: { readonly head: number; readonly request: number };
}

/** Other addresses take TLS and a credential, which this server has not. */
export type LoopbackHost = "127.0.0.1" | "::1";

export interface LocalServer {
  readonly port: number;
  /** `http://127.0.0.1:8180`, without a slash at the end. */
  readonly url: string;
  /** Takes no more requests, lets those under way end within half a second, and is over within a second. Never rejects. */
  close(): Promise<void>;
}

/** The port cannot be had: exit status 69. */
export class PortError extends Error {
  override readonly name = "PortError";
  readonly port: number;
  /** `taken` by another program, or not `allowed` to this user. */
  readonly problem: "taken" | "not-allowed";

  constructor(port: number, problem: "taken" | "not-allowed", options?: ErrorOptions) {
    super(`port ${String(port)} is ${problem}`, options);
    this.port = port;
    this.problem = problem;
  }
}

/** Serves the handler to this machine only. Rejects with PortError when the port cannot be had. */
export async function startStatusServer(options: LocalServerOptions): Promise<LocalServer> {
  const { host = "127.0.0.1", timeouts = { head: HEAD_TIMEOUT_MS, request: REQUEST_TIMEOUT_MS } } = options;
  const limits = {
    ...{ maxHeaderSize: LARGEST_HEAD, keepAliveTimeout: KEEP_ALIVE_MS, insecureHTTPParser: false },
    ...{ headersTimeout: timeouts.head, requestTimeout: timeouts.request },
    connectionsCheckingInterval: Math.min(CHECK_INTERVAL_MS, timeouts.head),
  };
  const server = createServer(limits, (request, response) => void serve(request, response, server, options));
  server.maxHeadersCount = MOST_HEADERS;
  server.maxConnections = MOST_CONNECTIONS;
  server.on("clientError", refuseBadRequest);
  server.on("upgrade", (_, socket: Duplex) => writeBare(socket, 400, "Bad Request"));
  server.on("connect", (_, socket: Duplex) => writeBare(socket, 405, "Method Not Allowed", "allow: GET, HEAD\r\n"));
  await listen(server, options.port, host);
  const { port } = server.address() as AddressInfo;
  const url = `http://${host === "::1" ? "[::1]" : host}:${String(port)}`;
  return { port, url, close: () => close(server) };
}

async function listen(server: Server, port: number, host: LoopbackHost): Promise<void> {
  const listening = Promise.withResolvers<undefined>();
  server.once("error", listening.reject);
  server.listen({ port, host, exclusive: true }, () => listening.resolve(undefined));
  try {
    await listening.promise;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw new PortError(port, "taken", { cause: error });
    if (code === "EACCES") throw new PortError(port, "not-allowed", { cause: error });
    throw error;
  } finally {
    server.off("error", listening.reject);
  }
}

async function close(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSING_GRACE_MS);
  await ended;
  clearTimeout(timer);
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  server: Server,
  { handler, token }: LocalServerOptions,
): Promise<void> {
  try {
    const { port } = server.address() as AddressInfo;
    const refused = await refusalOf(request, port, token);
    write(response, refused ?? (await handler(statusRequestOf(request))));
  } catch {
    // The connection ended before its request did, or the server is closing: there is nobody to answer.
    request.destroy();
  }
}

const HTTP_VERSIONS = ["1.0", "1.1"];

/** What concerns this door alone, before anything else is looked at; null for what may come in. */
async function refusalOf(request: IncomingMessage, port: number, token: string): Promise<StatusResponse | null> {
  const { method = "", url = "" } = request;
  const headers = request.headersDistinct;
  const host = ownHost(headers.host, port);
  if (host === null) return bare(421, "This service answers to 127.0.0.1 and localhost only.");
  if (!HTTP_VERSIONS.includes(request.httpVersion)) return bare(505, "HTTP/1.1 is spoken here.");
  // Only the origin form is for us: others are for proxies (RFC 9112 section 3.2).
  if (!url.startsWith("/")) return bare(400, "The request target must be a path.");
  if (method === "TRACE")
    return { ...bare(405, "TRACE is refused."), headers: { ...BARE_HEADERS, allow: "GET, HEAD" } };
  if (["GET", "HEAD", "OPTIONS"].includes(method)) return null;
  if (!isOwnOrigin(headers, host)) return bare(403, "The request comes from another site.");
  const given = headers[TOKEN_HEADER]?.[0] ?? (await tokenOfForm(request));
  return given !== null && isToken(given, token) ? null : bare(403, "The request carries no valid token.");
}

const FORM_TYPE = "application/x-www-form-urlencoded";

async function tokenOfForm(request: IncomingMessage): Promise<string | null> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== FORM_TYPE) return null;
  const body = await readRequestBody(request);
  return body === null ? null : formField(body, "token");
}

function statusRequestOf({ method = "", url = "", headersDistinct }: IncomingMessage): StatusRequest {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
  const headers = Object.fromEntries(
    Object.entries(headersDistinct).map(([name, values]) => [name, values?.join(", ")]),
  );
  return { method, path, query, headers };
}

const BARE_HEADERS = answerHeaders("text/plain; charset=utf-8", "never");

function bare(status: number, words: string): StatusResponse {
  return { status, headers: BARE_HEADERS, body: `${words}\n` };
}

/** What was not read of a request cannot be told from the next one: the connection then ends with the answer. */
function write(response: ServerResponse, { status, headers, body }: StatusResponse): void {
  if (!response.req.complete) response.setHeader("connection", "close");
  // A 304 would have to say the length of what it does not send (RFC 9110 section 8.6).
  const length = status === 304 ? {} : { "content-length": String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...length, ...headers }).end(body);
}

const WORDS_OF_CODE: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout"],
};

/** What cannot be read as HTTP, or does not arrive in time, is answered as far as the connection still takes it. */
function refuseBadRequest(error: Error & { readonly code?: string }, socket: Duplex): void {
  const [status, words] = WORDS_OF_CODE[error.code ?? ""] ?? [400, "Bad Request"];
  writeBare(socket, status, words);
}

function writeBare(socket: Duplex, status: number, words: string, headers = ""): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.on("error", () => socket.destroy());
  const head = `HTTP/1.1 ${String(status)} ${words}\r\nconnection: close\r\ncontent-length: 0\r\n${headers}\r\n`;
  socket.end(head, () => socket.destroy());
}
