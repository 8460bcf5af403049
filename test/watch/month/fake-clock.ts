import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../../lib/ports.ts";

/** A clock that goes from sleep to sleep, so that a month passes as fast as it can be worked through. */
export interface FakeClock extends Clock {
  /** What time it really is, whatever the wall clock shows. Epoch milliseconds. */
  real(): number;
  /** People set the wall clock by so much. */
  set(milliseconds: number): void;
  /** The machine is suspended for so long: real time and the wall clock go on, nothing else does. */
  suspend(milliseconds: number): void;
  /** Lets time pass until `work` is done. */
  drive<T>(work: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

export function createFakeClock(start: number): FakeClock {
  let elapsed = 0;
  let suspended = 0;
  let error = 0;
  let sleepers: readonly Sleeper[] = [];
  const real = (): number => start + elapsed + suspended;

  return {
    real,
    now: () => real() + error,
    elapsed: () => elapsed,
    set(milliseconds) {
      error += milliseconds;
    },
    suspend(milliseconds) {
      suspended += milliseconds;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) {
          resolve();
          return;
        }
        const wake = (): void => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        const sleeper: Sleeper = { due: elapsed + Math.max(0, milliseconds), wake };
        sleepers = [...sleepers, sleeper];
        signal.addEventListener("abort", wake);
      }),
    async drive(work) {
      let isDone = false;
      const ended = work.finally(() => (isDone = true));
      ended.catch(() => undefined);
      for (;;) {
        // Everything that is under way works in microtasks: after a turn of the event loop all of it waits for time to pass.
        await setImmediate();
        if (isDone) return ended;
        const next = sleepers.reduce<Sleeper | null>((a, b) => (a === null || b.due < a.due ? b : a), null);
        if (next === null) throw new Error("everything waits, and nothing for time to pass");
        elapsed = Math.max(elapsed, next.due);
        next.wake();
      }
    },
  };
}
