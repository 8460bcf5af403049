import dgram from "node:dgram";
import net from "node:net";
import { exchange, type Server } from "./exchange.ts";
import { frameMessage, MessageFramer } from "./tcp-framing.ts";

/** The loopback port that one practice server answers on, over UDP and, if it has TCP, over TCP. */
export interface Listener {
  readonly port: number;
  stop(): Promise<void>;
}

export const LOOPBACK = "127.0.0.1";

/** A client that neither asks nor hangs up is let go after this long. */
const IDLE_MILLISECONDS = 30_000;

/** How often another port is tried because someone else has the TCP side of it. */
const MAX_ATTEMPTS = 10;

/** Binds one ephemeral loopback port for both transports, so that dig and delv can be pointed at it, and answers on it. */
export async function listenDns(server: Server, withTcp: boolean): Promise<Listener> {
  for (let attempt = 1; ; attempt++) {
    const udp = await bindUdp(server);
    const { port } = udp.address();
    try {
      const tcp = withTcp ? await bindTcp(server, port) : null;
      const stop = async (): Promise<void> => {
        await Promise.all([closeUdp(udp), tcp?.stop()]);
      };
      return { port, stop };
    } catch (error) {
      await closeUdp(udp);
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

async function bindUdp(server: Server): Promise<dgram.Socket> {
  const socket = dgram.createSocket("udp4");
  let isOpen = true;
  socket.once("close", () => (isOpen = false));
  socket.on("message", (query, client) => {
    void exchange(server, query, "udp").then((reply) => {
      if (reply !== null && isOpen) socket.send(reply, client.port, client.address, ignoreClientGone);
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, LOOPBACK, () => {
      socket.off("error", reject);
      socket.on("error", ignoreClientGone);
      resolve();
    });
  });
  return socket;
}

function closeUdp(socket: dgram.Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}

async function bindTcp(server: Server, port: number): Promise<{ stop(): Promise<void> }> {
  const listener = net.createServer({ noDelay: true }, (client) => serveTcp(server, client));
  const stop = stopper(listener);
  await listenOn(listener, port);
  return { stop };
}

function serveTcp(server: Server, client: net.Socket): void {
  const framer = new MessageFramer();
  client.setTimeout(IDLE_MILLISECONDS, () => client.destroy());
  client.on("error", ignoreClientGone);
  client.on("data", (octets) => {
    for (const query of framer.push(octets)) {
      void exchange(server, query, "tcp").then((reply) => {
        if (reply !== null && client.writable) client.write(frameMessage(reply));
      });
    }
  });
}

/** Starts `listener` on a loopback port, 0 meaning any, and returns the port. Rejects with the system's error. */
export async function listenOn(listener: net.Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen({ host: LOOPBACK, port }, () => {
      listener.off("error", reject);
      resolve();
    });
  });
  return (listener.address() as net.AddressInfo).port;
}

/** Watches the clients of `listener` from now on; the result closes it and lets go of all of them. */
export function stopper(listener: net.Server): () => Promise<void> {
  const clients = new Set<net.Socket>();
  listener.on("connection", (client: net.Socket) => {
    clients.add(client);
    client.once("close", () => clients.delete(client));
  });
  return () =>
    new Promise((resolve) => {
      listener.close(() => resolve());
      for (const client of clients) client.destroy();
    });
}

/** A client that went away is its own business: the server has nobody to tell. */
export function ignoreClientGone(): void {
  // Nothing to do.
}
