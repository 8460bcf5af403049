import type { Duplex } from "node:stream";
import { DialError, toDialError } from "../../dial/dial-error.ts";
import { patiently } from "../../dial/patience.ts";
import type { SmtpReply } from "../../mail/observations.ts";
import { type ReplyProgress, SmtpReplyReader } from "../../parsers/smtp-reply.ts";

/**
 * Commands and replies over one stream, in clear or over TLS. Whoever opened the stream bounds its octets and destroys it. Every
 * failure is a DialError: silence `tcp-timeout`, an end `connection-reset`, what is no SMTP `protocol-error`.
 */
export class SmtpDialogue {
  readonly #stream: Duplex;
  readonly #heard: Uint8Array[] = [];
  #ended: DialError | null = null;
  #wake: () => void = () => undefined;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on("data", this.#onData).on("error", this.#onError).on("end", this.#onEnd).on("close", this.#onEnd);
  }

  /** The next reply. What was heard before an end still counts. */
  reply(doing: string, timeoutMs: number, signal: AbortSignal): Promise<SmtpReply> {
    const reader = new SmtpReplyReader();
    const timedOut = (): DialError =>
      new DialError("tcp-timeout", "SILENT", `${doing}: no whole reply within ${timeoutMs} ms`);
    return patiently({ timeoutMs, signal, doing, timedOut }, (hand) => {
      const read = (): void => {
        const progress = this.#readWith(reader);
        if (progress.state === "finished") hand.resolve(progress.reply);
        else if (progress.state === "malformed") {
          hand.reject(new DialError("protocol-error", "NOT_SMTP", `${doing}: ${progress.problem}`));
        } else if (this.#ended !== null) {
          hand.reject(new DialError(this.#ended.cause, this.#ended.code, `${doing}: ${this.#ended.message}`));
        }
      };
      this.#wake = read;
      hand.atEnd(() => {
        this.#wake = () => undefined;
      });
      read();
    });
  }

  async ask(command: string, timeoutMs: number, signal: AbortSignal): Promise<SmtpReply> {
    const [verb = command] = command.split(" ", 1);
    this.#stream.write(`${command}\r\n`);
    return this.reply(`waiting for the reply to ${verb}`, timeoutMs, signal);
  }

  /** Listens no more and lets go of the stream, paused; true when octets came that no reply took. */
  leave(): boolean {
    const { readableLength } = this.#stream;
    this.#stream.off("data", this.#onData).off("end", this.#onEnd).off("close", this.#onEnd);
    this.#stream.pause();
    // Whatever lies in wait was sent in clear and must never be read as TLS, nor as a reply over TLS (RFC 3207 section 4.2).
    this.#stream.read();
    return this.#heard.length > 0 || readableLength > 0;
  }

  readonly #onData = (octets: Uint8Array): void => {
    this.#heard.push(octets);
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

  #readWith(reader: SmtpReplyReader): ReplyProgress {
    for (let octets = this.#heard.shift(); octets !== undefined; octets = this.#heard.shift()) {
      const progress = reader.push(octets);
      if (progress.state === "finished" && progress.rest.length > 0) this.#heard.unshift(progress.rest);
      if (progress.state !== "unfinished") return progress;
    }
    return { state: "unfinished" };
  }
}
