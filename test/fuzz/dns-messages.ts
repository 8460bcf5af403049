import { Buffer } from "node:buffer";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Violation } from "./inputs.ts";
import { CURRENT_HEAD_OCTETS, CURRENT_OCTETS, NOT_STARTED, type Report, type Share } from "./share.ts";

const USAGE = `usage: npm run fuzz -- [--count N] [--seed S] [--first I] [--workers W]

Half of the inputs are random messages for the decoder and the parsers of RDATA. The other half are replies of the practice
internet that were altered on their way and then validated. The first broken promise ends the run with exit code 1; give its
seed and --first INPUT --count 1 to see it again.`;

const MAX_WORKERS = 8;
/** An input that is still running after this long is called a hang. The first one waits until the zones are loaded. */
const HANG_MS = 30_000;
const START_MS = 120_000;
const LOOK_EVERY_MS = 1_000;

interface Options {
  readonly count: number;
  readonly seed: number;
  readonly first: number;
  readonly workers: number;
}

function readOptions(): Options {
  const option = { type: "string" } as const;
  const { values } = parseArgs({ options: { count: option, seed: option, first: option, workers: option } });
  const number = (text: string | undefined, otherwise: number): number => {
    if (text === undefined) return otherwise;
    if (!/^\d{1,9}$/.test(text)) throw new TypeError(`"${text}" is not a whole number of at most nine digits`);
    return Number(text);
  };
  return {
    count: number(values.count, 1_000_000),
    seed: number(values.seed, 1),
    first: number(values.first, 0),
    workers: Math.max(1, number(values.workers, Math.min(MAX_WORKERS, availableParallelism()))),
  };
}

/** One worker, and when it last got on with its work. */
interface Running {
  readonly worker: Worker;
  readonly current: SharedArrayBuffer;
  report: Report;
  seen: number;
  since: number;
}

/** Runs every input until a violation; null: there was none. */
function runAll(started: readonly Running[], { seed, count }: Options): Promise<Violation | null> {
  return new Promise((resolve, reject) => {
    const end = (violation: Violation | null): void => {
      clearInterval(watch);
      void Promise.all(started.map(({ worker }) => worker.terminate())).then(() => resolve(violation));
    };
    const watch = setInterval(() => {
      if (process.stderr.isTTY) process.stderr.write(`\r${doneBy(started)} of ${count} inputs`);
      const hanging = started.find(hangs);
      if (hanging !== undefined) end(hangViolation(hanging, seed));
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

function start({ seed, first, count, workers }: Options, index: number): Running {
  const current = new SharedArrayBuffer(CURRENT_OCTETS);
  new Uint32Array(current, 0, 1).fill(NOT_STARTED);
  const share: Share = { seed, first, end: first + count, index, workers, current };
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

function hangViolation({ current }: Running, seed: number): Violation {
  const [input = 0, length = 0] = new Uint32Array(current, 0, 2);
  const hex = Buffer.from(new Uint8Array(current, CURRENT_HEAD_OCTETS, length)).toString("hex");
  return { seed, input, problem: `has not come to an end after ${HANG_MS / 1_000} seconds`, hex };
}

function doneBy(running: readonly Running[]): number {
  return running.reduce((sum, { report }) => sum + report.done, 0);
}

function endingsOf(running: readonly Running[]): string {
  const sums = new Map<string, number>();
  for (const { report } of running) {
    for (const [ending, times] of Object.entries(report.endings)) sums.set(ending, (sums.get(ending) ?? 0) + times);
  }
  return [...sums]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([ending, times]) => `${ending} ${times}`)
    .join(", ");
}

async function main(): Promise<number> {
  const options = readOptions();
  const begin = performance.now();
  const running = Array.from({ length: options.workers }, (_, index) => start(options, index));
  const violation = await runAll(running, options);
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  if (violation !== null) {
    const { seed, input, problem, hex } = violation;
    process.stdout.write(`seed ${seed}, input ${input}: ${problem}\nmessage: ${hex}\n`);
    return 1;
  }
  const seconds = Math.round((performance.now() - begin) / 1_000);
  const { count, seed } = options;
  process.stdout.write(
    `${doneBy(running)} of ${count} inputs with seed ${seed} in ${seconds} s: ${endingsOf(running)}\n`,
  );
  return doneBy(running) === count ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
