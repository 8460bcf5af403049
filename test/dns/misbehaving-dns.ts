import dgram from "node:dgram";
import net from "node:net";
import { decodeMessage, encodeMessage } from "../../lib/wire/codec.ts";
import type { DecodedMessage, MessageOptions } from "../../lib/wire/codec.ts";
import type { Question, ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { createDialer } from "../../lib/dial/dialer.ts";
import type { Dialer, Target } from "../../lib/dial/dialer.ts";

export const QUESTION: Question = { name: name("www.example.dk"), type: "A" };
export const ADDRESS: ResourceRecord = { name: QUESTION.name, type: "A", ttl: 300, data: "uRQAAQ==" };
export const EDNS: MessageOptions["edns"] = { udpSize: 1232, dnssecOk: true, errors: [] };

/** What a server does with a query: it sends what it likes, when it likes. */
export type Behaviour = (query: Query, send: (message: Uint8Array) => void, socket: net.Socket | null) => void;

export interface Query {
  readonly bytes: Uint8Array;
  readonly decoded: DecodedMessage;
  /** A right answer, with what is given put in its place. */
  answer(changes?: Partial<MessageOptions>): Uint8Array;
}

export interface FakeServer {
  readonly target: Target;
  /** Queries received, by transport. */
  readonly seen: { udp: Query[]; tcp: Query[]; connections: number };
  close(): Promise<void>;
}

export interface Behaviours {
  /** Null: the port is closed. */
  readonly udp: Behaviour | null;
  /** Absent: the port is closed. */
  readonly tcp?: Behaviour;
}

/** A DNS server on 127.0.0.1, with the same port for both transports. */
export async function startServer(behaviour: Behaviours): Promise<FakeServer> {
  const seen: FakeServer["seen"] = { udp: [], tcp: [], connections: 0 };
  const sockets = new Set<net.Socket>();
  let isClosed = false;
  const tcp = net.createServer((socket) => {
    seen.connections += 1;
    sockets.add(socket);
    serveStream(socket, (query) => {
      seen.tcp.push(query);
      behaviour.tcp?.(query, (message) => socket.write(framed(message)), socket);
    });
  });
  await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
  const port = (tcp.address() as net.AddressInfo).port;
  if (behaviour.tcp === undefined) {
    await new Promise((resolve) => tcp.close(resolve));
  }
  const udp = dgram.createSocket("udp4");
  udp.on("message", (bytes, from) => {
    const query = readQuery(bytes);
    seen.udp.push(query);
    const send = (message: Uint8Array): void => (isClosed ? undefined : udp.send(message, from.port, from.address));
    behaviour.udp?.(query, send, null);
  });
  if (behaviour.udp !== null) {
    await new Promise<void>((resolve) => udp.bind(port, "127.0.0.1", resolve));
  }
  return {
    target: { address: "127.0.0.1", port },
    seen,
    async close() {
      isClosed = true;
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => tcp.close(resolve));
      await new Promise<void>((resolve) => udp.close(() => resolve()));
    },
  };
}

/** A dialer that may dial 127.0.0.0/8 and nothing else that is special. */
export function loopbackDialer(): Dialer {
  return createDialer({ allowSpecialAddresses: ["127.0.0.0/8"] });
}

/** A port of 127.0.0.1 on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (server.address() as net.AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function framed(message: Uint8Array): Buffer {
  return Buffer.concat([Uint8Array.of(message.length >> 8, message.length & 0xff), message]);
}

export function readQuery(bytes: Uint8Array): Query {
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) {
    throw new Error(`the client sent a malformed query: ${decoded.problem}`);
  }
  const { id, questionWire, reply } = decoded.value;
  return {
    bytes,
    decoded: decoded.value,
    answer: (changes = {}) =>
      encodeMessage({
        id,
        flags: ["rd", "ra"],
        rcode: 0,
        question: reply.question,
        questionWire,
        answer: [ADDRESS],
        authority: [],
        additional: [],
        edns: EDNS,
        ...changes,
      }),
  };
}

function serveStream(socket: net.Socket, onQuery: (query: Query) => void): void {
  let held: Buffer = Buffer.alloc(0);
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
      const end = 2 + held.readUInt16BE(0);
      onQuery(readQuery(held.subarray(2, end)));
      held = held.subarray(end);
    }
  });
}
