import { mappedSockets, type SocketOpener } from "../../lib/dial/sockets.ts";
import type { PracticeInternet } from "../../lib/practice/internet.ts";
import { frameMessage, MessageFramer } from "../../lib/practice/tcp-framing.ts";
import { decodeMessage, encodeQuery } from "../../lib/wire/codec.ts";
import type { Reply } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";

/** The practice resolver; the same for UDP and TCP. */
export const RESOLVER = "185.20.0.54";

/** Asks practice servers with DO and CD, and with RD if it is the resolver. */
export class Asker {
  readonly #sockets: SocketOpener;

  constructor({ sockets, families }: PracticeInternet) {
    this.#sockets = mappedSockets(sockets, families);
  }

  /** Null when nothing comes within a moment. Rejects with the socket's error. */
  async overUdp(address: string, owner: string, type: string): Promise<Reply | null> {
    const socket = await this.#sockets.openUdp(address, 53);
    try {
      return await new Promise((resolve, reject) => {
        socket.once("message", (octets) => resolve(decoded(octets)));
        socket.once("error", reject);
        setTimeout(() => resolve(null), 300).unref();
        socket.send(query(address, owner, type));
      });
    } finally {
      socket.close();
    }
  }

  /** Rejects with the socket's error. */
  overTcp(address: string, owner: string, type: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const socket = this.#sockets.openTcp(address, 53);
      const framer = new MessageFramer();
      socket.on("error", reject);
      socket.on("close", () => reject(new Error("closed without an answer")));
      socket.on("data", (octets) => {
        const [message] = framer.push(octets);
        if (message === undefined) return;
        resolve(decoded(message));
        socket.destroy();
      });
      socket.write(frameMessage(query(address, owner, type)));
    });
  }
}

function query(address: string, owner: string, type: string): Uint8Array {
  const question = { name: name(owner), type };
  const flags = { recursionDesired: address === RESOLVER, checkingDisabled: true, dnssecOk: true };
  return encodeQuery({ id: 9, question, ...flags, udpPayloadSize: 1_232 });
}

function decoded(octets: Uint8Array): Reply {
  const message = decodeMessage(octets);
  if (!message.ok) throw new Error(message.problem);
  return message.value.reply;
}
