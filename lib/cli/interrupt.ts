import type { EventEmitter } from "node:events";
import { EXIT } from "./exit-code.ts";

/** Where interrupts come from and how the process ends: `process`, or a stand-in. */
export interface Interruptible {
  readonly signals: Pick<EventEmitter, "on" | "off">;
  readonly exitNow: (code: number) => void;
}

/** A terminal and the program that started us (npm does) may both pass on the same keystroke. */
const SAME_KEYSTROKE_MS = 200;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs `work` with a signal that aborts at the first interrupt, so that it can end with what was found so far. The second
 * interrupt ends the process at once.
 */
export async function interruptible<T>(
  { signals, exitNow }: Interruptible,
  onFirst: () => void,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let first = Number.POSITIVE_INFINITY;
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      if (performance.now() - first > SAME_KEYSTROKE_MS) exitNow(EXIT.interrupted);
      return;
    }
    first = performance.now();
    onFirst();
    controller.abort();
  };
  for (const name of SIGNALS) signals.on(name, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) signals.off(name, onSignal);
  }
}
