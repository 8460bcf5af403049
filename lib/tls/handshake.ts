import { Buffer } from "node:buffer";

/** RFC 8446 appendix B.3 and RFC 5246 section 7.4. */
export const HANDSHAKE = {
  helloRequest: 0,
  serverHello: 2,
  newSessionTicket: 4,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateStatus: 22,
} as const;

/** One handshake message: its type and a view of its body. */
export interface HandshakeMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

const HEAD_OCTETS = 4;
/** OpenSSL takes certificate messages of up to 100 KB by default; nothing that a server sends in clear is larger. */
export const MESSAGE_OCTETS_LIMIT = 0x2_0000;

/**
 * Joins the contents of handshake records into messages: several in one record, one over many records. Stops for good at a
 * message that is too large. Never throws.
 */
export class HandshakeReader {
  #parts: Uint8Array[] = [];
  #octets = 0;
  #wanted = HEAD_OCTETS;
  #problem: string | null = null;

  get problem(): string | null {
    return this.#problem;
  }

  /** Octets of a message that is not whole yet. */
  get unfinished(): number {
    return this.#octets;
  }

  /** The messages that are whole with this record's content, in their order. */
  push(content: Uint8Array): readonly HandshakeMessage[] {
    if (this.#problem !== null) return [];
    this.#parts.push(content);
    this.#octets += content.length;
    // Joined only when a whole head or message is there: a message in many small records costs no more than its size.
    if (this.#octets < this.#wanted) return [];
    const messages: HandshakeMessage[] = [];
    let octets: Uint8Array = Buffer.concat(this.#parts, this.#octets);
    for (let next = this.#take(octets); next !== null; next = this.#take(octets)) {
      messages.push(next);
      octets = octets.subarray(HEAD_OCTETS + next.body.length);
    }
    this.#parts = octets.length === 0 ? [] : [octets];
    this.#octets = octets.length;
    return messages;
  }

  #take(octets: Uint8Array): HandshakeMessage | null {
    this.#wanted = HEAD_OCTETS;
    const [type, high, middle, low] = octets;
    if (type === undefined || high === undefined || middle === undefined || low === undefined) return null;
    const length = high * 0x1_0000 + middle * 0x100 + low;
    this.#wanted = HEAD_OCTETS + length;
    if (length > MESSAGE_OCTETS_LIMIT) {
      this.#problem = `a handshake message of ${length} octets`;
      return null;
    }
    return octets.length < this.#wanted ? null : { type, body: octets.subarray(HEAD_OCTETS, this.#wanted) };
  }
}
