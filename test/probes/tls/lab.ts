import { afterEach } from "@jest/globals";
import { once } from "node:events";
import net from "node:net";
import type { Observed } from "../../../lib/core/observation.ts";
import { createDialer, type Dialer } from "../../../lib/dial/dialer.ts";
import { endpointKey, type LoopbackEndpoint, mappedSockets } from "../../../lib/dial/sockets.ts";
import { createTlsEndpoints } from "../../../lib/probes/tls/endpoints.ts";
import type { TlsLimits } from "../../../lib/probes/tls/tls-limits.ts";
import type { TlsAddress, TlsVisit } from "../../../lib/tls/observations.ts";
import { type Asked, type ScriptedTls, serveScripted } from "./scripted-tls.ts";

export const WHERE: TlsAddress = {
  ...{ host: "selvbetjening.oevelse.dk", serverName: "selvbetjening.oevelse.dk" },
  ...{ address: "185.20.60.44", port: 443, startTls: null },
};

export type Visited = Extract<TlsVisit, { readonly state: "visited" }>;

/** One place with one server, closed after each test. */
export class TlsLab {
  readonly table = new Map<string, LoopbackEndpoint>();
  readonly heard: Asked[] = [];
  readonly #servers: net.Server[] = [];
  readonly #sockets = new Set<net.Socket>();
  dialer: Dialer = this.#makeDialer();

  constructor() {
    afterEach(async () => {
      this.table.clear();
      this.heard.length = 0;
      this.#sockets.forEach((socket) => socket.destroy());
      const closing = this.#servers.splice(0).map((server) => server.close());
      await Promise.all(closing.filter(({ listening }) => listening).map((server) => once(server, "close")));
      this.dialer.close();
      this.dialer = this.#makeDialer();
    });
  }

  /** Puts a server at the place; with `tls` its own listener is used. */
  async serve(server: net.Server): Promise<void> {
    server.on("connection", (socket: net.Socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => undefined).once("close", () => this.#sockets.delete(socket));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.#servers.push(server);
    const { port } = server.address() as net.AddressInfo;
    this.table.set(endpointKey("tcp", WHERE.address, WHERE.port), { host: "127.0.0.1", port });
  }

  async answer(respond: (socket: net.Socket, count: number) => void): Promise<void> {
    let count = 0;
    await this.serve(net.createServer((socket) => respond(socket, (count += 1))));
  }

  script(server: ScriptedTls): Promise<void> {
    return this.answer((socket) => serveScripted(socket, server, (asked) => void this.heard.push(asked)));
  }

  look(
    where: Partial<TlsAddress> = {},
    limits: Partial<TlsLimits> = {},
    signal = new AbortController().signal,
  ): Promise<Observed<TlsVisit>> {
    const endpoints = createTlsEndpoints({ dialer: this.dialer, extraAuthorities: [], limits });
    return endpoints.visit({ ...WHERE, ...where }, { isActive: false, signal });
  }

  /** What a visit that must succeed found. */
  async visited(where: Partial<TlsAddress> = {}, limits: Partial<TlsLimits> = {}): Promise<Visited> {
    const seen = await this.look(where, limits);
    if (seen.state === "unobserved" || seen.value.state !== "visited") throw new Error(JSON.stringify(seen));
    return seen.value;
  }

  #makeDialer(): Dialer {
    return createDialer({ families: ["ipv4"], sockets: mappedSockets(this.table, ["ipv4"]) });
  }
}
