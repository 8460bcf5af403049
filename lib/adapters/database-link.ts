import type { Reply } from "./embedded-engine.ts";

/** A way to the database, at home or in another process. */
export interface DatabaseLink {
  /**
   * Rejects with `LostLink` when nobody is there to answer, and nobody knows whether the request was carried out; with
   * StoreError when the database itself failed.
   */
  send(operation: string, request: string): Promise<Reply>;
  /** Whether it is of no further use, so that the next request needs another. */
  isOver(): boolean;
  close(): Promise<void>;
}

/** The process that has the database open went away, or did not answer in time. */
export class LostLink extends Error {
  override readonly name = "LostLink";
}

/** How a failure of the store travels to another process: this header names the problem, the body is `TravellingError`. */
export const PROBLEM_HEADER = "x-kravvagt-problem";

export interface TravellingError {
  readonly path: string;
  readonly message: string;
}

/** Whoever listens but is about to stop answers so, and has done nothing. */
export const STATUS_LEAVING = 503;
export const STATUS_FAILED = 500;
/** What a greeting (GET) is answered with. */
export const GREETING = "kravvagt data folder";
