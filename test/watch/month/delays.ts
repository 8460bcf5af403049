import type { Comparison } from "./told.ts";

const MINUTE = 60_000;
/** What the script allows where nothing holds a message back: not a mass, not a doubt, not a mail server. */
export const PROMISED = 75;

/** How long one message took, in minutes. */
export interface Delay {
  readonly kind: string;
  /** From what really happened. */
  readonly sinceEvent: number;
  /** From the first look that showed it. */
  readonly sinceLook: number;
  /** Whether something is meant to hold it back. */
  readonly isHeld: boolean;
}

export function delaysOf({ came }: Comparison): readonly Delay[] {
  return came.flatMap(({ expected, message: { alert, at } }) => {
    if (alert.kind !== "regression" && alert.kind !== "recovery") return [];
    const firstSeen = Math.min(...alert.members.map(({ since }) => Date.parse(since)));
    return {
      kind: alert.kind,
      sinceEvent: (at - expected.since) / MINUTE,
      sinceLook: (at - firstSeen) / MINUTE,
      isHeld: expected.within > PROMISED * MINUTE,
    };
  });
}

/** The smallest value that at least this share of all do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;
}

/** A small table: how many messages, and median, 95th percentile and worst of both delays. */
export function delayTable(title: string, delays: readonly Delay[]): string {
  const groups = Map.groupBy(delays, ({ kind, isHeld }) => `${kind}${isHeld ? ", held back" : ""}`);
  const rows = [...groups].map(([name, own]) => {
    const numbers = [own.map(({ sinceEvent }) => sinceEvent), own.map(({ sinceLook }) => sinceLook)].flatMap((values) =>
      [0.5, 0.95, 1].map((share) => quantile(values, share).toFixed(1).padStart(7)),
    );
    return `${name.padEnd(24)}${String(own.length).padStart(4)}${numbers.join("")}`;
  });
  const head = `${"minutes".padEnd(24)}   n  since it happened    since first look`;
  const columns = `${"".padEnd(28)}${"median    p95  worst".padStart(21)}${"median    p95  worst".padStart(21)}`;
  return [title, head, columns, ...rows].join("\n");
}
