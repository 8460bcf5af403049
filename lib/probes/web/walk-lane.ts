import net from "node:net";
import { unobserved } from "../../core/observation.ts";
import { DialError } from "../../dial/dial-error.ts";
import type { Dialer, Target, TcpOptions } from "../../dial/dialer.ts";
import { parseWebUrl } from "../../parsers/location.ts";
import type { Hop } from "../../web/hop.ts";
import type { Walk, WalkPurpose, WebAddress } from "../../web/observations.ts";
import { getOnce, type HttpTools } from "../http/get-once.ts";
import { KeptConnections } from "../http/kept-connections.ts";
import { visitUrl, type AddressesOf } from "../http/visit-url.ts";
import type { HttpVersion } from "../http/web-connection.ts";

/** When a visit is to be over. What we wait for our own turn is not counted. */
export class VisitClock {
  #endsAt: number;

  constructor(totalMs: number) {
    this.#endsAt = performance.now() + totalMs;
  }

  get leftMs(): number {
    return Math.max(0, this.#endsAt - performance.now());
  }

  excuse(ms: number): void {
    this.#endsAt += ms;
  }
}

export interface LaneWork {
  readonly where: WebAddress;
  readonly addressesOf: AddressesOf;
  readonly tools: HttpTools;
  readonly totalMs: number;
  readonly signal: AbortSignal;
}

/** Walks one after another, over the same connection where they begin at the same origin. To be closed. */
export class WalkLane {
  readonly #work: LaneWork;
  readonly #clock: VisitClock;
  readonly #dialer: LaneDialer;
  readonly #tools: HttpTools;
  readonly #kept = new KeptConnections();

  /** `first`: a connection that came about already, for the first request to that address and port. */
  constructor(work: LaneWork, first: { readonly socket: net.Socket; readonly port: number } | null) {
    this.#work = work;
    this.#clock = new VisitClock(work.totalMs);
    this.#dialer = new LaneDialer(work.tools.dialer, this.#clock, work.where.address, first);
    this.#tools = { ...work.tools, dialer: this.#dialer };
  }

  /** To its end: the first hop at the address, others on the same host there before anywhere else. */
  async follow(purpose: WalkPurpose, url: string, mostMs: number): Promise<Walk> {
    const { where, signal } = this.#work;
    const timeoutMs = Math.min(mostMs, this.#clock.leftMs);
    if (timeoutMs <= 0) return { purpose, hops: [tooLate(url, where.address)] };
    // For a host that is an address nothing is looked up.
    let isFirst = net.isIP(where.host) === 0;
    const addressesOf: AddressesOf = async (host) => {
      const isStart = isFirst;
      isFirst = false;
      if (isStart) return { state: "observed", value: [where.address] };
      const found = await this.#work.addressesOf(host);
      if (host !== where.host || found.state === "unobserved") return found;
      return { state: "observed", value: [where.address, ...found.value.filter((each) => each !== where.address)] };
    };
    return { purpose, hops: await visitUrl(url, addressesOf, this.#tools, { signal, kept: this.#kept, timeoutMs }) };
  }

  /** One hop, whatever it leads to. Null where HTTP/2 was asked for and the server does not speak it. */
  async look(
    purpose: WalkPurpose,
    text: string,
    mostMs: number,
    httpVersion: HttpVersion = "1.1",
  ): Promise<Walk | null> {
    const { where, signal } = this.#work;
    const timeoutMs = Math.min(mostMs, this.#clock.leftMs);
    const url = parseWebUrl(text);
    if (!url.ok) throw new Error(`no URL to look at: ${purpose}`);
    if (timeoutMs <= 0) return { purpose, hops: [tooLate(url.value.url, where.address)] };
    const options = { timeoutMs, signal, httpVersion, kept: this.#kept };
    const { answer, code } = await getOnce(url.value, where.address, this.#tools, options);
    if (code === "NO_HTTP2") return null;
    return { purpose, hops: [{ url: url.value.url, address: where.address, answer, code }] };
  }

  close(): void {
    this.#dialer.close();
    this.#kept.close();
  }
}

function tooLate(url: string, address: string): Hop {
  return { url, address, answer: unobserved("tcp-timeout", "the time for the visit was over"), code: "DEADLINE" };
}

/** Hands out the connection that there is already, and does not count what we wait for our own turn to make another. */
class LaneDialer implements Pick<Dialer, "connectTcp"> {
  readonly #dialer: Pick<Dialer, "connectTcp">;
  readonly #clock: VisitClock;
  readonly #address: string;
  #first: { readonly socket: net.Socket; readonly port: number } | null;

  constructor(
    dialer: Pick<Dialer, "connectTcp">,
    clock: VisitClock,
    address: string,
    first: { readonly socket: net.Socket; readonly port: number } | null,
  ) {
    this.#dialer = dialer;
    this.#clock = clock;
    this.#address = address;
    this.#first = first;
  }

  /** Of the connection that nobody asked for. */
  close(): void {
    this.#first?.socket.destroy();
  }

  async connectTcp(target: Target, options: TcpOptions): Promise<net.Socket> {
    if (this.#first?.port === target.port && target.address === this.#address) {
      const { socket } = this.#first;
      this.#first = null;
      if (!socket.destroyed) return socket;
    }
    const startedAt = performance.now();
    let isSilent = false;
    try {
      return await this.#dialer.connectTcp(target, options);
    } catch (error) {
      isSilent = error instanceof DialError && error.code === "SILENT";
      throw error;
    } finally {
      if (!isSilent) this.#clock.excuse(performance.now() - startedAt);
    }
  }
}
