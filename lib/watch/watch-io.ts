import type { Clock, EvidenceStore } from "../ports.ts";
import type { JudgedAsset } from "../verify/verification.ts";
import type { Job } from "./job.ts";
import type { Memory } from "./memory.ts";
import type { WatchedFamily } from "./watched.ts";
import type { WatchEvent } from "./watch-event.ts";

/** Everything the watch needs of the world. */
export interface WatchIo {
  readonly memory: Memory;
  readonly evidence: EvidenceStore;
  readonly clock: Clock;
  /** Hands over what is undelivered; calls wait for each other, so that nothing is handed over twice. */
  readonly tell: () => Promise<void>;
  /** Opens what it takes to look at the assets of one run, `total` of them. */
  readonly openLooking: (slot: string, total: number, signal: AbortSignal) => Promise<Looking>;
  readonly onEvent: (event: WatchEvent) => void;
}

/** Looking at assets for the length of one run. */
export interface Looking {
  /** Looks at the assets that the job names, and judges them. An abort leaves what was not looked at indeterminate. */
  look(job: Job, watched: WatchedFamily): Promise<readonly JudgedAsset[]>;
  /** Whether names whose state we know come out as they should; asked at most once, and only when something got worse. */
  checkControls(): Promise<"sound" | "doubtful" | "unknown">;
  close(): void;
}
