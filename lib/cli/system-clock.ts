import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../ports.ts";

/** The machine's own time. */
export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  // A timer may fire a fraction of a millisecond early.
  sleep: (milliseconds, signal) => sleep(Math.ceil(milliseconds) + 1, undefined, { signal }).catch(() => undefined),
};
