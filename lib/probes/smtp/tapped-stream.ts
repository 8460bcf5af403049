import type net from "node:net";
import { Duplex } from "node:stream";
import { DialError } from "../../dial/dial-error.ts";

/**
 * A socket as TLS is given it: what arrives is counted, and kept until `release`, since Node shows neither how much that is nor
 * the certificates as they were sent. More than `maxOctets` before the release ends it with `tool-limit`. Destroying it destroys
 * the socket; the other way round, under a TLS session of Node's own, has been seen to crash the process (Node 24.21).
 */
export class TappedStream extends Duplex {
  /** What has arrived, in pieces. */
  readonly kept: Uint8Array[] = [];
  readonly #socket: net.Socket;
  readonly #maxOctets: number;
  #octets = 0;
  #isReleased = false;

  constructor(socket: net.Socket, maxOctets: number) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#maxOctets = maxOctets;
    socket.on("data", (octets: Uint8Array) => this.#take(octets));
    socket.once("end", () => this.push(null));
    socket.once("error", (error) => this.destroy(error));
    socket.once("close", () => this.destroy());
  }

  /** Keeps and counts no more, and forgets. */
  release(): void {
    this.#isReleased = true;
    this.kept.length = 0;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(octets: Uint8Array, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(octets, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #take(octets: Uint8Array): void {
    if (!this.#isReleased) {
      this.#octets += octets.length;
      this.kept.push(octets);
      if (this.#octets > this.#maxOctets) {
        this.destroy(new DialError("tool-limit", "BYTE_LIMIT", `more than ${this.#maxOctets} octets of handshake`));
        return;
      }
    }
    if (!this.push(octets)) this.#socket.pause();
  }
}
