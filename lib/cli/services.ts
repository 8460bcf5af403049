import type { Bilingual } from "../core/messages.ts";
import type { PracticeInternet } from "../practice/internet.ts";
import type { InventoryFiles, ReadInventory } from "../inventory/read-inventory.ts";
import type { Requirement } from "../core/requirement.ts";
import type { ReportSource } from "../mail/reports/report-read.ts";
import type { AlertSink, DataFolder } from "../ports.ts";
import type { AlertWriter } from "../reports/alert-text.ts";
import type { Network, NetworkOptions } from "../verify/network.ts";
import type { Interruptible } from "./interrupt.ts";
import type { Terminal } from "./terminal.ts";

/** What commands need from the world outside their arguments. Tests put their own in its place. */
export interface Services {
  readonly terminal: Terminal;
  readonly interrupts: Interruptible;
  readonly openNetwork: (files: InventoryFiles, options: NetworkOptions) => Promise<Network>;
  /** Opens a data folder, made where there is none only if `create` says so. Rejects with StoreError. */
  readonly openData: (path: string, options: { readonly create: boolean }) => Promise<DataFolder>;
  /** Finds and reads the aggregate reports that the paths name, files and folders. */
  readonly openReports: (paths: readonly string[], signal: AbortSignal) => Promise<ReportSource>;
  /** The wall clock, epoch milliseconds. */
  readonly now: () => number;
  readonly startPractice: () => Promise<PracticeInternet>;
  /** Puts an inventory file where the service on AWS reads it; null where the bucket keeps no versions. */
  readonly pushInventory: (
    file: string,
    bucket: string,
  ) => Promise<{ readonly read: ReadInventory; readonly version: string | null }>;
  /** Where alerts go besides the terminal: an outbox folder, and e-mail where the environment names a server. */
  readonly openSinks: (request: SinkRequest) => Promise<readonly AlertSink[]>;
}

/** What commands need that judge by any requirement. Those that look at one thing do without: the requirements take long to load. */
export interface JudgingServices extends Services {
  /** The requirements that are built, in the order of the source text. */
  readonly requirements: readonly Requirement[];
}

/** What sinks are made from. */
export interface SinkRequest {
  /** Where messages are kept as files. */
  readonly folder: string;
  /** E-mail addresses; may be empty. */
  readonly to: readonly string[];
  readonly write: AlertWriter;
  /** Told of what was asked for and cannot be: it is no error. */
  readonly warn: (words: Bilingual) => void;
}
