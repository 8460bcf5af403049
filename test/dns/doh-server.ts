import { readFileSync } from "node:fs";
import http2 from "node:http2";
import https from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import { readQuery } from "./misbehaving-dns.ts";
import type { Query } from "./misbehaving-dns.ts";

/** The certificate that the tests trust, and one that names another host. */
export const TRUSTED = certificate("trusted");
export const ELSEWHERE = certificate("elsewhere");

export interface DohExchange {
  readonly query: Query;
  readonly method: string;
  readonly path: string;
  readonly headers: http2.IncomingHttpHeaders;
  readonly stream: http2.ServerHttp2Stream;
  /** Sends a DNS message as RFC 8484 has it, with what is given put in its place. */
  respond(body: Uint8Array, headers?: http2.OutgoingHttpHeaders): void;
}

export interface FakeDoh {
  readonly url: URL;
  readonly seen: DohExchange[];
  /** TLS connections so far. */
  connections(): number;
  sessions: http2.ServerHttp2Session[];
  close(): Promise<void>;
}

/** A DoH server on 127.0.0.1 that does with each query what it likes. */
export async function startDoh(
  behaviour: (exchange: DohExchange) => void,
  { key, cert }: { key: string; cert: string } = TRUSTED,
): Promise<FakeDoh> {
  const server = http2.createSecureServer({ key, cert });
  const seen: DohExchange[] = [];
  const sessions: http2.ServerHttp2Session[] = [];
  const sockets = trackSockets(server);
  let connections = 0;
  server.on("secureConnection", () => (connections += 1));
  server.on("sessionError", () => undefined);
  server.on("session", (session) => {
    session.on("error", () => undefined);
    sessions.push(session);
  });
  server.on("stream", (stream, headers) => {
    const pieces: Buffer[] = [];
    stream.on("error", () => undefined);
    stream.on("data", (piece: Buffer) => pieces.push(piece));
    stream.on("end", () => {
      const path = headers[":path"] ?? "";
      const inPath = new URL(path, "https://x").searchParams.get("dns");
      const bytes = inPath === null ? Buffer.concat(pieces) : Buffer.from(inPath, "base64url");
      const exchange: DohExchange = {
        query: readQuery(bytes),
        method: headers[":method"] ?? "",
        path,
        headers,
        stream,
        respond: (body, changes = {}) => {
          stream.respond({ ":status": 200, "content-type": "application/dns-message", ...changes });
          stream.end(body);
        },
      };
      seen.push(exchange);
      behaviour(exchange);
    });
  });
  const port = await listening(server);
  return {
    url: new URL(`https://127.0.0.1:${port}/dns-query`),
    seen,
    connections: () => connections,
    sessions,
    close: () => closing(server, sockets),
  };
}

/** An HTTPS server that speaks HTTP/1.1 only; with `mute` it does not even say so in the TLS handshake. */
export async function startHttp1(mute: boolean): Promise<{ url: URL; close(): Promise<void> }> {
  const server = https.createServer({ ...TRUSTED, ...(mute ? { ALPNProtocols: [] } : {}) }, (_, response) => {
    response.end("hello");
  });
  const sockets = trackSockets(server);
  return { url: new URL(`https://127.0.0.1:${await listening(server)}/`), close: () => closing(server, sockets) };
}

function certificate(file: string): { key: string; cert: string } {
  const read = (name: string): string => readFileSync(new URL(`../support/tls/${name}`, import.meta.url), "utf8");
  return { key: read(`${file}.key`), cert: read(`${file}.pem`) };
}

function trackSockets(server: Server): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("tlsClientError", () => undefined);
  return sockets;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function closing(server: Server, sockets: Set<Socket>): Promise<void> {
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => server.close(resolve));
}
