import type net from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Cause } from "../../core/cause.ts";
import { abortError, toDialError } from "../../dial/dial-error.ts";
import type { Dialer, Target } from "../../dial/dialer.ts";

/**
 * Whether a connection came about, which is the caller's then. `silent`: nothing came on any try. `unknown`: something else stood in
 * the way, such as our own policy, and what it was.
 */
export type Reached =
  | { readonly state: "open"; readonly socket: net.Socket; readonly tries: number }
  | { readonly state: "closed" | "silent" }
  | { readonly state: "unknown"; readonly cause: Cause; readonly detail: string };

export interface ReachOptions {
  /** For each try. Three seconds hold a first SYN and two more. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const TRIES = 3;
/** Before the next try, where the last one ended before its time: a router's word, which may be another one soon. */
const PAUSE_MS = 250;

/** Connects, again while there is silence; a refusal is an answer, and ends it. Never rejects. */
export async function reachOrigin(
  dialer: Pick<Dialer, "connectTcp">,
  target: Target,
  { timeoutMs, signal }: ReachOptions,
): Promise<Reached> {
  for (let tried = 1; ; tried += 1) {
    const startedAt = performance.now();
    try {
      const socket = await dialer.connectTcp(target, { purpose: "web", timeoutMs, signal });
      return { state: "open", socket, tries: tried };
    } catch (error) {
      const { cause, message } = toDialError(error, "connecting");
      if (cause === "connection-refused") return { state: "closed" };
      const isWorthAnother = cause === "tcp-timeout" || cause === "connection-reset";
      if (!isWorthAnother || signal.aborted) return { state: "unknown", cause, detail: message };
      if (tried === TRIES)
        return cause === "tcp-timeout" ? { state: "silent" } : { state: "unknown", cause, detail: message };
      if (performance.now() - startedAt < timeoutMs) await pause(signal);
    }
    if (signal.aborted) return unknown(signal);
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await delay(PAUSE_MS, undefined, { signal });
  } catch (error) {
    // Told to stop, which the caller sees by itself.
    if (!signal.aborted) throw error;
  }
}

function unknown(signal: AbortSignal): Reached {
  const { cause, message } = abortError(signal, "connecting");
  return { state: "unknown", cause, detail: message };
}
