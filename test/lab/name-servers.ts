import { writeFile } from "node:fs/promises";
import type { Manifest, ManifestServer } from "../../scripts/zones/manifest.ts";
import { runToEnd, type Workshop } from "./workshop.ts";

/** Where relays stand in front of servers: they write every question down, and can make the way longer. */
export interface Placement {
  /** Name server addresses that have a relay; "all": every one of a normal server, and the resolvers too. */
  readonly relayed: ReadonlySet<string> | "all";
  /** Milliseconds by which every relayed answer, and every connection, is late; what resolvers ask is not delayed. */
  readonly delayMs: number;
}

export const ODD_SERVERS_CONFIG = "odd-servers.json";
/** Where the keys of the run are kept, for the servers that sign as they are asked. */
export const KEY_FOLDER = "keys";
export const QUERY_LOG = "queries.jsonl";
/** Where nsd listens when something else stands in front of it on port 53. */
export const BEHIND_PORT = 5300;
/** Where a resolver listens for DoH when a relay stands in front of it on port 443. */
export const BEHIND_HTTPS_PORT = 8443;

const DNS_PORT = 53;

/** One address at which a Node program, not nsd, is met. */
export interface OddServer {
  readonly address: string;
  readonly kind: "silent" | "truncating" | "truncating-no-tcp" | "compact" | "relay" | "resolver-relay";
  /** The zones served there, without final dot. */
  readonly zones: readonly string[];
  readonly delayMs: number;
}

/** Makes addresses local to this namespace. */
export async function addAddresses(addresses: readonly string[]): Promise<void> {
  for (const address of new Set(addresses)) {
    const isIpv6 = address.includes(":");
    const parameters = ["addr", "add", `${address}/${isIpv6 ? "128" : "32"}`, "dev", "lo"];
    const { status, stderr } = await runToEnd("ip", isIpv6 ? [...parameters, "nodad"] : parameters);
    // A second internet in the same namespace has them already.
    if (status !== 0 && !stderr.includes("already assigned") && !stderr.includes("File exists"))
      throw new Error(`ip addr add ${address}: ${stderr.trim()}`);
  }
}

/** Starts every name server of a manifest: one nsd for each set of zones, and one Node process for the odd ones. */
export async function startNameServers(
  workshop: Workshop,
  manifest: Manifest,
  zoneFolder: string,
  placement: Placement,
  resolvers: readonly string[],
): Promise<void> {
  const groups = Map.groupBy(manifest.servers.filter(isServedByNsd), ({ zones }) => JSON.stringify(zones));
  let number = 0;
  for (const servers of groups.values()) {
    const name = `nsd-${String(number++)}`;
    await writeFile(workshop.path(`${name}.conf`), nsdConfig(workshop, name, servers, zoneFolder, placement));
    workshop.start(name, "nsd", ["-d", "-c", workshop.path(`${name}.conf`)]);
  }
  await writeFile(workshop.path(ODD_SERVERS_CONFIG), JSON.stringify(oddServers(manifest, placement, resolvers)));
  const program = new URL("odd-servers.ts", import.meta.url).pathname;
  workshop.start("odd-servers", process.execPath, ["--no-warnings", program, workshop.folder]);
}

function isServedByNsd({ behaviour }: ManifestServer): boolean {
  return behaviour !== "silent" && behaviour !== "truncating-no-tcp";
}

/** Whether a relay stands in front of the server at an address. */
export function isRelayed(address: string, { relayed }: Placement): boolean {
  return relayed === "all" || relayed.has(address);
}

function oddServers(manifest: Manifest, placement: Placement, resolvers: readonly string[]): readonly OddServer[] {
  const { delayMs } = placement;
  const inFront = resolvers.filter(() => placement.relayed === "all");
  return [
    ...inFront.map((address) => ({ address, kind: "resolver-relay", zones: [], delayMs }) as const),
    ...oddNameServers(manifest, placement),
  ];
}

function oddNameServers(manifest: Manifest, placement: Placement): readonly OddServer[] {
  return manifest.servers.flatMap(({ addresses, behaviour, zones: files }) =>
    addresses.flatMap((address): readonly OddServer[] => {
      const zones = files.map(({ zone }) => zone);
      if (behaviour !== "normal" && behaviour !== "lame") return [{ address, kind: behaviour, zones, delayMs: 0 }];
      return isRelayed(address, placement) ? [{ address, kind: "relay", zones, delayMs: placement.delayMs }] : [];
    }),
  );
}

function nsdConfig(
  workshop: Workshop,
  name: string,
  servers: readonly ManifestServer[],
  zoneFolder: string,
  placement: Placement,
): string {
  const listening = servers.flatMap(({ addresses, behaviour }) =>
    addresses.map((address) => {
      const isBehind = behaviour === "truncating" || behaviour === "compact" || isRelayed(address, placement);
      return `  ip-address: ${address}@${String(isBehind ? BEHIND_PORT : DNS_PORT)}`;
    }),
  );
  const zones = (servers[0]?.zones ?? []).flatMap(({ zone, file }) => [
    "zone:",
    `  name: "${zone}"`,
    `  zonefile: "${file}"`,
  ]);
  return [
    "server:",
    ...listening,
    `  zonesdir: "${zoneFolder}"`,
    `  pidfile: "${workshop.path(`${name}.pid`)}"`,
    `  xfrdfile: "${workshop.path(`${name}.xfrd`)}"`,
    `  zonelistfile: "${workshop.path(`${name}.zonelist`)}"`,
    `  xfrdir: "${workshop.folder}"`,
    '  database: ""',
    '  username: ""',
    '  chroot: ""',
    "  server-count: 1",
    "  rrl-ratelimit: 0",
    "  verbosity: 1",
    "remote-control:",
    "  control-enable: no",
    ...zones,
    "",
  ].join("\n");
}
