import type { AssetState } from "../core/state.ts";
import type { Alert } from "./alert.ts";
import type { AlertFrame } from "./compose-alerts.ts";
import type { Memory } from "./memory.ts";
import type { Run } from "./run.ts";
import type { WatchedFamily } from "./watched.ts";
import type { WatchIo } from "./watch-io.ts";

/** What a close works with. */
export interface Closing {
  readonly run: Run;
  readonly watched: WatchedFamily;
  readonly memory: Memory;
  readonly onEvent: WatchIo["onEvent"];
  /** Epoch milliseconds: the moment of the close. */
  readonly now: number;
  /** States of the family's requirements, of assets that are in the inventory and that the requirement applies to. */
  readonly states: readonly AssetState[];
}

export function frameOf({ run, watched, now }: Omit<Closing, "states">): AlertFrame {
  return { municipality: watched.municipality.id, run: run.id, createdAt: new Date(now).toISOString() };
}

/** Files an alert. Null when one with its id was filed before: that one stands. */
export async function fileAlert<A extends Alert>(
  alert: A,
  { memory, onEvent }: Pick<Closing, "memory" | "onEvent">,
): Promise<A | null> {
  if ((await memory.alerts.of(alert.municipality, alert.id)) !== null) return null;
  await memory.alerts.file(alert);
  onEvent({ kind: "alert", alert });
  return alert;
}
