import { randomBytes } from "node:crypto";
import type net from "node:net";
import { abortError, DialError, toDialError } from "../../dial/dial-error.ts";
import type { Dialer } from "../../dial/dialer.ts";
import { whenAborted } from "../../dial/when-aborted.ts";
import { type ClientHello, clientHelloRecords, encodeClientHello, paddedTo } from "../../tls/client-hello.ts";
import { helloFor, type HelloOffer } from "../../tls/hello-offer.ts";
import type { TlsAddress } from "../../tls/observations.ts";
import type { FlightEnd } from "../../tls/offer-reply.ts";
import { type ServerFlight, ServerFlightReader } from "../../tls/server-flight.ts";
import { encodeSsl2ClientHello, Ssl2Reader } from "../../tls/sslv2.ts";
import { startTls } from "./start-tls.ts";
import type { TlsLimits } from "./tls-limits.ts";

/** More than any flight in clear, which its reader bounds as well. */
const MOST_OCTETS = 0x8_0000;
const RANDOM_OCTETS = 32;
const CHALLENGE_OCTETS = 16;
const GAP = { from: 256, to: 512 } as const;

/** Takes octets until it has what it wants. */
interface Reader {
  readonly isSettled: boolean;
  push(octets: Uint8Array): void;
}

/** How an exchange ended. `unconnected`: no hello could be said. `failure`: with what error, of the first that ended it. */
export interface LineEnd {
  readonly end: FlightEnd | "unconnected";
  readonly failure: DialError | null;
}

export interface TlsLineOptions {
  readonly dialer: Pick<Dialer, "connectTcp">;
  readonly where: TlsAddress;
  readonly ehloName?: string | undefined;
  readonly limits: TlsLimits;
  /** Ends everything under way, with a DialError as its reason. */
  readonly signal: AbortSignal;
}

/** The way to one server: every connection to it, counted. */
export class TlsLine {
  readonly #options: TlsLineOptions;
  #connections = 0;
  #answered = 0;
  #firstFailure: DialError | null = null;
  #lastFailure: DialError | null = null;

  constructor(options: TlsLineOptions) {
    this.#options = options;
  }

  get connections(): number {
    return this.#connections;
  }

  /** Why the very first connection led to no hello; null where it did. */
  get firstFailure(): DialError | null {
    return this.#firstFailure;
  }

  /** Why the last connection that led to no hello did so. */
  get lastFailure(): DialError | null {
    return this.#lastFailure;
  }

  /** How many more connections the visit may make. */
  get left(): number {
    return Math.max(0, this.#options.limits.connections - this.#connections);
  }

  /** A socket on which a hello may be said, paused. Rejects with a DialError; at the cap of connections with `tool-limit`. */
  readonly connect = async (): Promise<net.Socket> => {
    const { dialer, where, ehloName, limits, signal } = this.#options;
    const { address, port, startTls: protocol } = where;
    if (this.left === 0)
      throw new DialError("tool-limit", "CONNECTIONS", `more than ${limits.connections} connections`);
    this.#connections += 1;
    const purpose = protocol === "smtp" ? "smtp" : "tls";
    const timeoutMs = limits.connectMs;
    const socket = await dialer.connectTcp({ address, port }, { purpose, timeoutMs, signal, maxBytesIn: MOST_OCTETS });
    if (protocol === null) return socket;
    try {
      await startTls(socket, protocol, { ehloName, host: where.host, timeoutMs: limits.startTlsMs, signal });
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  };

  /** Says one hello on a connection of its own and reads what comes back in clear. Rejects only for a failure of our own. */
  async hello(
    offer: Omit<HelloOffer, "random">,
  ): Promise<LineEnd & { readonly flight: ServerFlight; readonly octets: number }> {
    const reader = new ServerFlightReader();
    const said = clientHelloRecords(outOfTheGap(helloFor({ ...offer, random: randomBytes(RANDOM_OCTETS) })));
    const ended = await this.#exchange(said, reader);
    return { ...ended, flight: reader.flight, octets: reader.octets };
  }

  /** The same with SSLv2's own hello. */
  async ssl2Hello(kinds: readonly number[]): Promise<LineEnd & { readonly reader: Ssl2Reader }> {
    const reader = new Ssl2Reader();
    const challenge = randomBytes(CHALLENGE_OCTETS);
    const ended = await this.#exchange(encodeSsl2ClientHello({ version: "SSLv2", kinds, challenge }), reader);
    return { ...ended, reader };
  }

  async #exchange(said: Uint8Array, reader: Reader): Promise<LineEnd> {
    let socket: net.Socket;
    try {
      socket = await this.connect();
    } catch (error) {
      const failure = toDialError(error, "connecting");
      if (failure.cause === "internal") throw error;
      // A reset is worth a second try, at whatever moment it comes.
      if (failure.cause === "connection-reset" && this.#options.where.startTls === null)
        return { end: "reset", failure };
      if (this.#answered === 0) this.#firstFailure ??= failure;
      this.#lastFailure = failure;
      return { end: "unconnected", failure };
    }
    this.#answered += 1;
    const { limits, signal } = this.#options;
    try {
      return await readUntilSettled(socket, said, reader, { timeoutMs: limits.replyMs, signal });
    } finally {
      socket.destroy();
    }
  }
}

/** Old load balancers hang at a hello of 256 to 511 octets, which is why padding was invented (RFC 7685 section 1). */
function outOfTheGap(hello: ClientHello): ClientHello {
  const octets = encodeClientHello(hello).length;
  const isInGap = octets >= GAP.from && octets < GAP.to;
  return isInGap && hello.version !== "SSLv3" ? paddedTo(GAP.to, hello) : hello;
}

/** Resolves when the reader is settled, the peer ends, or the time is over. */
function readUntilSettled(
  socket: net.Socket,
  said: Uint8Array,
  reader: Reader,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<LineEnd> {
  return new Promise((resolve) => {
    const finish = (end: FlightEnd, failure: DialError | null = null): void => {
      clearTimeout(timer);
      forget();
      socket.off("data", take);
      resolve({ end: reader.isSettled ? "open" : end, failure });
    };
    const take = (octets: Uint8Array): void => {
      reader.push(octets);
      if (reader.isSettled) finish("open");
    };
    const silent = (): void =>
      finish(
        "silent",
        new DialError("tcp-timeout", "SILENT", `no whole answer to a hello within ${Math.round(timeoutMs)} ms`),
      );
    const stopped = (): void => finish("silent", abortError(signal, "waiting for the answer to a hello"));
    const timer = setTimeout(silent, timeoutMs);
    const forget = whenAborted(signal, stopped);
    socket
      .on("data", take)
      .once("end", () => finish("closed"))
      .once("error", (error) => finish("reset", toDialError(error, "waiting for the answer to a hello")))
      .once("close", () => finish("closed"));
    if (signal.aborted) stopped();
    else socket.resume().write(said);
  });
}
