import { isAnswer } from "../core/reduce.ts";
import type { AssetState } from "../core/state.ts";
import type { JudgedAsset } from "../verify/verification.ts";
import { doubted, isWell, worseLooks } from "./doubt.ts";
import type { Job } from "./job.ts";
import { lookPatiently } from "./look-again.ts";
import { recordLooks, type RecordedLook } from "./record-looks.ts";
import type { Run, RunCounts, Suspicion } from "./run.ts";
import type { WatchedFamily } from "./watched.ts";
import type { Looking, WatchIo } from "./watch-io.ts";

/**
 * Does one batch: looks, doubts itself where things got worse, remembers, and notes in the run that the batch is in. Doing it
 * again changes nothing. An interrupted batch is not remembered at all: the looks that were not taken are no answers.
 */
export async function workJob(
  job: Job,
  watched: WatchedFamily,
  looking: Looking,
  io: WatchIo,
  signal: AbortSignal,
): Promise<void> {
  const judged = await lookPatiently(job, watched, looking, signal);
  if (signal.aborted) return;
  const worse = worseLooks(judged, await statesOf(judged, watched, io));
  const isDoubtful = worse.length > 0 && (await looking.checkControls()) === "doubtful";
  if (signal.aborted) return;
  const { inventory, municipality, family } = watched;
  const recorded = await recordLooks(
    isDoubtful ? doubted(judged, worse) : judged,
    {
      ...{ municipality: municipality.id, family, slot: job.slot, reading: inventory.reading },
      ...{ statements: inventory, confirmAfter: inventory.settings.confirmAfter },
    },
    io,
  );
  for (const { transitions } of recorded) {
    for (const transition of transitions) io.onEvent({ kind: "transition", transition });
  }
  await noteDone(job, countsOf(recorded), isDoubtful ? "controls" : null, io);
}

async function statesOf(
  judged: readonly JudgedAsset[],
  { municipality }: WatchedFamily,
  { memory }: WatchIo,
): Promise<readonly AssetState[]> {
  const states = await Promise.all(
    judged.map(({ evaluation: { requirement, asset } }) =>
      memory.states.of({ municipality: municipality.id, requirement: requirement.id, asset: asset.id }),
    ),
  );
  return states.filter((state) => state !== null);
}

function countsOf(recorded: readonly RecordedLook[]): RunCounts {
  const counted = recorded.filter(({ counted: isCounted }) => isCounted);
  // What is a fail by newer rules alone got worse by our own doing: nothing happened to it.
  const well = counted.filter(
    ({ before, look }) => before !== null && isWell(before) && isWell(look.rejudged ?? before),
  );
  return {
    looks: counted.length,
    answers: counted.filter(({ look }) => isAnswer(look)).length,
    worse: well.filter(({ look }) => look.verdict === "fail").length,
    well: well.length,
  };
}

/** Notes that a batch is in. Others note theirs at the same time, so it is tried until it fits. */
async function noteDone(job: Job, counts: RunCounts, suspect: Suspicion | null, { memory }: WatchIo): Promise<void> {
  for (;;) {
    const run = await memory.runs.of(job.municipality, job.run);
    if (run === null) throw new Error(`the run ${job.run} is gone from the store`);
    if (run.value.done.includes(job.batch)) return;
    const next: Run = {
      ...run.value,
      done: [...run.value.done, job.batch].sort((a, b) => a - b),
      suspect: run.value.suspect ?? suspect,
      counts: sum(run.value.counts, counts),
    };
    if (await memory.runs.put(next, run.revision)) return;
  }
}

function sum(a: RunCounts, b: RunCounts): RunCounts {
  return {
    looks: a.looks + b.looks,
    answers: a.answers + b.answers,
    worse: a.worse + b.worse,
    well: a.well + b.well,
  };
}
