import type net from "node:net";
import { DialError, toDialError } from "../dial/dial-error.ts";
import { patiently } from "../dial/patience.ts";
import type { Hand } from "../dial/patience.ts";
import { createFrameReader, frameOf } from "./frame-reader.ts";
import type { Heard, OutgoingQuery } from "./query.ts";

export interface LinkWait {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly query: OutgoingQuery;
  readonly hand: Hand<Heard>;
}

/** Messages that answer nothing before the connection is given up. */
const STRAY_MESSAGES = 16;
const IDLE_MS = 2000;

/**
 * One TCP connection to a DNS server, shared by several questions (RFC 7766 section 6.2.1). It takes over a connected
 * socket and destroys it after two seconds without questions.
 */
export class TcpLink {
  /** How many messages have answered something that was asked here. */
  answered = 0;
  readonly #socket: net.Socket;
  readonly #frames = createFrameReader();
  readonly #waiting = new Set<Waiting>();
  readonly #idle: NodeJS.Timeout;
  #acceptsQuestions = true;
  #strays = 0;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    this.#idle = setTimeout(() => this.#closeIfIdle(), IDLE_MS).unref();
    socket.on("data", (chunk: Buffer) => this.#frames.push(chunk).forEach((frame) => this.#deliver(frame)));
    socket.on("error", (error) => this.#fail(toDialError(error, "reading over TCP")));
    socket.on("end", () => this.#fail(this.#ended()));
    socket.on("close", () => this.#fail(this.#ended()));
  }

  isOpen(): boolean {
    return this.#acceptsQuestions && !this.#socket.destroyed;
  }

  /** Resolves to what the first message makes of the query that is an answer to it; rejects with a DialError. */
  exchange(query: OutgoingQuery, wait: LinkWait): Promise<Heard> {
    const timedOut = (): DialError => {
      // Later questions get a connection of their own; those that wait here may still be answered.
      this.#acceptsQuestions = false;
      return new DialError("tcp-timeout", "SILENT", `no answer over TCP within ${wait.timeoutMs} ms`);
    };
    return patiently({ ...wait, doing: "waiting for an answer over TCP", timedOut }, (hand) => {
      if (this.#socket.destroyed) {
        hand.reject(this.#ended());
        return;
      }
      const waiting = { query, hand };
      this.#waiting.add(waiting);
      hand.atEnd(() => {
        this.#waiting.delete(waiting);
        this.#idle.refresh();
      });
      this.#socket.write(frameOf(query.bytes));
    });
  }

  close(): void {
    this.#fail(new DialError("internal", "CLOSED", "the connection was closed by us"));
  }

  #deliver(message: Buffer): void {
    for (const { query, hand } of this.#waiting) {
      const match = query.match(message);
      if (match.kind !== "foreign") {
        this.answered += 1;
        hand.resolve(match);
        return;
      }
    }
    this.#strays += 1;
    if (this.#strays > STRAY_MESSAGES) {
      this.#fail(new DialError("protocol-error", "FLOOD", "flooded over TCP by messages that answer nothing"));
    }
  }

  #ended(): DialError {
    return this.#frames.isInside()
      ? new DialError("protocol-error", "CUT", "the connection was closed in the middle of a message")
      : new DialError("connection-reset", "ENDED", "the connection was closed without an answer");
  }

  #fail(error: DialError): void {
    this.#acceptsQuestions = false;
    clearTimeout(this.#idle);
    this.#socket.destroy();
    for (const { hand } of [...this.#waiting]) {
      hand.reject(error);
    }
  }

  #closeIfIdle(): void {
    if (this.#waiting.size === 0) {
      this.close();
    } else {
      this.#idle.refresh();
    }
  }
}
