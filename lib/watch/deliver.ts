import type { AlertSink } from "../ports.ts";
import type { FiledAlert } from "./alert.ts";
import type { Memory, Stored } from "./memory.ts";
import type { WatchEvent } from "./watch-event.ts";

/** How often a hand-over is noted anew because another sink's was noted meanwhile. */
const NOTE_TRIES = 20;
const LONGEST_PROBLEM = 300;

/** A sink's turn ends after so many: one may be the alert's own fault, and one that is silent takes its time over each. */
const REJECTED_IN_A_ROW = 2;

/** The alert at which each sink's last turn ended. */
const endedAt = new WeakMap<AlertSink, string>();

/**
 * Hands every alert that is still to be delivered over to each sink that has not had it, and takes those that all have had off
 * the queue. Sinks work side by side, each in the order of the alerts. What one rejects is told as `undelivered` and tried
 * again at a later call. Two rejected in a row end a sink's turn; its next begins with the alert after those, so that what is
 * never taken keeps nothing else back. Without sinks nothing is delivered. `now` in epoch milliseconds. Rejects only when the
 * store fails.
 */
export async function deliverAlerts(
  municipality: string,
  sinks: readonly AlertSink[],
  memory: Memory,
  now: number,
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  if (sinks.length === 0) return;
  const waiting = await memory.alerts.undelivered(municipality);
  const at = new Date(now).toISOString();
  // Every sink finishes its turn, whatever becomes of the others, before a failing store is reported.
  const turns = await Promise.allSettled(sinks.map((sink) => handOver(waiting, sink, memory, at, onEvent)));
  for (const turn of turns) if (turn.status === "rejected") throw turn.reason;
  for (const { value } of waiting) await finishIfDelivered(value, sinks, memory);
}

async function handOver(
  waiting: readonly Stored<FiledAlert>[],
  sink: AlertSink,
  memory: Memory,
  at: string,
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  let inARow = 0;
  for (const { value } of inTurn(waiting, sink)) {
    if (hasHad(value, sink)) continue;
    const problem = await problemWith(value, sink);
    inARow = problem === null ? 0 : inARow + 1;
    if (problem === null) await noteDelivered(value, sink, memory, at);
    else onEvent({ kind: "undelivered", alert: value.alert, sink: sink.name, problem });
    if (inARow === REJECTED_IN_A_ROW) {
      endedAt.set(sink, value.alert.id);
      return;
    }
  }
  endedAt.delete(sink);
}

/** From the one after that at which the sink's last turn ended, all the way round. */
function inTurn(waiting: readonly Stored<FiledAlert>[], sink: AlertSink): readonly Stored<FiledAlert>[] {
  const first = waiting.findIndex(({ value }) => value.alert.id === endedAt.get(sink)) + 1;
  return [...waiting.slice(first), ...waiting.slice(0, first)];
}

/** What kept the sink from taking the alert, in its own words; null when it has it. */
async function problemWith({ alert }: FiledAlert, sink: AlertSink): Promise<string | null> {
  try {
    await sink.deliver(alert);
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_PROBLEM);
  }
}

/** A hand-over that cannot be noted is repeated at the next call: the same id makes it look like once. */
async function noteDelivered({ alert }: FiledAlert, sink: AlertSink, memory: Memory, at: string): Promise<void> {
  for (let tries = 0; tries < NOTE_TRIES; tries += 1) {
    const current = await memory.alerts.of(alert.municipality, alert.id);
    if (current === null || hasHad(current.value, sink)) return;
    if (await memory.alerts.noteDelivered(current, sink.name, at)) return;
  }
}

async function finishIfDelivered({ alert }: FiledAlert, sinks: readonly AlertSink[], memory: Memory): Promise<void> {
  const current = await memory.alerts.of(alert.municipality, alert.id);
  const isDelivered = current !== null && sinks.every((sink) => hasHad(current.value, sink));
  if (isDelivered) await memory.alerts.finish(alert.municipality, alert.id);
}

function hasHad({ delivered }: FiledAlert, { name }: AlertSink): boolean {
  return Object.hasOwn(delivered, name);
}
