import { slotFor } from "./cadence.ts";
import { runId } from "./job.ts";
import {
  type CloseMessage,
  closeMessage,
  jobIn,
  LONGEST_DELAY_MS,
  lookMessage,
  type LookMessage,
  type MessageQueues,
  type SecondLookMessage,
} from "./message.ts";
import type { Stored } from "./memory.ts";
import { openJobs, planRun } from "./plan-run.ts";
import { closeRound } from "./round.ts";
import type { Run } from "./run.ts";
import { secondLooksOf } from "./second-looks.ts";
import { closeOthers } from "./watch-family.ts";
import type { WatchedFamily } from "./watched.ts";
import type { WatchIo } from "./watch-io.ts";
import { workJob } from "./work-job.ts";

/** A round is closed so long after its start, whatever of it is in. */
const CLOSED_AT_LATEST_MS = 600_000;
/** Second looks are few: theirs is closed sooner. */
const SECOND_LOOKS_CLOSED_AT_LATEST_MS = 180_000;
/** Alerts that could not be handed over are tried again after this: longer than a queue drops what it has just seen (five minutes). */
const RETELL_AFTER_MS = 360_000;

/**
 * The watch as steps, for processes that live no longer than one step: a round planned, a batch looked at, a run closed. What
 * one step owes the next is sent before the step ends, so a step that died is repeated whole and changes nothing twice.
 */

/** Plans the round of the current slot, and sends out what of it is not in. */
export async function planRound(watched: WatchedFamily, io: WatchIo, queues: MessageQueues): Promise<Run> {
  const slot = slotFor(io.clock.now(), watched.cadence);
  const { value: run } = await planRun(watched, slot, io);
  io.onEvent({ kind: "run-started", run });
  await sendOut(run, CLOSED_AT_LATEST_MS, queues);
  return run;
}

/** Looks at one batch, unless it is in already. The last one that comes in has the run closed. Rejects when interrupted. */
export async function workLook(
  message: LookMessage,
  watched: WatchedFamily,
  io: WatchIo,
  queues: MessageQueues,
  signal: AbortSignal,
): Promise<void> {
  const job = jobIn(message);
  const { value: before } = await runOf(message, io);
  if (!before.done.includes(job.batch)) {
    const looking = await io.openLooking(job.slot, job.assets.length, signal);
    try {
      await workJob(job, watched, looking, io, signal);
    } finally {
      looking.close();
    }
    // Nothing was remembered of an interrupted batch, so its message must come again.
    signal.throwIfAborted();
  }
  const { value: run } = await runOf(message, io);
  if (run.closedAt === null && run.done.length === run.batches.length) await queues.close(closeMessage(run, "in"));
}

/** Sends out the second looks of a slot that are owed by now; holds the message back while they are not due. */
export async function workSecondLook(
  message: SecondLookMessage,
  watched: WatchedFamily,
  io: WatchIo,
  queues: MessageQueues,
): Promise<void> {
  const owed = (await secondLooksOf(watched, io)).find(({ slot }) => slot === message.slot);
  if (owed === undefined) return;
  const wait = owed.due - io.clock.now();
  if (wait > 0) {
    await queues.send([message], Math.min(wait, LONGEST_DELAY_MS));
    return;
  }
  const { value: run } = await planRun(watched, owed.slot, io, owed.assets);
  io.onEvent({ kind: "run-started", run });
  await sendOut(run, SECOND_LOOKS_CLOSED_AT_LATEST_MS, queues);
}

/**
 * Closes a run, whatever of it is in, and what earlier ones left open; tells who is to be told, and has second looks taken.
 * More than one process must not do this for one municipality at a time.
 */
export async function workClose(
  message: CloseMessage,
  watched: WatchedFamily,
  io: WatchIo,
  queues: MessageQueues,
): Promise<void> {
  const { value: run } = await runOf(message, io);
  if (run.closedAt === null) await closeRound(run, watched, io);
  else await io.tell();
  await closeOthers(watched, io);
  const { municipality, family } = message;
  for (const { slot, due, assets } of await secondLooksOf(watched, io)) {
    io.onEvent({ kind: "second-look-planned", run: run.id, assets, due: new Date(due).toISOString() });
    const wait = Math.min(Math.max(0, due - io.clock.now()), LONGEST_DELAY_MS);
    await queues.send([{ kind: "second-look", municipality, family, slot }], wait);
  }
  const untold = await io.memory.alerts.undelivered(municipality);
  if (untold.length > 0) await queues.send([closeMessage(run, "untold")], RETELL_AFTER_MS);
}

/** The reminder to close goes first: should the rest not get out, the run is closed nevertheless. */
async function sendOut(run: Run, closedAfter: number, queues: MessageQueues): Promise<void> {
  if (run.closedAt !== null) return;
  await queues.send([closeMessage(run, "late")], closedAfter);
  const jobs = openJobs(run);
  if (jobs.length === 0) await queues.close(closeMessage(run, "in"));
  else await queues.send(jobs.map(lookMessage), 0);
}

async function runOf(
  { municipality, family, slot }: Pick<Run, "municipality" | "family" | "slot">,
  { memory }: Pick<WatchIo, "memory">,
): Promise<Stored<Run>> {
  const run = await memory.runs.of(municipality, runId(family, slot));
  if (run === null) throw new Error(`the run ${runId(family, slot)} is not in the store`);
  return run;
}
