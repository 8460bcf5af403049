import { isConfirmSlot } from "../core/slot.ts";
import type { Run } from "./run.ts";
import type { Summary } from "./summary.ts";

/** What a close says of the watch itself, for alarms. */
export interface RunFigures {
  /** Seconds from the run's start to its close. */
  readonly seconds: number;
  /** Assets of the batches that came in, of those that were planned: 0 to 1. */
  readonly coverage: number;
  /** Looks without an answer, of all looks: 0 to 1. Null when nothing was looked at. */
  readonly indeterminate: number | null;
  /** Seconds since the oldest look with an answer that a verdict of the summary rests on; null when one never had any. */
  readonly age: number | null;
}

/** The figures of a round that was closed; null for second looks, which are few and chosen. Pure. */
export function figuresOf(
  { slot, startedAt, closedAt, batches, done, counts }: Run,
  summary: Summary | null,
): RunFigures | null {
  if (isConfirmSlot(slot) || closedAt === null) return null;
  const planned = batches.flat().length;
  const seen = done.reduce((sum, batch) => sum + (batches[batch]?.length ?? 0), 0);
  const { looks, answers } = counts;
  return {
    seconds: secondsBetween(startedAt, closedAt),
    coverage: planned === 0 ? 1 : seen / planned,
    indeterminate: looks === 0 ? null : (looks - answers) / looks,
    age: ageAt(closedAt, summary),
  };
}

function ageAt(closedAt: string, summary: Summary | null): number | null {
  const oldest = summary?.requirements.map((each) => each.oldest) ?? [];
  const seen = oldest.filter((moment) => moment !== null).sort();
  const [first] = seen;
  return first === undefined || seen.length < oldest.length ? null : secondsBetween(first, closedAt);
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
