import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { afterEach } from "@jest/globals";
import { observed } from "../../../lib/core/observation.ts";
import { createDialer, type Dialer } from "../../../lib/dial/dialer.ts";
import { endpointKey, type LoopbackEndpoint, mappedSockets } from "../../../lib/dial/sockets.ts";
import type { HttpTools } from "../../../lib/probes/http/get-once.ts";
import { HTTP_LIMITS, type HttpLimits } from "../../../lib/probes/http/http-limits.ts";
import { userAgentOf } from "../../../lib/probes/http/user-agent.ts";
import { visitUrl, type AddressesOf } from "../../../lib/probes/http/visit-url.ts";
import type { Hop, HopAnswer } from "../../../lib/web/hop.ts";

const pem = (file: string): string => readFileSync(new URL(`certificates/${file}`, import.meta.url), "utf8");

export const HOST = "www.oevelse.dk";
export const ROOT = pem("root.pem");
/** By SAN for HOST, www.kommune.com and ADDRESS. */
export const VALID = { key: pem("valid.key"), cert: pem("valid.pem") };
export const EXPIRED = { key: pem("expired.key"), cert: pem("expired.pem") };
export const ADDRESS = "185.20.60.80";
/** Somewhere that has no entry in the table: nothing there is ever dialled. */
export const METADATA = "169.254.169.254";

/** Long enough for a busy machine, short enough for servers that never end. */
export const SHORT: HttpLimits = { ...HTTP_LIMITS, connectMs: 1000, visitMs: 700 };

export type Respond = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A small internet of web sites, closed after each test. Ports 80 and 443 of made-up addresses lead to loopback. */
export class WebLoopback {
  readonly table = new Map<string, LoopbackEndpoint>();
  readonly addresses = new Map<string, readonly string[]>();
  /** Sockets under way, for servers to be stopped and for tests to see that none is left. */
  readonly sockets = new Set<net.Socket>();
  dialer: Dialer = this.#makeDialer();
  readonly #servers: net.Server[] = [];

  constructor() {
    afterEach(async () => {
      for (const socket of this.sockets) socket.destroy();
      await Promise.all(
        this.#servers.splice(0).map((server) => new Promise<void>((resolve) => void server.close(() => resolve()))),
      );
      this.table.clear();
      this.addresses.clear();
      this.dialer = this.#makeDialer();
    });
  }

  #makeDialer(): Dialer {
    return createDialer({ sockets: mappedSockets(this.table, ["ipv4", "ipv6"]) });
  }

  async listen(server: net.Server, port: number, address = ADDRESS): Promise<void> {
    server.on("connection", (socket: net.Socket) => {
      this.sockets.add(socket);
      socket.on("error", () => undefined).once("close", () => this.sockets.delete(socket));
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port: real } = server.address() as net.AddressInfo;
    this.table.set(endpointKey("tcp", address, port), { host: "127.0.0.1", port: real });
  }

  /** A well-behaved server of plain HTTP. */
  site(respond: Respond, port = 80, address = ADDRESS): Promise<void> {
    return this.listen(http.createServer(respond), port, address);
  }

  secureSite(respond: Respond, options: https.ServerOptions = {}, port = 443, address = ADDRESS): Promise<void> {
    const server = https.createServer({ ...VALID, ...options }, respond);
    server.on("tlsClientError", () => undefined);
    return this.listen(server, port, address);
  }

  /** A server that sees octets only, and does with the socket what it likes once a request has come. */
  raw(serve: (socket: net.Socket) => void, port = 80, address = ADDRESS): Promise<void> {
    const server = net.createServer((socket) => void socket.once("data", () => serve(socket)));
    return this.listen(server, port, address);
  }

  visit(
    start: string,
    limits: Partial<HttpLimits> = {},
    signal = new AbortController().signal,
  ): Promise<readonly Hop[]> {
    return visitUrl(start, this.addressesOf, this.tools(limits), { signal });
  }

  tools(limits: Partial<HttpLimits> = {}): HttpTools {
    return {
      dialer: this.dialer,
      userAgent: userAgentOf("0.1.0", "drift@example.dk"),
      limits: { ...HTTP_LIMITS, visitMs: 5000, ...limits },
      extraAuthorities: [ROOT],
    };
  }

  /** Every host is at ADDRESS unless told otherwise. */
  readonly addressesOf: AddressesOf = async (host) => observed(this.addresses.get(host) ?? [ADDRESS]);
}

export function answerOf(hop: Hop | undefined): HopAnswer {
  if (hop?.answer.state === "observed") return hop.answer.value;
  throw new Error(`no answer: ${JSON.stringify(hop)}`);
}

/** What became of the hop in a word or two: its status and cut, or its cause and code. */
export function outcome(hop: Hop | undefined): string {
  if (hop === undefined) return "none";
  if (hop.answer.state === "unobserved") return `${hop.answer.cause} ${hop.code ?? ""}`;
  const { status, body } = hop.answer.value;
  return [String(status), ...(body.cut === null ? [] : [body.cut])].join(" ");
}
