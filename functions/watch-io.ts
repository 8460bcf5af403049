import type { Clock } from "../lib/ports.ts";
import type { WatchIo } from "../lib/watch/watch-io.ts";
import { logEvent } from "./logger.ts";
import type { Store } from "./store.ts";

/** A function never waits: what is not due yet is sent back into a queue. */
const CLOCK: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  sleep: () => Promise.reject(new Error("a function does not sleep")),
};

/** The watch's world for one function: its events go to the log; what the function has no part in throws. */
export function watchIo({ memory, evidence }: Store, own: Partial<WatchIo> = {}): WatchIo {
  return {
    ...{ memory, evidence, clock: CLOCK, onEvent: logEvent },
    tell: () => Promise.reject(new Error("this function tells nobody")),
    openLooking: () => Promise.reject(new Error("this function looks at nothing")),
    ...own,
  };
}
