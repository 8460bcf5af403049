import { Buffer } from "node:buffer";

const LENGTH_OCTETS = 2;

/** A message with its length before it (RFC 1035 section 4.2.2), in one piece (RFC 7766 section 8). */
export function frameMessage(message: Uint8Array): Uint8Array {
  const framed = Buffer.alloc(LENGTH_OCTETS + message.length);
  framed.writeUInt16BE(message.length, 0);
  framed.set(message, LENGTH_OCTETS);
  return framed;
}

/** Cuts a TCP stream into messages. Holds at most one unfinished message, that is 64 KB, and the piece just pushed. */
export class MessageFramer {
  #rest: Buffer = Buffer.alloc(0);

  /** The messages that `octets` completes, in order. */
  push(octets: Uint8Array): readonly Uint8Array[] {
    const messages: Uint8Array[] = [];
    let stream = Buffer.concat([this.#rest, octets]);
    while (stream.length >= LENGTH_OCTETS && stream.length >= LENGTH_OCTETS + stream.readUInt16BE(0)) {
      const end = LENGTH_OCTETS + stream.readUInt16BE(0);
      messages.push(stream.subarray(LENGTH_OCTETS, end));
      stream = stream.subarray(end);
    }
    this.#rest = stream;
    return messages;
  }
}
