import { Buffer } from "node:buffer";
import type { Duplex } from "node:stream";
import { DialError, toDialError } from "../../dial/dial-error.ts";
import { patiently } from "../../dial/patience.ts";
import type { Reading } from "../../services/reading.ts";

/** Until when an answer is waited for, and what for. */
export interface Wait {
  /** For the error: "waiting for the greeting". */
  readonly doing: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** No answer of any protocol here is as long; it bounds what is kept whatever a reading asks for. */
const MOST_WAITING_OCTETS = 131_072;

/**
 * Speaking and listening over one stream, in any protocol of commands and answers. Whoever opened the stream bounds its octets and
 * destroys it. Every failure is a DialError: silence `tcp-timeout`, an end `connection-reset`, what the reading cannot take
 * `protocol-error` with the code NOT_<protocol>.
 */
export class Dialogue {
  readonly #stream: Duplex;
  readonly #protocol: string;
  #heard: Buffer = Buffer.alloc(0);
  #ended: DialError | null = null;
  #wake: () => void = () => undefined;

  constructor(stream: Duplex, protocol: string) {
    this.#stream = stream;
    this.#protocol = protocol;
    stream.on("data", this.#onData).on("error", this.#onError).on("end", this.#onEnd).on("close", this.#onEnd);
  }

  say(octets: string | Uint8Array): void {
    this.#stream.write(octets);
  }

  /** The next answer. What was heard before an end still counts. */
  hear<T>(reading: Reading<T>, { doing, timeoutMs, signal }: Wait): Promise<T> {
    const timedOut = (): DialError =>
      new DialError("tcp-timeout", "SILENT", `${doing}: no whole reply within ${Math.round(timeoutMs)} ms`);
    return patiently({ timeoutMs, signal, doing, timedOut }, (hand) => {
      const read = (): void => {
        const progress = reading(this.#heard);
        if (!progress.ok) {
          hand.reject(new DialError("protocol-error", `NOT_${this.#protocol}`, `${doing}: ${progress.problem}`));
        } else if (progress.value !== null) {
          this.#heard = this.#heard.subarray(progress.value.used);
          hand.resolve(progress.value.value);
        } else if (this.#ended !== null) {
          hand.reject(new DialError(this.#ended.cause, this.#ended.code, `${doing}: ${this.#ended.message}`));
        } else if (this.#heard.length > MOST_WAITING_OCTETS) {
          hand.reject(new DialError("tool-limit", "BYTE_LIMIT", `${doing}: more octets than any answer has`));
        }
      };
      this.#wake = read;
      hand.atEnd(() => {
        this.#wake = () => undefined;
      });
      read();
    });
  }

  /**
   * Listens no more and lets go of the stream, which is left paused: who reads on must resume it. True when octets came that no
   * answer took.
   */
  leave(): boolean {
    const { readableLength } = this.#stream;
    this.#stream.off("data", this.#onData).off("end", this.#onEnd).off("close", this.#onEnd);
    this.#stream.pause();
    // Whatever lies in wait was sent in clear and must never be read as TLS, nor as an answer over TLS (RFC 3207 section 4.2).
    this.#stream.read();
    return this.#heard.length > 0 || readableLength > 0;
  }

  readonly #onData = (octets: Uint8Array): void => {
    this.#heard = Buffer.concat([this.#heard, octets]);
    this.#wake();
  };

  readonly #onError = (error: unknown): void => {
    this.#ended ??= toDialError(error, "the connection");
    this.#wake();
  };

  readonly #onEnd = (): void => {
    this.#ended ??= new DialError("connection-reset", "CLOSED", "the server hung up");
    this.#wake();
  };
}
