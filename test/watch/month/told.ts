import type { Alert } from "../../../lib/watch/alert.ts";

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

function whom({ total, members }: { readonly total: number; readonly members: readonly { readonly asset: string }[] }): string {
  return total === 1 ? (members[0]?.asset ?? "").replace("domain:", "") : String(total);
}
