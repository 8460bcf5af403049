import { Worker } from "node:worker_threads";
import { CURRENT_HEAD_OCTETS, CURRENT_OCTETS, NOT_STARTED, type Report, type Share, type Violation } from "./share.ts";

/** An input that is still running after this long is called a hang. The first one waits until its target is ready. */
const HANG_MS = 30_000;
const START_MS = 120_000;
const LOOK_EVERY_MS = 1_000;

/** Inputs `first` to below `first + count` of a seed, shared between so many workers. */
export interface Extent {
  readonly count: number;
  readonly seed: number;
  readonly first: number;
  readonly workers: number;
}

/** What came of a run. `endings`: how often inputs ended in each way. */
export interface Outcome {
  readonly violation: Violation | null;
  readonly done: number;
  readonly endings: ReadonlyMap<string, number>;
}

/** One worker, and when it last got on with its work. */
interface Running {
  readonly worker: Worker;
  readonly current: SharedArrayBuffer;
  report: Report;
  seen: number;
  since: number;
}

/** Runs inputs of a target in workers until the first broken promise. Rejects when a worker itself fails. */
export async function runTarget(target: string, extent: Extent, progress: (done: number) => void): Promise<Outcome> {
  const running = Array.from({ length: extent.workers }, (_, index) => start(target, extent, index));
  const violation = await runAll(running, progress);
  return { violation, done: doneBy(running), endings: endingsOf(running) };
}

function runAll(started: readonly Running[], progress: (done: number) => void): Promise<Violation | null> {
  return new Promise((resolve, reject) => {
    const end = (violation: Violation | null): void => {
      clearInterval(watch);
      void Promise.all(started.map(({ worker }) => worker.terminate())).then(() => resolve(violation));
    };
    const watch = setInterval(() => {
      progress(doneBy(started));
      const hanging = started.find(hangs);
      if (hanging !== undefined) end(hangViolation(hanging));
    }, LOOK_EVERY_MS);
    for (const running of started) {
      running.worker.on("error", (error: Error) => {
        clearInterval(watch);
        reject(error);
      });
      running.worker.on("message", (report: Report) => {
        running.report = report;
        if (report.violation !== null) end(report.violation);
        else if (started.every((each) => each.report.finished)) end(null);
      });
    }
  });
}

function start(target: string, { seed, first, count, workers }: Extent, index: number): Running {
  const current = new SharedArrayBuffer(CURRENT_OCTETS);
  new Uint32Array(current, 0, 1).fill(NOT_STARTED);
  const share: Share = { target, seed, first, end: first + count, index, workers, current };
  const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: share });
  const report: Report = { done: 0, endings: {}, violation: null, finished: false };
  return { worker, current, report, seen: NOT_STARTED, since: performance.now() };
}

function hangs(running: Running): boolean {
  const number = Atomics.load(new Uint32Array(running.current, 0, 1), 0);
  if (number !== running.seen) Object.assign(running, { seen: number, since: performance.now() });
  const limit = number === NOT_STARTED ? START_MS : HANG_MS;
  return !running.report.finished && performance.now() - running.since > limit;
}

function hangViolation({ current }: Running): Violation {
  const [input = 0, length = 0] = new Uint32Array(current, 0, 2);
  const message = new Uint8Array(current, CURRENT_HEAD_OCTETS, length);
  return { input, problem: `has not come to an end after ${HANG_MS / 1_000} seconds`, message };
}

function doneBy(running: readonly Running[]): number {
  return running.reduce((sum, { report }) => sum + report.done, 0);
}

function endingsOf(running: readonly Running[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { report } of running) {
    for (const [ending, times] of Object.entries(report.endings)) sums.set(ending, (sums.get(ending) ?? 0) + times);
  }
  return sums;
}
