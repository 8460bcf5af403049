import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import type net from "node:net";
import tls from "node:tls";
import { mappedSockets, type SocketOpener } from "../../lib/dial/sockets.ts";
import type { NameServer } from "../../lib/practice/authority.ts";
import type { PracticeInternet } from "../../lib/practice/internet.ts";
import { addressesIn, loadZoneSet } from "../../lib/practice/zone-set.ts";
import { ZONES_FOLDER } from "./practice-zones.ts";

const AUTHORITY = readFileSync(new URL("../../lib/practice/certificates/web-ca.pem", import.meta.url), "utf8");
export const CLEAR_PORT = 80;
export const SECURE_PORT = 443;
const VERSIONS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
const ANYTHING = "@SECLEVEL=0";

/** An answer, as far as the tests care. */
export interface Heard {
  readonly status: number;
  readonly location: string | undefined;
  readonly hsts: string | undefined;
  readonly body: string;
}

/** What came of a handshake. `chain`: certificates that were sent. */
export interface Shaken {
  readonly version: string | null;
  readonly suite: string;
  readonly isTrusted: boolean;
  readonly chain: number;
}

/** Any version, suite and key that OpenSSL knows. */
export const OLD = { ciphers: `ALL:${ANYTHING}` } as const;

/** Calls the practice web hosts at the addresses that their zones tell, by Node's own HTTP and TLS. */
export class WebClient {
  readonly #sockets: SocketOpener;
  readonly #servers: readonly NameServer[];

  private constructor(sockets: SocketOpener, servers: readonly NameServer[]) {
    this.#sockets = sockets;
    this.#servers = servers;
  }

  static async of(internet: PracticeInternet): Promise<WebClient> {
    const { servers } = await loadZoneSet(ZONES_FOLDER);
    return new WebClient(mappedSockets(internet.sockets, internet.families), servers);
  }

  addressesOf(host: string): readonly string[] {
    return addressesIn(this.#servers, host);
  }

  addressOf(host: string, family: "ipv4" | "ipv6" = "ipv4"): string {
    return this.addressesOf(host).find((address) => address.includes(":") === (family === "ipv6")) ?? "";
  }

  dial(host: string, port: number): net.Socket {
    return this.#sockets.openTcp(this.addressOf(host), port);
  }

  dialTls(host: string, options: tls.ConnectionOptions = {}, address = this.addressOf(host)): tls.TLSSocket {
    const socket = this.#sockets.openTcp(address, SECURE_PORT);
    return tls.connect({ socket, servername: host, ca: AUTHORITY, rejectUnauthorized: false, ...options });
  }

  inClear(host: string, path = "/"): Promise<Heard> {
    return get(host, path, () => this.dial(host, CLEAR_PORT));
  }

  securely(host: string, path = "/", address?: string): Promise<Heard> {
    return get(host, path, () => this.dialTls(host, {}, address));
  }

  /** Null where the server would have none of it. */
  async shake(host: string, options: tls.ConnectionOptions = {}, address?: string): Promise<Shaken | null> {
    const secured = this.dialTls(host, options, address);
    try {
      await once(secured, "secureConnect");
      let chain = 0;
      for (let at = secured.getPeerX509Certificate(); at !== undefined; at = at.issuerCertificate) chain += 1;
      return { version: secured.getProtocol(), suite: secured.getCipher().name, isTrusted: secured.authorized, chain };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return null;
    } finally {
      secured.destroy();
    }
  }

  /** The versions that the host takes, oldest first. */
  async versionsOf(host: string, address?: string): Promise<readonly string[]> {
    const taken: string[] = [];
    for (const version of VERSIONS) {
      const options = { ...OLD, minVersion: version, maxVersion: version };
      if ((await this.shake(host, options, address)) !== null) taken.push(version);
    }
    return taken;
  }

  /** Those of these suites of TLS 1.2 that the host takes. */
  async suitesOf(host: string, ...suites: readonly string[]): Promise<readonly string[]> {
    const taken: string[] = [];
    for (const suite of suites) {
      const shaken = await this.shake(host, { maxVersion: "TLSv1.2", ciphers: `${suite}:${ANYTHING}` });
      if (shaken !== null) taken.push(shaken.suite);
    }
    return taken;
  }
}

async function get(host: string, path: string, open: () => net.Socket): Promise<Heard> {
  const request = http.get({ path, headers: { host }, createConnection: open });
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  response.setEncoding("utf8");
  let body = "";
  for await (const text of response) body += String(text);
  const { statusCode = 0, headers } = response;
  return { status: statusCode, location: headers.location, hsts: headers["strict-transport-security"], body };
}
