/**
 * Loaded before a bundle by `--import`: leads the process's sockets into the practice internet of another process. Only the
 * innermost step is replaced, opening a socket to an address; the bundle knows nothing of it. KRAVVAGT_PRACTICE_SOCKETS names
 * a file with the table (see lib/dial/sockets.ts) and a port on which datagrams are lost.
 */
import dgram from "node:dgram";
import { readFileSync } from "node:fs";
import net from "node:net";

interface Practice {
  /** By `endpointKey`: the port of 127.0.0.1 that plays the endpoint. */
  readonly ports: Readonly<Record<string, number>>;
  readonly hole: number;
}

const file = process.env.KRAVVAGT_PRACTICE_SOCKETS;
if (file === undefined) throw new Error("KRAVVAGT_PRACTICE_SOCKETS is not set");
const practice = JSON.parse(readFileSync(file, "utf8")) as Practice;

function isNear(address: string): boolean {
  return /^(127\.|::1$|::ffff:127\.|localhost$)/u.test(address);
}

function portOf(protocol: "tcp" | "udp", address: string, port: number): number | undefined {
  return practice.ports[`${protocol} ${address} ${String(port)}`];
}

const connectTcp = net.Socket.prototype.connect as (this: net.Socket, ...args: unknown[]) => net.Socket;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
  // `net.connect` hands over its arguments as one list, with the options first.
  const [first] = (Array.isArray(args[0]) ? args[0] : args) as readonly unknown[];
  const { host = "localhost", port } = (typeof first === "object" ? first : { port: first }) as net.TcpNetConnectOpts;
  if (isNear(host)) return connectTcp.apply(this, args);
  const real = portOf("tcp", host, port);
  if (real !== undefined) return connectTcp.call(this, { host: "127.0.0.1", port: real, noDelay: true });
  const unreachable = Object.assign(new Error(`${host} is not in the table`), { code: "EHOSTUNREACH" });
  process.nextTick(() => this.destroy(unreachable));
  return this;
};

/** A socket for IPv6 reaches IPv4's loopback by its mapped form. */
const families = new WeakMap<dgram.Socket, dgram.SocketType>();
const createSocket = dgram.createSocket as (...args: readonly unknown[]) => dgram.Socket;
dgram.createSocket = (...args: readonly unknown[]) => {
  const socket = createSocket(...args);
  const [first] = args as readonly [dgram.SocketType | dgram.SocketOptions];
  families.set(socket, typeof first === "string" ? first : first.type);
  return socket;
};

const connectUdp = dgram.Socket.prototype.connect as (
  this: dgram.Socket,
  port: number,
  address: string,
  done?: () => void,
) => void;
/** Everywhere has a route, and where nobody listens datagrams are lost: a real router does no otherwise. */
dgram.Socket.prototype.connect = function (
  this: dgram.Socket,
  port: number,
  address?: unknown,
  done?: () => void,
): void {
  const wanted = String(address);
  if (isNear(wanted)) {
    connectUdp.call(this, port, wanted, done);
    return;
  }
  const near = families.get(this) === "udp6" ? "::ffff:127.0.0.1" : "127.0.0.1";
  connectUdp.call(this, portOf("udp", wanted, port) ?? practice.hole, near, done);
};
