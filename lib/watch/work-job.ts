import { isAnswer } from "../core/reduce.ts";
import { scheduledAt } from "../core/slot.ts";
import type { AssetState } from "../core/state.ts";
import type { Subject } from "../core/transition.ts";
import type { JudgedAsset } from "../verify/verification.ts";
import { doubted, isWell, worseLooks } from "./doubt.ts";
import type { Job } from "./job.ts";
import { lookPatiently } from "./look-again.ts";
import { recordLooks, type RecordedLook } from "./record-looks.ts";
import type { Run, RunCounts, Suspicion } from "./run.ts";
import type { WatchedFamily } from "./watched.ts";
import type { Looking, WatchIo } from "./watch-io.ts";

/** Rounds without an answer that a candidate outlives. */
const CANDIDATE_CADENCES = 2;

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
  const judged = await lookPatiently(job, watched, looking, answeredLast(watched, io), signal);
  if (signal.aborted) return;
  const worse = worseLooks(judged, await statesOf(judged, watched, io));
  const isDoubtful = worse.length > 0 && (await looking.checkControls()) === "doubtful";
  if (signal.aborted) return;
  const { inventory, municipality, family } = watched;
  const recorded = await recordLooks(
    isDoubtful ? doubted(judged, worse) : judged,
    {
      ...{ municipality: municipality.id, family, slot: job.slot, reading: inventory.reading },
      profile: inventory.settings.tlsProfile,
      ...{ statements: inventory, confirmAfter: inventory.settings.confirmAfter },
      candidateExpires: CANDIDATE_CADENCES * watched.cadence,
    },
    io,
  );
  for (const { transitions } of recorded) {
    for (const transition of transitions) io.onEvent({ kind: "transition", transition });
  }
  await noteDone(job, countsOf(recorded), isDoubtful ? "controls" : null, io);
}

/** Whether the latest look at a subject had an answer: only then is silence a surprise. */
function answeredLast({ municipality }: WatchedFamily, { memory }: WatchIo) {
  return async (about: Pick<Subject, "requirement" | "asset">): Promise<boolean> => {
    const state = await memory.states.of({ municipality: municipality.id, ...about });
    const isKnown = state !== null && state.observedAt !== null;
    if (!isKnown) return false;
    // What we doubted ourselves about was heard all the same.
    return state.unanswered === null || state.unanswered.cause === "internal";
  };
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
  const tallies = recorded.flatMap((each) => tallyOf(each) ?? []);
  const count = (key: keyof Tally): number => tallies.filter((tally) => tally[key]).length;
  return { looks: tallies.length, answers: count("isAnswer"), worse: count("isWorse"), well: count("wasWell") };
}

/** What one look adds to the counts of its run. */
interface Tally {
  readonly isAnswer: boolean;
  readonly wasWell: boolean;
  readonly isWorse: boolean;
}

/** Null for a look that came too late. One that a process which died had remembered already counts by what it left. */
function tallyOf({ before, look, counted }: RecordedLook): Tally | null {
  if (!counted) return before?.slot === look.slot ? tallyAgain(before) : null;
  // What is a fail by newer rules alone got worse by our own doing: nothing happened to it.
  const wasWell = before !== null && isWell(before) && isWell(look.rejudged ?? before);
  return { isAnswer: isAnswer(look), wasWell, isWorse: wasWell && look.verdict === "fail" };
}

function tallyAgain(state: AssetState): Tally {
  const isCandidate = state.candidate?.slot === state.slot && state.candidate.verdict === "fail";
  const isFresh = state.openRegression === state.last && Date.parse(state.since) >= scheduledAt(state.slot);
  const hasFallen = state.verdict === "fail" && isFresh;
  return {
    isAnswer: state.unanswered === null,
    wasWell: isWell(state) || hasFallen,
    isWorse: (isWell(state) && isCandidate) || hasFallen,
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
