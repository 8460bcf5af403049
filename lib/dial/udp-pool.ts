import type { CostMeter } from "./counters.ts";
import { DialError } from "./dial-error.ts";
import { PooledSocket } from "./pooled-socket.ts";
import type { Accept, OpenUdp, UdpTiming } from "./pooled-socket.ts";

/** Source ports in use towards one target, and how many questions each carries: what a forger would have to guess. */
const SOCKETS_PER_TARGET = 4;
const USES_PER_SOCKET = 64;
const IDLE_MS = 3000;

/** Connected UDP sockets, a few per target, each retired after some uses. */
export class UdpPool {
  readonly #meter: CostMeter;
  readonly #targets = new Map<string, PooledSocket[]>();
  #sweep: NodeJS.Timeout | null = null;

  constructor(meter: CostMeter) {
    this.#meter = meter;
  }

  /** Sends the payload and resolves to the first datagram from the target that is accepted. `key` names the target. */
  async exchange(key: string, open: OpenUdp, payload: Uint8Array, accept: Accept, timing: UdpTiming) {
    const pooled = this.#obtain(key, open);
    try {
      return await pooled.exchange(payload, accept, timing);
    } finally {
      if (pooled.isIdle() && pooled.uses >= USES_PER_SOCKET) {
        pooled.close();
      }
    }
  }

  closeIdle(): void {
    this.#closeWhere((pooled) => pooled.isIdle());
  }

  /** Closes all; exchanges under way reject. */
  close(): void {
    this.#closeWhere(() => true);
  }

  #obtain(key: string, open: OpenUdp): PooledSocket {
    const pooled = this.#targets.get(key) ?? [];
    const fresh = pooled.filter((candidate) => candidate.uses < USES_PER_SOCKET);
    const leastBusy = fresh.sort((a, b) => a.underWay() - b.underWay())[0];
    if (leastBusy !== undefined && (leastBusy.underWay() === 0 || fresh.length >= SOCKETS_PER_TARGET)) {
      return leastBusy;
    }
    const made = new PooledSocket(open, this.#meter, () => this.#forget(key, made));
    this.#targets.set(key, [...pooled, made]);
    this.#sweep ??= setInterval(() => this.#closeExpired(), IDLE_MS).unref();
    return made;
  }

  #forget(key: string, gone: PooledSocket): void {
    const rest = (this.#targets.get(key) ?? []).filter((other) => other !== gone);
    if (rest.length === 0) {
      this.#targets.delete(key);
    } else {
      this.#targets.set(key, rest);
    }
    if (this.#targets.size === 0 && this.#sweep !== null) {
      clearInterval(this.#sweep);
      this.#sweep = null;
    }
  }

  #closeExpired(): void {
    const limit = performance.now() - IDLE_MS;
    this.#closeWhere((pooled) => pooled.isIdle() && pooled.lastUsedAt < limit);
  }

  #closeWhere(isDue: (pooled: PooledSocket) => boolean): void {
    for (const pooled of [...this.#targets.values()].flat()) {
      if (isDue(pooled)) {
        pooled.close(new DialError("internal", "CLOSED", "the dialer was closed"));
      }
    }
  }
}
