import type dgram from "node:dgram";
import type { CostMeter } from "./counters.ts";
import { DialError, toDialError } from "./dial-error.ts";
import { patiently } from "./patience.ts";
import type { Hand } from "./patience.ts";

/** Whether a datagram from the target is the answer. It must not throw, and is asked about every datagram. */
export type Accept = (datagram: Uint8Array) => boolean;

export interface UdpTiming {
  /** From the first sending. Passing it is a DialError with cause `dns-timeout`. */
  readonly timeoutMs: number;
  /** When the same datagram is sent again, in milliseconds after the first sending. */
  readonly resendAfterMs?: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/** Opens a connected socket and says how to give its place in the socket budget back. */
export type OpenUdp = () => Promise<OpenedUdp>;

export interface OpenedUdp {
  readonly socket: dgram.Socket;
  readonly release: () => void;
}

interface Waiting {
  readonly accept: Accept;
  readonly hand: Hand<Uint8Array>;
}

/** Datagrams that answer nothing before the socket is given up: late answers are few, a flood is not. */
const STRAYS_PER_SOCKET = 256;

/** One connected UDP socket, whose source port the kernel drew, with the exchanges under way on it. */
export class PooledSocket {
  uses = 0;
  lastUsedAt = performance.now();
  readonly #ready: Promise<dgram.Socket>;
  readonly #meter: CostMeter;
  readonly #onClosed: () => void;
  readonly #waiting = new Set<Waiting>();
  #opened: OpenedUdp | null = null;
  #closedFor: DialError | null = null;
  #assigned = 0;
  #strays = 0;

  /** `onClosed` is called once, when no further exchange may be given to it. */
  constructor(open: OpenUdp, meter: CostMeter, onClosed: () => void) {
    this.#meter = meter;
    this.#onClosed = onClosed;
    this.#ready = open().then((opened) => this.#adopt(opened));
    this.#ready.catch((error: unknown) => this.close(toDialError(error, "opening a UDP socket")));
  }

  /** Exchanges that have been given to it and have not ended. */
  underWay(): number {
    return this.#assigned;
  }

  /** Open, with nothing under way. */
  isIdle(): boolean {
    return this.#opened !== null && this.#assigned === 0;
  }

  async exchange(payload: Uint8Array, accept: Accept, timing: UdpTiming): Promise<Uint8Array> {
    this.#assigned += 1;
    this.uses += 1;
    try {
      const socket = await this.#ready;
      return await this.#converse(socket, payload, accept, timing);
    } finally {
      this.#assigned -= 1;
      this.lastUsedAt = performance.now();
    }
  }

  close(why: DialError = new DialError("internal", "CLOSED", "the socket was closed")): void {
    if (this.#closedFor !== null) {
      return;
    }
    this.#closedFor = why;
    this.#onClosed();
    for (const { hand } of [...this.#waiting]) {
      hand.reject(why);
    }
    this.#opened?.socket.close();
    this.#opened?.release();
    this.#opened = null;
  }

  #adopt(opened: OpenedUdp): dgram.Socket {
    const { socket, release } = opened;
    if (this.#closedFor !== null) {
      socket.close();
      release();
      throw this.#closedFor;
    }
    this.#opened = opened;
    socket.unref();
    socket.on("message", (datagram) => this.#receive(datagram));
    socket.on("error", (error) => this.close(toDialError(error, "receiving a datagram")));
    return socket;
  }

  #receive(datagram: Uint8Array): void {
    this.#meter.datagramIn(datagram.length);
    for (const { accept, hand } of this.#waiting) {
      if (accept(datagram)) {
        hand.resolve(datagram);
        return;
      }
    }
    this.#strays += 1;
    if (this.#strays > STRAYS_PER_SOCKET) {
      this.close(new DialError("protocol-error", "FLOOD", "flooded by datagrams that answer nothing"));
    }
  }

  #converse(socket: dgram.Socket, payload: Uint8Array, accept: Accept, timing: UdpTiming): Promise<Uint8Array> {
    const { timeoutMs, resendAfterMs = [], signal } = timing;
    const timedOut = (): DialError => new DialError("dns-timeout", "SILENT", `no answer within ${timeoutMs} ms`);
    return patiently({ timeoutMs, signal, doing: "waiting for a datagram", timedOut }, (hand) => {
      if (this.#closedFor !== null) {
        hand.reject(this.#closedFor);
        return;
      }
      const transmit = (): void => {
        this.#meter.datagramOut(payload.length);
        socket.send(payload, (error) => {
          if (error !== null) {
            hand.reject(toDialError(error, "sending a datagram"));
          }
        });
      };
      const waiting = { accept, hand };
      this.#waiting.add(waiting);
      const repeats = resendAfterMs.filter((after) => after < timeoutMs).map((after) => setTimeout(transmit, after));
      hand.atEnd(() => {
        this.#waiting.delete(waiting);
        repeats.forEach((repeat) => clearTimeout(repeat));
      });
      transmit();
    });
  }
}
