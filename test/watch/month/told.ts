import type { Alert } from "../../../lib/watch/alert.ts";
import type { Expected } from "./script.ts";
import type { Message } from "./simulate.ts";

/** An alert in the words of the script: its kind, and whom it is about. */
export function wordsOf(alert: Alert): string {
  switch (alert.kind) {
    case "doubt":
      return `doubt ${alert.suspicion}`;
    case "gap":
      return `gap of ${whom(alert)} for ${alert.cause}`;
    case "forecast":
      return `forecast of ${alert.what}`;
    case "digest":
      return `digest of ${String(alert.total)} and ${String(alert.open.length)} open`;
    default:
      return `${alert.kind} of ${whom(alert)}${alert.total > 1 ? ` about ${String(alert.deciding.about)}` : ""}`;
  }
}

interface Subjects {
  readonly total: number;
  readonly members: readonly { readonly asset: string }[];
}

function whom({ total, members }: Subjects): string {
  return total === 1 ? (members[0]?.asset ?? "").replace("domain:", "") : String(total);
}

/** What was expected and came, and what is wrong: lines of the script that nothing was told of, and messages too many. */
export interface Comparison {
  readonly came: readonly { readonly expected: Expected; readonly message: Message }[];
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

/** Each message answers one expectation, and each expectation one message, in time. `slack` is added to every limit. */
export function compare(expected: readonly Expected[], messages: readonly Message[], slack: number): Comparison {
  const left = new Set(messages);
  const came: { expected: Expected; message: Message }[] = [];
  const missing: string[] = [];
  for (const each of expected) {
    const message = [...left].find(
      ({ alert, at }) => wordsOf(alert) === each.words && at >= each.since && at <= each.since + each.within + slack,
    );
    if (message === undefined) missing.push(`${each.words}: ${each.line}`);
    else left.delete(message);
    if (message !== undefined) came.push({ expected: each, message });
  }
  const unexpected = [...left].map(({ alert, at }) => `${new Date(at).toISOString()} ${wordsOf(alert)}`);
  return { came, missing, unexpected };
}
