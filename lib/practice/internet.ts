import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { canonicalAddress } from "../dial/address-policy.ts";
import { endpointKey, type SocketTable } from "../dial/sockets.ts";
import { askNameServer, offersTcp, type NameServer } from "./authority.ts";
import type { PracticeCase } from "./cases.ts";
import { listenDoh } from "./doh-server.ts";
import type { Server } from "./exchange.ts";
import { type Fault, Stage } from "./faults.ts";
import { listenDns, LOOPBACK } from "./listener.ts";
import { hasGateway } from "./gateways.ts";
import { MailHall } from "./mail-hall.ts";
import { DOH_ADDRESS, PLAIN_ADDRESS, practiceInventory, type PracticeSelection, usualCases } from "./municipality.ts";
import { holdRefusingPort } from "./refusing-port.ts";
import { createResolver, type AskAddress } from "./resolver.ts";
import { loadZoneSet } from "./zone-set.ts";

/** The practice internet while it runs. */
export interface PracticeInternet {
  /** For `mappedSockets`: every endpoint that exists, IPv4 and IPv6; anything else is unreachable. */
  readonly sockets: SocketTable;
  /** The families that count as routed, for `mappedSockets`. */
  readonly families: readonly ["ipv4", "ipv6"];
  /** The practice municipality's inventory, version 1, as JSON, which is YAML too. Paths in it are absolute. */
  readonly inventory: string;
  /** Another inventory of it, likewise: fewer domains, named by themselves or by class, or one to be watched. */
  inventoryOf(only?: readonly string[], options?: Omit<PracticeSelection, "only">): string;
  /** What is to be found, by asset id. */
  readonly expected: ReadonlyMap<string, PracticeCase>;
  /**
   * Breaks the zone at `domain` or its gateway or, with null, mends both: from the next question or connection on, at every
   * server of it and through the resolvers. Throws a RangeError when there is nothing there that could break like that.
   */
  serve(domain: string, fault: Fault | null): void;
  stop(): Promise<void>;
}

const ZONES = fileURLToPath(new URL("zones", import.meta.url));
const CERTIFICATES = new URL("certificates/", import.meta.url);
const DNS_PORT = 53;
const SMTP_PORT = 25;
const HTTPS_PORT = 443;

/** Starts every server of the practice internet on loopback. It needs no privileges and leaves nothing behind. */
export async function startPracticeInternet(zones: string = ZONES): Promise<PracticeInternet> {
  const { servers, rootAddresses, trustAnchors, variants } = await loadZoneSet(zones);
  const stage = new Stage(servers, variants);
  const resolver = createResolver(rootAddresses, authorities(servers, stage));
  const recursive: Server = async (question, dnssecOk) => {
    return { answer: await resolver.resolve(question, dnssecOk), flags: ["ra"], truncated: false };
  };
  const net = new Loopback();
  const hall = await MailHall.open(CERTIFICATES);
  try {
    net.addGateways(hall);
    await Promise.all([
      ...servers.map((server) => net.addNameServer(server, stage)),
      net.addDns([DOH_ADDRESS, PLAIN_ADDRESS], recursive),
      net.addDoh([DOH_ADDRESS, PLAIN_ADDRESS], recursive),
    ]);
  } catch (error) {
    await net.stop();
    throw error;
  }
  const files = { trustAnchors, authority: fileURLToPath(new URL("ca.pem", CERTIFICATES)) };
  const inventoryOf: PracticeInternet["inventoryOf"] = (only, options) =>
    `${JSON.stringify(practiceInventory(files, { ...options, only }), null, 2)}\n`;
  return {
    sockets: net.sockets,
    families: ["ipv4", "ipv6"],
    inventory: inventoryOf(),
    inventoryOf,
    expected: new Map(usualCases().map((each) => [`domain:${each.domain}`, each])),
    serve: (domain, fault) => serve(domain, fault, stage, hall),
    stop: () => net.stop(),
  };
}

function serve(domain: string, fault: Fault | null, stage: Stage, hall: MailHall): void {
  if (fault === "certificate-renewed") hall.renew(domain, true);
  else stage.serve(domain, fault);
  if (fault === null && hasGateway(domain)) hall.renew(domain, false);
}

/** In process, without sockets, but by the servers' own behaviour: over UDP first, over TCP when that is truncated. */
function authorities(servers: readonly NameServer[], stage: Stage): AskAddress {
  const byAddress = new Map(servers.flatMap((server) => server.addresses.map((address) => [address, server] as const)));
  return (address, question, dnssecOk) => {
    const loaded = byAddress.get(canonicalAddress(address));
    if (loaded === undefined) return null;
    const server = stage.now(loaded);
    const first = askNameServer(server, question, dnssecOk, "udp");
    if (first?.truncated !== true) return first?.answer ?? null;
    return offersTcp(server) ? (askNameServer(server, question, dnssecOk, "tcp")?.answer ?? null) : null;
  };
}

/** The sockets that have been opened, and which endpoint each of them plays. */
class Loopback {
  readonly sockets = new Map<string, { readonly host: typeof LOOPBACK; readonly port: number }>();
  readonly #stops: (() => Promise<void>)[] = [];

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
    const key = await readFile(new URL("doh.key", CERTIFICATES), "utf8");
    const certificate = await readFile(new URL("doh.pem", CERTIFICATES), "utf8");
    const listener = await listenDoh(server, { key, certificate });
    this.#stops.push(() => listener.stop());
    this.#map("tcp", addresses, HTTPS_PORT, listener.port);
  }

  addGateways(hall: MailHall): void {
    this.#stops.push(() => hall.stop());
    for (const { address, port } of hall.endpoints) this.#map("tcp", [address], SMTP_PORT, port);
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
