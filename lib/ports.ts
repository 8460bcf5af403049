import type { Bilingual } from "./core/messages.ts";
import type { Alert } from "./watch/alert.ts";

/**
 * What the shell needs of the world, as interfaces: adapters implement them, and nothing but `bin` and `functions` knows
 * which adapter it is. Every method rejects with a `StoreError` when the store itself fails.
 */

/** One stored item: its two keys, the revision it was last written with, and its content. */
export interface Item {
  readonly pk: string;
  readonly sk: string;
  readonly revision: number;
  /** Plain JSON. At most `LARGEST_BODY` bytes as text. */
  readonly body: unknown;
}

/** When a write may happen: always, only where nothing stands, or only in place of the revision that was read. */
export type Condition = "always" | "absent" | { readonly revision: number };

export interface Range {
  /** Sort keys from here on, including it. */
  readonly from?: string;
  /** Sort keys up to here, including it. */
  readonly to?: string;
  readonly prefix?: string;
  /** Highest sort key first. */
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

/** One table with a partition key and a sort key: single-item conditional writes, consistent reads, no index, no transaction. */
export interface Table {
  get(pk: string, sk: string): Promise<Item | null>;
  /** Whether it was written: false when the condition was not met. */
  put(item: Item, condition: Condition): Promise<boolean>;
  /** Whether the condition was met; removing what is not there is no failure. */
  remove(pk: string, sk: string, condition?: Condition): Promise<boolean>;
  /** In the order of the sort key, as code units. */
  query(pk: string, range?: Range): Promise<readonly Item[]>;
}

/** A larger body is our own error, not something to cut: a truncated truth is none. */
export const LARGEST_BODY = 64 * 1024;

/** Texts kept by content address (`sha256:` and hex). The address is the caller's: see verify/evidence.ts. */
export interface EvidenceStore {
  /** Keeps the text; one that is already there under the address stays. */
  put(address: string, text: string): Promise<void>;
  /** Null when nothing is kept under the address. */
  get(address: string): Promise<string | null>;
}

/** One data folder that is open: the table and evidence in it, shared with whoever else has it open on this machine. */
export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  readonly table: Table;
  readonly evidence: EvidenceStore;
  close(): Promise<void>;
}

/** Time and waiting, so that a month can pass in a test. */
export interface Clock {
  /** The wall clock, epoch milliseconds: people set it, so it may jump. */
  now(): number;
  /** Milliseconds since some fixed moment: it never jumps. */
  elapsed(): number;
  /** Resolves after so many milliseconds, or at once when the signal aborts; never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Somewhere that alerts are handed over to. Handing over the same alert twice must look like once: it carries its id. */
export interface AlertSink {
  /** Names the sink in what is remembered; never changes. */
  readonly name: string;
  /** Rejects when the alert could not be handed over; it is then tried again later. */
  deliver(alert: Alert): Promise<void>;
}

/** Why a store cannot be used. Each is told to the user with what to do; exit status 74. */
export type StoreProblem =
  "not-ours" | "newer" | "locked" | "corrupt" | "read-only" | "full" | "unreadable" | "too-large" | "unavailable";

/** The store failed, not the code that asked. `path` is the file or folder concerned; the message is English, for the curious. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly problem: StoreProblem;
  readonly path: string;

  constructor(problem: StoreProblem, path: string, message: string, options?: ErrorOptions) {
    super(`${path}: ${message}`, options);
    this.problem = problem;
    this.path = path;
  }
}

/** A setting of the environment cannot be used. The words never repeat it: it may hold a password. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  /** Which setting. */
  readonly setting: string;
  readonly words: Bilingual;

  constructor(setting: string, words: Bilingual) {
    super(`${setting}: ${words.en}`);
    this.setting = setting;
    this.words = words;
  }
}
