import { readFile } from "node:fs/promises";
import { endpointKey } from "../dial/sockets.ts";
import { askNameServer, offersTcp, type NameServer } from "./authority.ts";
import { listenDoh } from "./doh-server.ts";
import type { Server } from "./exchange.ts";
import type { Stage } from "./faults.ts";
import { listenDns, LOOPBACK } from "./listener.ts";
import type { MailHall } from "./mail-hall.ts";
import { holdRefusingPort } from "./refusing-port.ts";
import type { WebHall } from "./web-hall.ts";

const DNS_PORT = 53;
const SMTP_PORT = 25;
const HTTPS_PORT = 443;

/** The sockets that have been opened, and which endpoint each of them plays. */
export class Loopback {
  readonly sockets = new Map<string, { readonly host: typeof LOOPBACK; readonly port: number }>();
  readonly #stops: (() => Promise<void>)[] = [];
  readonly #certificates: URL;

  /** `certificates`: the folder with those of the practice resolvers. */
  constructor(certificates: URL) {
    this.#certificates = certificates;
  }

  /** What `open` gives; where it fails, everything that was opened so far is stopped. */
  async stoppingOnFailure<T>(open: () => Promise<T>): Promise<T> {
    try {
      return await open();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async addNameServer(server: NameServer, stage: Stage): Promise<void> {
    const answers: Server = async (question, dnssecOk, transport) =>
      askNameServer(stage.now(server), question, dnssecOk, transport);
    await this.addDns(server.addresses, answers, offersTcp(server));
  }

  async addDns(addresses: readonly string[], server: Server, withTcp = true): Promise<void> {
    const listener = await listenDns(server, withTcp);
    this.#stops.push(() => listener.stop());
    this.#map("udp", addresses, DNS_PORT, listener.port);
    this.#map("tcp", addresses, DNS_PORT, withTcp ? listener.port : await this.#refusing());
  }

  async addDoh(addresses: readonly string[], server: Server): Promise<void> {
    const key = await readFile(new URL("doh.key", this.#certificates), "utf8");
    const certificate = await readFile(new URL("doh.pem", this.#certificates), "utf8");
    const listener = await listenDoh(server, { key, certificate });
    this.#stops.push(() => listener.stop());
    this.#map("tcp", addresses, HTTPS_PORT, listener.port);
  }

  addGateways(hall: MailHall): void {
    this.#stops.push(() => hall.stop());
    for (const { address, port } of hall.endpoints) this.#map("tcp", [address], SMTP_PORT, port);
  }

  addWebHosts(hall: WebHall): void {
    this.#stops.push(() => hall.stop());
    for (const { address, port, real } of hall.endpoints) this.#map("tcp", [address], port, real);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stops.splice(0).map((stop) => stop()));
    this.sockets.clear();
  }

  async #refusing(): Promise<number> {
    const held = await holdRefusingPort();
    this.#stops.push(() => held.release());
    return held.port;
  }

  #map(protocol: "tcp" | "udp", addresses: readonly string[], port: number, real: number): void {
    for (const address of addresses) {
      this.sockets.set(endpointKey(protocol, address, port), { host: LOOPBACK, port: real });
    }
  }
}
