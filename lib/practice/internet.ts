import { fileURLToPath } from "node:url";
import { canonicalAddress } from "../dial/address-policy.ts";
import type { SocketTable } from "../dial/sockets.ts";
import { askNameServer, offersTcp, type NameServer } from "./authority.ts";
import type { PracticeCase, WebCase } from "./cases.ts";
import type { Server } from "./exchange.ts";
import { type Fault, Stage } from "./faults.ts";
import { hasGateway } from "./gateways.ts";
import { Loopback } from "./loopback.ts";
import { MailHall } from "./mail-hall.ts";
import {
  DOH_ADDRESS,
  PLAIN_ADDRESS,
  practiceInventory,
  type PracticeSelection,
  usualCases,
  usualWebCases,
} from "./municipality.ts";
import { createResolver, type AskAddress } from "./resolver.ts";
import { assetIdOf } from "./web-case.ts";
import { WebHall } from "./web-hall.ts";
import { hasWebHost } from "./web-hosts.ts";
import { addressesIn, loadZoneSet } from "./zone-set.ts";

/** The practice internet while it runs. */
export interface PracticeInternet {
  /** For `mappedSockets`: every endpoint that exists, IPv4 and IPv6; anything else is unreachable. */
  readonly sockets: SocketTable;
  /** The families that count as routed, for `mappedSockets`. */
  readonly families: readonly ["ipv4", "ipv6"];
  /** The practice municipality's inventory, version 1, as JSON, which is YAML too. Paths in it are absolute. */
  readonly inventory: string;
  /** Another inventory of it, likewise: fewer assets, named by themselves or by class, or one to be watched. */
  inventoryOf(only?: readonly string[], options?: Omit<PracticeSelection, "only">): string;
  /** What is to be found, by asset id. */
  readonly expected: ReadonlyMap<string, PracticeCase | WebCase>;
  /**
   * Breaks the zone at `domain`, its gateway or its web host or, with null, mends them all: from the next question or
   * connection on, at every server of it and through the resolvers. Throws a RangeError when there is nothing there that could break like that.
   */
  serve(domain: string, fault: Fault | null): void;
  stop(): Promise<void>;
}

const ZONES = fileURLToPath(new URL("zones", import.meta.url));
const CERTIFICATES = new URL("certificates/", import.meta.url);
/** The authorities of the practice resolvers and of the practice web. */
const AUTHORITIES = "authorities.pem";

/** Starts every server of the practice internet on loopback. It needs no privileges and leaves nothing behind. */
export async function startPracticeInternet(zones: string = ZONES): Promise<PracticeInternet> {
  const { servers, rootAddresses, trustAnchors, variants } = await loadZoneSet(zones);
  const stage = new Stage(servers, variants);
  const resolver = createResolver(rootAddresses, authorities(servers, stage));
  const recursive: Server = async (question, dnssecOk) => {
    return { answer: await resolver.resolve(question, dnssecOk), flags: ["ra"], truncated: false };
  };
  const net = new Loopback(CERTIFICATES);
  const halls = await net.stoppingOnFailure(async () => {
    const mail = await MailHall.open(CERTIFICATES);
    net.addGateways(mail);
    const web = await WebHall.open(CERTIFICATES, (host) => addressesIn(servers, host));
    net.addWebHosts(web);
    await Promise.all([
      ...servers.map((server) => net.addNameServer(server, stage)),
      net.addDns([DOH_ADDRESS, PLAIN_ADDRESS], recursive),
      net.addDoh([DOH_ADDRESS, PLAIN_ADDRESS], recursive),
    ]);
    return { mail, web };
  });
  const files = { trustAnchors, authority: fileURLToPath(new URL(AUTHORITIES, CERTIFICATES)) };
  const inventoryOf: PracticeInternet["inventoryOf"] = (only, options) =>
    `${JSON.stringify(practiceInventory(files, { ...options, only }), null, 2)}\n`;
  return {
    sockets: net.sockets,
    families: ["ipv4", "ipv6"],
    inventory: inventoryOf(),
    inventoryOf,
    expected: new Map<string, PracticeCase | WebCase>([
      ...usualCases().map((each) => [`domain:${each.domain}`, each] as const),
      ...usualWebCases().map((each) => [assetIdOf(each), each] as const),
    ]),
    serve: (domain, fault) => serve(domain, fault, { stage, ...halls }),
    stop: () => net.stop(),
  };
}

interface Playing {
  readonly stage: Stage;
  readonly mail: MailHall;
  readonly web: WebHall;
}

function serve(domain: string, fault: Fault | null, { stage, mail, web }: Playing): void {
  if (fault === "certificate-renewed") mail.renew(domain, true);
  else if (fault === "hsts-lost" || fault === "old-tls") web.serve(domain, fault);
  else stage.serve(domain, fault);
  if (fault !== null) return;
  if (hasGateway(domain)) mail.renew(domain, false);
  if (hasWebHost(domain)) web.serve(domain, null);
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
