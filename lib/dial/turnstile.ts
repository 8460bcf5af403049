import { abortError, DialError } from "./dial-error.ts";
import { patiently } from "./patience.ts";

/** How many may be inside at once, and how many may enter per second after a burst of that second's worth. */
export interface TurnstileLimits {
  readonly concurrent: number;
  /** Infinity: no rate limit. */
  readonly perSecond: number;
}

export interface TurnstileWait {
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What is waited for, for the error message. */
  readonly doing: string;
}

interface Waiter {
  hasLeft: boolean;
  readonly admit: () => void;
}

/** A first-come, first-served limit on concurrency and rate (generic cell rate algorithm). */
export class Turnstile {
  readonly #concurrent: number;
  readonly #spacingMs: number;
  readonly #queue: Waiter[] = [];
  #inside = 0;
  /** When the next entry would be due if entries were evenly spaced. */
  #dueAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(limits: TurnstileLimits) {
    this.#concurrent = limits.concurrent;
    this.#spacingMs = 1000 / limits.perSecond;
  }

  /**
   * Resolves to the function that leaves again (idempotent). Waiting too long is our own limit, never the target's silence:
   * it rejects with a DialError of cause `internal`.
   */
  async enter(wait: TurnstileWait): Promise<() => void> {
    if (wait.signal?.aborted === true) {
      throw abortError(wait.signal, wait.doing);
    }
    const isFree = this.#queue.length === 0 && !this.isFull() && this.#waitForRate() <= 0;
    return isFree ? this.#takePlace() : this.#enqueue(wait);
  }

  /** Nobody inside, nobody waiting, and no burst to remember. */
  isIdle(): boolean {
    return this.#inside === 0 && this.#queue.length === 0 && this.#dueAt <= performance.now();
  }

  isFull(): boolean {
    return this.#inside >= this.#concurrent;
  }

  #enqueue(wait: TurnstileWait): Promise<() => void> {
    const { waitMs: timeoutMs, signal, doing } = wait;
    const timedOut = (): DialError =>
      new DialError("internal", "QUEUE", `${doing}: waited too long for a place in our own queue`);
    return patiently({ timeoutMs, signal, doing, timedOut }, (hand) => {
      const waiter: Waiter = { hasLeft: false, admit: () => hand.resolve(this.#takePlace()) };
      hand.atEnd(() => {
        waiter.hasLeft = true;
      });
      this.#queue.push(waiter);
      this.#admitWaiting();
    });
  }

  #waitForRate(): number {
    const burstMs = 1000 - this.#spacingMs;
    return this.#spacingMs === 0 ? 0 : this.#dueAt - burstMs - performance.now();
  }

  #takePlace(): () => void {
    this.#inside += 1;
    this.#dueAt = Math.max(this.#dueAt, performance.now()) + this.#spacingMs;
    let isInside = true;
    return () => {
      if (isInside) {
        isInside = false;
        this.#inside -= 1;
        this.#admitWaiting();
      }
    };
  }

  #admitWaiting(): void {
    while (this.#queue.length > 0 && !this.isFull()) {
      if (this.#queue[0]?.hasLeft === true) {
        this.#queue.shift();
        continue;
      }
      const rateWait = this.#waitForRate();
      if (rateWait > 0) {
        this.#admitAfter(rateWait);
        return;
      }
      this.#queue.shift()?.admit();
    }
  }

  #admitAfter(waitMs: number): void {
    if (this.#timer === null) {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#admitWaiting();
      }, Math.ceil(waitMs));
    }
  }
}
