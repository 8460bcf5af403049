import dgram from "node:dgram";
import net from "node:net";

export type Family = "ipv4" | "ipv6";

/**
 * The innermost step: the only thing that tests and the practice municipality replace. Addresses are IP literals that
 * the policy has admitted. Errors carry the system's codes.
 */
export interface SocketOpener {
  /** A socket that is connecting; it emits `connect`, or `error` and `close`. */
  openTcp(address: string, port: number): net.Socket;
  /** A UDP socket connected to the endpoint, so that the kernel drops what others send. Nothing is sent. */
  openUdp(address: string, port: number): Promise<dgram.Socket>;
  /** Whether this vantage has a route to the address. Sends nothing. */
  hasRoute(address: string): Promise<boolean>;
  /** The families that this vantage has a route to the internet for. Sends nothing. */
  routedFamilies(): Promise<readonly Family[]>;
}

/** Addresses of a.root-servers.net (root hints, www.internic.net/domain/named.root): where a default route leads. */
const FAR_ADDRESS: Readonly<Record<Family, string>> = { ipv4: "198.41.0.4", ipv6: "2001:503:ba3e::2:30" };
const ANY_PORT = 53;

export const FAMILIES: readonly Family[] = ["ipv4", "ipv6"];

export function familyOf(address: string): Family {
  return net.isIPv6(address) ? "ipv6" : "ipv4";
}

/** The operating system's sockets. */
export function systemSockets(): SocketOpener {
  return {
    openTcp: (address, port) => net.connect({ host: address, port, noDelay: true }),
    openUdp: openConnectedUdp,
    hasRoute,
    async routedFamilies() {
      const routed = await Promise.all(FAMILIES.map((family) => hasRoute(FAR_ADDRESS[family])));
      return FAMILIES.filter((_, index) => routed[index]);
    },
  };
}

/** Where a mapped endpoint really is: always on loopback. */
export interface LoopbackEndpoint {
  readonly host: "127.0.0.1" | "::1";
  readonly port: number;
}

/** Keys are made by `endpointKey`. */
export type SocketTable = ReadonlyMap<string, LoopbackEndpoint>;

/** `address` in the spelling of `canonicalAddress`. */
export function endpointKey(protocol: "tcp" | "udp", address: string, port: number): string {
  return `${protocol} ${address} ${String(port)}`;
}

/**
 * An internet that consists of the table: endpoints in it lead to loopback, every other one is EHOSTUNREACH and is
 * never dialled. The table is read at each connect, so it may grow. `families` are those that count as routed.
 */
export function mappedSockets(table: SocketTable, families: readonly Family[]): SocketOpener {
  return {
    openTcp(address, port) {
      const real = table.get(endpointKey("tcp", address, port));
      if (real === undefined) {
        const refused = new net.Socket();
        process.nextTick(() => refused.destroy(unreachable(address)));
        return refused;
      }
      return net.connect({ host: real.host, port: real.port, noDelay: true });
    },
    async openUdp(address, port) {
      const real = table.get(endpointKey("udp", address, port));
      if (real === undefined) {
        throw unreachable(address);
      }
      return openConnectedUdp(real.host, real.port);
    },
    hasRoute: async (address) => families.includes(familyOf(address)),
    routedFamilies: async () => families,
  };
}

function unreachable(address: string): Error {
  return Object.assign(new Error(`${address} is not in the table`), { code: "EHOSTUNREACH" });
}

async function openConnectedUdp(address: string, port: number): Promise<dgram.Socket> {
  const socket = dgram.createSocket(familyOf(address) === "ipv6" ? "udp6" : "udp4");
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("error", reject);
      socket.connect(port, address);
    });
    socket.removeAllListeners("error");
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

async function hasRoute(address: string): Promise<boolean> {
  try {
    (await openConnectedUdp(address, ANY_PORT)).close();
    return true;
  } catch {
    return false;
  }
}
