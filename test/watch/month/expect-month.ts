import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect } from "@jest/globals";
import { type Delay, delayTable, PROMISED, quantile } from "./delays.ts";
import type { MonthRun, Outcome } from "./outcome.ts";

/** From the first look that shows it to the message, in minutes. */
const PROMISED_SINCE_LOOK = 15;

/** Whether the months that take minutes are to be run: three seeds and all restarts. */
export const ALL_MONTHS = process.env.KRAVVAGT_MONTHS === "all";

/** Runs a month and expects exactly the messages of its script, in time, and a store in which everything holds. */
export async function expectMonth(run: MonthRun): Promise<void> {
  const worker = new Worker(new URL("month-worker.ts", import.meta.url), { workerData: run });
  const [outcome] = (await once(worker, "message")) as [Outcome];
  const { missing, unexpected, faults, messages, expected, handOvers, looks, starts, delays } = outcome;
  expect({ missing, unexpected, faults }).toEqual({ missing: [], unexpected: [], faults: [] });
  expect(messages).toBe(expected);
  // A message is handed over again only where a process died between hand-over and note.
  expect(handOvers - messages).toBeLessThan(starts);
  const title = `seed ${String(run.seed)}: ${String(looks)} looks, ${String(starts)} starts`;
  process.stdout.write(`${delayTable(title, delays)}\n`);
  if (!run.isRestarted) expectInTime(delays.filter(({ isHeld }) => !isHeld));
}

function expectInTime(delays: readonly Delay[]): void {
  const p95 = (of: (delay: Delay) => number): number => quantile(delays.map(of), 0.95);
  expect(p95(({ sinceEvent }) => sinceEvent)).toBeLessThanOrEqual(PROMISED);
  expect(p95(({ sinceLook }) => sinceLook)).toBeLessThanOrEqual(PROMISED_SINCE_LOOK);
}
