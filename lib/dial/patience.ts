import { abortError } from "./dial-error.ts";
import type { DialError } from "./dial-error.ts";
import { whenAborted } from "./when-aborted.ts";

/** How long something is waited for, and what it means when the time is over. */
export interface Patience {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What is under way, for the error when the signal is aborted. */
  readonly doing: string;
  readonly timedOut: () => DialError;
}

/** Settles what is waited for; the first call counts. */
export interface Hand<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
  /** Has this run once at the end, however it ends. */
  readonly atEnd: (cleanUp: () => void) => void;
}

/** A promise that ends: by its hand, by the clock, or by the signal. `start` is not called when the signal is aborted already. */
export function patiently<T>(patience: Patience, start: (hand: Hand<T>) => void): Promise<T> {
  const { timeoutMs, signal, doing, timedOut } = patience;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortError(signal, doing));
      return;
    }
    const cleanUps: (() => void)[] = [];
    let isSettled = false;
    const settle = (finish: () => void): void => {
      if (!isSettled) {
        isSettled = true;
        cleanUps.forEach((cleanUp) => cleanUp());
        finish();
      }
    };
    const hand: Hand<T> = {
      resolve: (value) => settle(() => resolve(value)),
      reject: (error) => settle(() => reject(error)),
      atEnd: (cleanUp) => void cleanUps.push(cleanUp),
    };
    const timer = setTimeout(() => hand.reject(timedOut()), timeoutMs);
    hand.atEnd(() => clearTimeout(timer));
    if (signal !== undefined) {
      hand.atEnd(whenAborted(signal, () => hand.reject(abortError(signal, doing))));
    }
    start(hand);
  });
}
