import net from "node:net";
import { afterEach } from "@jest/globals";
import { createDialer, type Dialer } from "../../../lib/dial/dialer.ts";
import { endpointKey, type LoopbackEndpoint, mappedSockets } from "../../../lib/dial/sockets.ts";

/** Says what is written, hangs up after it, resets, or takes the socket over. */
export type Saying = string | Buffer | { readonly thenEnd: string } | typeof RESET | ((socket: net.Socket) => void);

export const RESET = Symbol("reset");

/**
 * What a server says first, and to what. Keys of `to` are the beginnings of what is heard, a line or a bunch of octets in hex after
 * "0x"; what has no key is answered with silence.
 */
export interface Script {
  readonly greeting?: Saying;
  readonly to?: Readonly<Record<string, Saying>>;
}

export interface ScriptedServer {
  readonly port: number;
  /** Everything that every connection said, in lines; what is no text in hex after "0x". */
  readonly heard: readonly string[];
  readonly connections: () => number;
}

export const ADDRESS = "185.20.61.10";

/** A small internet of scripted servers, closed after each test. */
export class ScriptedInternet {
  readonly table = new Map<string, LoopbackEndpoint>();
  dialer: Dialer = this.#makeDialer();
  readonly #closing: (() => void)[] = [];

  constructor() {
    afterEach(() => {
      this.table.clear();
      this.dialer = this.#makeDialer();
      for (const close of this.#closing.splice(0)) close();
    });
  }

  /** A server behind `port` of ADDRESS. With a list, the first connection meets the first script, and the last one stays. */
  async add(port: number, script: Script | readonly Script[]): Promise<ScriptedServer> {
    const heard: string[] = [];
    let scripts = [script].flat();
    let connections = 0;
    const server = net.createServer((socket) => {
      connections += 1;
      const [now = {}, ...later] = scripts;
      if (later.length > 0) scripts = later;
      follow(socket, now, heard);
    });
    const at = await this.listen(port, server);
    return { port: at, heard, connections: () => connections };
  }

  /** Any server, behind `port` of ADDRESS. */
  async listen(port: number, server: net.Server): Promise<number> {
    const sockets = new Set<net.Socket>();
    server.on("connection", (socket) => {
      sockets.add(socket.on("error", () => undefined));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#closing.push(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    const { port: real } = server.address() as net.AddressInfo;
    this.table.set(endpointKey("tcp", ADDRESS, port), { host: "127.0.0.1", port: real });
    return real;
  }

  connect(port: number): Promise<net.Socket> {
    return this.dialer.connectTcp({ address: ADDRESS, port }, { purpose: "tls", timeoutMs: 3000 });
  }

  #makeDialer(): Dialer {
    return createDialer({ sockets: mappedSockets(this.table, ["ipv4", "ipv6"]) });
  }
}

function follow(socket: net.Socket, { greeting, to = {} }: Script, heard: string[]): void {
  socket.on("error", () => undefined);
  if (greeting !== undefined) say(socket, greeting);
  const listen = (octets: Buffer): void => {
    const isText = /^[\t\r\n -~]*$/.test(octets.toString("latin1"));
    const sayings = isText ? octets.toString("latin1").split("\r\n") : [`0x${octets.toString("hex")}`];
    for (const line of sayings.filter((each) => each !== "")) {
      heard.push(line);
      const key = Object.keys(to).find((each) => line.startsWith(each));
      const saying = key === undefined ? undefined : to[key];
      if (typeof saying === "function") socket.off("data", listen);
      if (saying !== undefined) say(socket, saying);
    }
  };
  socket.on("data", listen);
}

function say(socket: net.Socket, saying: Saying): void {
  if (typeof saying === "function") saying(socket);
  else if (saying === RESET) socket.resetAndDestroy();
  else if (typeof saying === "string" || Buffer.isBuffer(saying)) socket.write(saying);
  else socket.end(saying.thenEnd);
}
