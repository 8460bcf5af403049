import PQueue from "p-queue";
import { type Closed, closeRun } from "./close-run.ts";
import type { Stored } from "./memory.ts";
import { openJobs, planRun } from "./plan-run.ts";
import type { Run } from "./run.ts";
import type { WatchedFamily } from "./watched.ts";
import type { Looking, WatchIo } from "./watch-io.ts";
import { workJob } from "./work-job.ts";

/** Batches under way at once. */
const WORKERS = 4;

/**
 * One run from plan to close: looks at everything once, remembers, and tells who is to be told. What an earlier process left
 * of the same run is carried on. Null when it was interrupted: the run stays open, and the next start carries it on.
 */
export async function runRound(
  watched: WatchedFamily,
  slot: string,
  io: WatchIo,
  signal: AbortSignal,
  only?: readonly string[],
): Promise<Closed | null> {
  const planned = await planRun(watched, slot, io, only);
  if (planned.value.closedAt !== null) return null;
  io.onEvent({ kind: "run-started", run: planned.value });
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const looking = await io.openLooking(slot, planned.value.batches.flat().length, either);
  try {
    await workAll(planned.value, watched, looking, io, either, failed);
  } finally {
    looking.close();
  }
  return signal.aborted ? null : closeRound(planned.value, watched, io);
}

/** The first batch that fails ends the others, and all have ended before this rejects: they look through what is closed next. */
async function workAll(
  run: Run,
  watched: WatchedFamily,
  looking: Looking,
  io: WatchIo,
  signal: AbortSignal,
  failed: AbortController,
): Promise<void> {
  const queue = new PQueue({ concurrency: WORKERS });
  const work = openJobs(run).map((job) =>
    queue.add(async () => {
      if (!signal.aborted) await workJob(job, watched, looking, io, signal);
    }),
  );
  try {
    await Promise.all(work);
  } catch (error) {
    failed.abort();
    throw error;
  } finally {
    await queue.onIdle();
  }
}

/** Closes a run, whatever of it is in, and hands over what there is to tell. */
export async function closeRound({ municipality, id }: Run, watched: WatchedFamily, io: WatchIo): Promise<Closed> {
  const run = await stored(municipality, id, io);
  const closed = await closeRun(run, watched, io, io.clock.now());
  const seconds = (io.clock.now() - Date.parse(run.value.startedAt)) / 1000;
  io.onEvent({ kind: "run-closed", run: closed.run, seconds });
  await io.tell();
  return closed;
}

async function stored(municipality: string, id: string, { memory }: WatchIo): Promise<Stored<Run>> {
  const run = await memory.runs.of(municipality, id);
  if (run === null) throw new Error(`the run ${id} is gone from the store`);
  return run;
}
