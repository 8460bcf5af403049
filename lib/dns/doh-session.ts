import dns from "node:dns/promises";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";
import { DialError, toDialError } from "../dial/dial-error.ts";
import type { Dialer } from "../dial/dialer.ts";
import { patiently } from "../dial/patience.ts";
import { familyOf } from "../dial/sockets.ts";

/** Where a DoH server is and whom it must prove to be. */
export interface DohServer {
  readonly url: URL;
  /** Named by the inventory: its addresses may be special, on its port. */
  readonly isNamedService: boolean;
  /** Further trusted authorities in PEM, beside Node's own. */
  readonly ca?: string | undefined;
}

const CONNECT_MS = 4000;
const HTTPS_PORT = 443;
const NO_H2_ALERT = "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL";

/** TLS and HTTP/2 with the server, over a socket of the dialer. Rejects with a DialError: the first one if all addresses fail. */
export async function openDohSession(server: DohServer, dialer: Dialer): Promise<http2.ClientHttp2Session> {
  const port = server.url.port === "" ? HTTPS_PORT : Number(server.url.port);
  let first: DialError | null = null;
  for (const address of await addressesOf(server.url, dialer)) {
    if (server.isNamedService) {
      dialer.registerService({ address, port, protocol: "tcp" });
    }
    try {
      const socket = await dialer.connectTcp({ address, port }, { purpose: "doh", timeoutMs: CONNECT_MS });
      return startHttp2(server, await secured(socket, server));
    } catch (error) {
      first ??= toDialError(error, `connecting to ${server.url.host}`);
    }
  }
  throw first ?? new DialError("vantage-blocked", "NO_ADDRESS", `${server.url.host} has no address of a family in use`);
}

/** The URL's host without the brackets of an IPv6 literal. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** An IP literal is itself; a name is resolved by the operating system, in its order of preference. */
async function addressesOf(url: URL, dialer: Dialer): Promise<readonly string[]> {
  const host = hostOf(url);
  if (net.isIP(host) !== 0) {
    return [host];
  }
  let found: readonly { readonly address: string }[];
  try {
    found = await dns.lookup(host, { all: true });
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    const detail = `this machine cannot resolve ${host}: ${typeof code === "string" ? code : "unknown error"}`;
    throw new DialError("vantage-blocked", "LOOKUP", detail);
  }
  const families = await dialer.families();
  const addresses = found.map(({ address }) => address);
  const preferred = addresses.filter((address) => families.includes(familyOf(address)));
  return preferred.length > 0 ? preferred : addresses;
}

async function secured(socket: net.Socket, server: DohServer): Promise<tls.TLSSocket> {
  const host = hostOf(server.url);
  const secure = tls.connect({
    socket,
    host,
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ["h2"],
    minVersion: "TLSv1.2",
    ...(server.ca === undefined ? {} : { ca: [...tls.rootCertificates, server.ca] }),
  });
  const doing = `TLS with ${server.url.host}`;
  const timedOut = (): DialError => new DialError("tcp-timeout", "SILENT", `${doing}: none within ${CONNECT_MS} ms`);
  try {
    await patiently<undefined>({ timeoutMs: CONNECT_MS, doing, timedOut }, ({ resolve, reject }) => {
      secure.once("secureConnect", () => resolve(undefined)).on("error", reject);
      secure.once("close", () => reject(new DialError("connection-reset", "ENDED", `${doing}: closed meanwhile`)));
    });
  } catch (error) {
    secure.destroy();
    socket.destroy();
    throw handshakeError(toDialError(error, doing), server);
  }
  if (secure.alpnProtocol !== "h2") {
    secure.destroy();
    throw withoutHttp2(server);
  }
  return secure;
}

function handshakeError(error: DialError, server: DohServer): DialError {
  return error.code === NO_H2_ALERT ? withoutHttp2(server) : error;
}

function withoutHttp2(server: DohServer): DialError {
  return new DialError("protocol-error", "NO_H2", `${server.url.host} does not speak HTTP/2`);
}

function startHttp2(server: DohServer, secure: tls.TLSSocket): http2.ClientHttp2Session {
  const session = http2.connect(server.url.origin, {
    createConnection: () => secure,
    settings: { enablePush: false },
  });
  // Failures reach the requests; a session must not bring the run down, nor keep it alive.
  session.on("error", () => undefined);
  session.unref();
  return session;
}
