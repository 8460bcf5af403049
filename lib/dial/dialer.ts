import net from "node:net";
import type { Cause } from "../core/cause.ts";
import { createAddressPolicy } from "./address-policy.ts";
import type { AddressPolicy, Endpoint } from "./address-policy.ts";
import { createTargetBudgets, SOCKET_BUDGET } from "./budgets.ts";
import type { Purpose, UdpPurpose } from "./budgets.ts";
import { limitBytesIn } from "./byte-limit.ts";
import { createCostMeter } from "./counters.ts";
import type { DialCounters } from "./counters.ts";
import { DialError, toDialError } from "./dial-error.ts";
import { patiently } from "./patience.ts";
import type { Accept, OpenedUdp, UdpTiming } from "./pooled-socket.ts";
import { familyOf, systemSockets } from "./sockets.ts";
import type { Family, SocketOpener } from "./sockets.ts";
import { Turnstile } from "./turnstile.ts";
import { UdpPool } from "./udp-pool.ts";

/** An IP literal and a port. Names are refused. */
export interface Target {
  readonly address: string;
  readonly port: number;
}

export interface TcpOptions {
  readonly purpose: Purpose;
  /** For the connection to come about, once it is our turn. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Octets read from the socket itself; see limitBytesIn for streams on top of it. */
  readonly maxBytesIn?: number;
}

export interface UdpOptions extends UdpTiming {
  readonly purpose: UdpPurpose;
}

export interface DialerOptions {
  /** CIDR ranges or addresses outside ordinary unicast space that may be dialled all the same. */
  readonly allowSpecialAddresses?: readonly string[];
  /** "routed" (default): whatever this vantage has a route for. A list: nothing else is dialled. */
  readonly families?: readonly Family[] | "routed";
  /** Whether a written authorisation covers scanning the address now. Default: none does. */
  readonly authorised?: (address: string) => boolean;
  readonly sockets?: SocketOpener;
  readonly socketBudget?: number;
}

/**
 * The only place that opens sockets towards assets: address policy, scope, budgets, deadlines and counters live here.
 * Every method rejects with a DialError, whose cause says what kind of absence it is.
 */
export interface Dialer {
  /** A connected socket; it is the caller's to destroy, and keeps its place in the budgets until it closes. */
  connectTcp(target: Target, options: TcpOptions): Promise<net.Socket>;
  /** Sends one datagram (again at `resendAfterMs`) and resolves to the first one from the target that is accepted. */
  exchangeUdp(target: Target, payload: Uint8Array, accept: Accept, options: UdpOptions): Promise<Uint8Array>;
  /** Lets a service that the inventory names be dialled on its port although its address is special. */
  registerService(endpoint: Endpoint): void;
  /** Whether the address may be connected to from here: its family is in use and there is a route. Sends nothing. */
  isReachable(address: string): Promise<boolean>;
  /** The families in use: those demanded, else those with a route to the internet, looked up once. Sends nothing. */
  families(): Promise<readonly Family[]>;
  counters(): DialCounters;
  /** Closes idle UDP sockets and fails exchanges under way; TCP sockets belong to their callers. */
  close(): void;
}

/** How long a visit may wait for its turn before that is our own failure. */
const QUEUE_PATIENCE_MS = 120_000;

export function createDialer(options: DialerOptions = {}): Dialer {
  return new SystemDialer(options);
}

class SystemDialer implements Dialer {
  readonly #options: DialerOptions;
  readonly #sockets: SocketOpener;
  readonly #demanded: readonly Family[] | null;
  readonly #policy: AddressPolicy;
  readonly #budgets = createTargetBudgets();
  readonly #descriptors: Turnstile;
  readonly #meter = createCostMeter();
  readonly #pool = new UdpPool(this.#meter);
  #routed: Promise<readonly Family[]> | null = null;

  constructor(options: DialerOptions) {
    const { families = "routed", allowSpecialAddresses = [], socketBudget = SOCKET_BUDGET } = options;
    this.#options = options;
    this.#sockets = options.sockets ?? systemSockets();
    this.#demanded = families === "routed" ? null : families;
    this.#policy = createAddressPolicy(allowSpecialAddresses);
    this.#descriptors = new Turnstile({ concurrent: socketBudget, perSecond: Infinity });
  }

  async connectTcp(target: Target, wanted: TcpOptions): Promise<net.Socket> {
    const address = this.#admit(target, "tcp", wanted.purpose);
    const doing = `connecting to ${address} port ${target.port}`;
    const turnstile = this.#budgets.forTcp(wanted.purpose, address, target.port);
    const leaveTarget = await turnstile.enter({ waitMs: QUEUE_PATIENCE_MS, signal: wanted.signal, doing });
    let leaveDescriptors: (() => void) | null = null;
    try {
      leaveDescriptors = await this.#enterDescriptors(wanted.signal, doing);
      const socket = this.#sockets.openTcp(address, target.port);
      this.#meter.connection(socket);
      socket.once("close", leaveTarget).once("close", leaveDescriptors);
      await connected(socket, wanted, doing);
      return socket;
    } catch (error) {
      leaveDescriptors?.();
      leaveTarget();
      throw await this.#judge(error, address, doing, "tcp-timeout");
    }
  }

  async exchangeUdp(target: Target, payload: Uint8Array, accept: Accept, wanted: UdpOptions): Promise<Uint8Array> {
    const address = this.#admit(target, "udp", wanted.purpose);
    const doing = `asking ${address} port ${target.port} over UDP`;
    const turnstile = this.#budgets.forUdp(wanted.purpose, address, target.port);
    const leave = await turnstile.enter({ waitMs: QUEUE_PATIENCE_MS, signal: wanted.signal, doing });
    const open = (): Promise<OpenedUdp> => this.#openUdp(address, target.port, doing);
    try {
      return await this.#pool.exchange(`${address} ${target.port}`, open, payload, accept, wanted);
    } catch (error) {
      throw await this.#judge(error, address, doing, "dns-timeout");
    } finally {
      leave();
    }
  }

  registerService(endpoint: Endpoint): void {
    this.#policy.registerService(endpoint);
  }

  async isReachable(address: string): Promise<boolean> {
    const isInUse = this.#demanded === null || this.#demanded.includes(familyOf(address));
    return isInUse && net.isIP(address) !== 0 && this.#sockets.hasRoute(address);
  }

  async families(): Promise<readonly Family[]> {
    if (this.#demanded !== null) {
      return this.#demanded;
    }
    this.#routed ??= this.#sockets.routedFamilies();
    return this.#routed;
  }

  counters(): DialCounters {
    return this.#meter.read();
  }

  close(): void {
    this.#pool.close();
  }

  #admit(target: Target, protocol: "tcp" | "udp", purpose: Purpose): string {
    const address = this.#policy.admit({ ...target, protocol });
    if (this.#demanded !== null && !this.#demanded.includes(familyOf(address))) {
      throw new DialError("vantage-blocked", "FAMILY", `${familyOf(address)} is not in use here`);
    }
    if (purpose === "scan" && this.#options.authorised?.(address) !== true) {
      throw new DialError("no-authorisation", "NO_AUTHORISATION", `no authorisation covers scanning ${address}`);
    }
    return address;
  }

  #enterDescriptors(signal: AbortSignal | undefined, doing: string): Promise<() => void> {
    if (this.#descriptors.isFull()) {
      this.#pool.closeIdle();
    }
    return this.#descriptors.enter({ waitMs: QUEUE_PATIENCE_MS, signal, doing });
  }

  async #openUdp(address: string, port: number, doing: string): Promise<OpenedUdp> {
    const release = await this.#enterDescriptors(undefined, doing);
    try {
      return { socket: await this.#sockets.openUdp(address, port), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** "No route to host" from a vantage that has a route is the silence of that host, not our blindness. */
  async #judge(error: unknown, address: string, doing: string, silence: Cause): Promise<DialError> {
    const judged = toDialError(error, doing);
    const isSilence = judged.code === "EHOSTUNREACH" && (await this.#sockets.hasRoute(address));
    return isSilence ? new DialError(silence, judged.code, judged.message) : judged;
  }
}

/** Resolves once the socket is connected; else destroys it and rejects. */
async function connected(socket: net.Socket, wanted: TcpOptions, doing: string): Promise<void> {
  // A caller that no longer listens must not bring the run down; it sees `close`.
  socket.on("error", () => undefined);
  if (wanted.maxBytesIn !== undefined) {
    limitBytesIn(socket, wanted.maxBytesIn);
  }
  const { timeoutMs, signal } = wanted;
  const timedOut = (): DialError =>
    new DialError("tcp-timeout", "SILENT", `${doing}: no answer within ${Math.round(timeoutMs)} ms`);
  try {
    await patiently<undefined>({ timeoutMs, signal, doing, timedOut }, ({ resolve, reject }) => {
      socket.once("connect", () => resolve(undefined)).once("error", reject);
    });
    refuseSelfConnection(socket, doing);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** A socket on this machine that happened to draw the target's port as its own has connected to itself: nobody listens. */
function refuseSelfConnection(socket: net.Socket, doing: string): void {
  if (socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress) {
    throw new DialError("connection-refused", "SELF_CONNECTION", `${doing}: nobody listens`);
  }
}
