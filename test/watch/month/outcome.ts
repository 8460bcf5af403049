import { A_MONTH } from "./a-month.ts";
import { type Delay, delaysOf } from "./delays.ts";
import { faultsIn } from "./left-behind.ts";
import { readScript, type Script, withRestarts } from "./script.ts";
import { simulate } from "./simulate.ts";
import { compare, type Comparison } from "./told.ts";

const MINUTE = 60_000;
/** One look in a hundred gets no answer. */
const LOST = 0.01;
/** What was looked at late, because the service was down, may be told of a round later. */
const RESTART_SLACK = 60 * MINUTE;

/** Which month is run. */
export interface MonthRun {
  readonly seed: number;
  /** Whether the service dies or is restarted at a random moment of every day, besides what the script says. */
  readonly isRestarted: boolean;
  /** Only the first so many days; unset: all. */
  readonly days?: number;
}

/** What became of a month, as plain data. */
export interface Outcome extends Pick<Comparison, "missing" | "unexpected"> {
  /** What is wrong with what is left in the store. */
  readonly faults: readonly string[];
  readonly expected: number;
  readonly messages: number;
  readonly handOvers: number;
  readonly looks: number;
  readonly starts: number;
  readonly delays: readonly Delay[];
}

export async function outcomeOf({ seed, isRestarted, days }: MonthRun): Promise<Outcome> {
  const written = readScript(A_MONTH, days);
  const script: Script = isRestarted ? withRestarts(written, seed) : written;
  const month = await simulate(script, { seed, lost: LOST });
  const comparison = compare(script.expected, month.messages, isRestarted ? RESTART_SLACK : 0);
  const { missing, unexpected } = comparison;
  const { looks, starts, handOvers } = month;
  return {
    ...{ missing, unexpected, faults: await faultsIn(month), expected: script.expected.length },
    ...{ messages: month.messages.length, handOvers, looks, starts, delays: delaysOf(comparison) },
  };
}
