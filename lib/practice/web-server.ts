import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import type { SecureContextOptions, TLSSocket } from "node:tls";
import { ignoreClientGone, listenOn } from "./listener.ts";
import type { ClearSite, SecureSite, WebBehaviour, WebTls } from "./web-behaviour.ts";
import { answerInClear, answerSecurely, type WebRequest, type WebResponse } from "./web-pages.ts";

/** Takes a connection that was accepted, and answers on it until the client goes. */
export type TakeConnection = (socket: net.Socket) => void;

/** One port of one practice host, on loopback. */
export interface Door {
  readonly port: number;
  /** Connections so far. */
  readonly connections: number;
  /** Is answered so from the next connection on. */
  become(take: TakeConnection): void;
  stop(): Promise<void>;
}

const IDLE_MS = 60_000;
const SUITES_OF_TLS13 = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
const SUITES_OF_TLS12 = [
  ...["ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-GCM-SHA256"],
  ...["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-AES128-GCM-SHA256"],
].join(":");
const GROUPS = "X25519MLKEM768:X25519:prime256v1:secp384r1";
const SIGNATURES = [
  ...["ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384"],
  ...["RSA+SHA256", "RSA+SHA384"],
].join(":");

/** Opens a loopback port whose connections `take` gets. */
export async function openDoor(take: TakeConnection): Promise<Door> {
  let taking = take;
  let connections = 0;
  const clients = new Set<net.Socket>();
  const listener = net.createServer({ noDelay: true }, (socket) => {
    connections += 1;
    clients.add(socket);
    socket.once("close", () => clients.delete(socket));
    socket.setTimeout(IDLE_MS, () => socket.destroy()).on("error", ignoreClientGone);
    taking(socket);
  });
  const port = await listenOn(listener, 0);
  return {
    port,
    get connections() {
      return connections;
    },
    become: (next) => (taking = next),
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const client of clients) client.destroy();
      }),
  };
}

/** Accepts, reads, and says nothing. */
export const takeInSilence: TakeConnection = (socket) => {
  socket.resume();
};

/** HTTP/1.1 in clear. */
export function takeInClear(site: ClearSite): TakeConnection {
  const server = http.createServer((request, response) => {
    const { method = "", url = "/", headers } = request;
    const answer = answerInClear(requestOf(method, headers.host, url), site);
    response.writeHead(answer.status, answer.headers).end(method === "HEAD" ? "" : answer.body);
  });
  return (socket) => server.emit("connection", socket);
}

/** HTTP/2 or HTTP/1.1 over TLS, as the client asks in ALPN. Throws where OpenSSL refuses the settings. */
export function takeSecurely({ tls, site }: { readonly tls: WebTls; readonly site: SecureSite }): TakeConnection {
  const server = http2.createSecureServer({ ...tlsOptions(tls), allowHTTP1: true }, (request, response) => {
    const { method, url, authority, headers } = request;
    const answer = answerSecurely(requestOf(method, authority || headers.host, url), site);
    respond(response, answer, method);
  });
  server.on("secureConnection", (socket: TLSSocket) => socket.on("error", ignoreClientGone));
  server.on("sessionError", ignoreClientGone);
  return (socket) => server.emit("connection", socket);
}

/** The connections of a behaviour's two ports; null for a port that refuses them. */
export function takersOf({ clear, secure }: WebBehaviour): {
  readonly clear: TakeConnection | null;
  readonly secure: TakeConnection | null;
} {
  return {
    clear: clear === "silence" ? takeInSilence : clear && takeInClear(clear),
    secure: secure === "silence" ? takeInSilence : secure && takeSecurely(secure),
  };
}

/** What Node's TLS servers take. */
export function tlsOptions(tls: WebTls): SecureContextOptions {
  const { certificates, minVersion = "TLSv1.2", maxVersion = "TLSv1.3", ciphers = SUITES_OF_TLS12, dhparam } = tls;
  return {
    key: certificates.map(({ key }) => key),
    cert: certificates.map(({ chain }) => chain),
    ...{ minVersion, maxVersion, ciphers: `${SUITES_OF_TLS13}:${ciphers}` },
    ...{ ecdhCurve: GROUPS, honorCipherOrder: true },
    // TLS 1.0 and 1.1 sign with SHA-1, whatever is agreed on otherwise.
    ...(minVersion === "TLSv1.2" ? { sigalgs: SIGNATURES } : {}),
    ...(dhparam === undefined ? {} : { dhparam }),
  };
}

function requestOf(method: string, authority: string | undefined, path: string): WebRequest {
  const host = (authority ?? "").toLowerCase().replace(/:\d*$/u, "");
  return { method, host, path };
}

function respond(response: http2.Http2ServerResponse, answer: WebResponse, method: string): void {
  response.writeHead(answer.status, answer.headers);
  response.end(method === "HEAD" ? "" : answer.body);
}
