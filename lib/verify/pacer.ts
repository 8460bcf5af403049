import { setTimeout as sleep } from "node:timers/promises";

/** Spaces calls so that at most `perSecond` begin in any second. An abort ends the wait early. */
export function createPacer(perSecond: number): (signal: AbortSignal) => Promise<void> {
  const gap = 1000 / perSecond;
  let next = 0;
  return async (signal) => {
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + gap;
    if (turn - now >= 1 && !signal.aborted) await sleep(turn - now, undefined, { signal }).catch(() => undefined);
  };
}
