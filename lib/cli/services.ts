import type { PracticeInternet } from "../practice/internet.ts";
import type { InventoryFiles } from "../inventory/read-inventory.ts";
import type { Requirement } from "../core/requirement.ts";
import type { Network, NetworkOptions } from "./network.ts";
import type { Interruptible } from "./interrupt.ts";
import type { Terminal } from "./terminal.ts";

/** What commands need from the world outside their arguments. Tests put their own in its place. */
export interface Services {
  readonly terminal: Terminal;
  readonly interrupts: Interruptible;
  readonly openNetwork: (files: InventoryFiles, options: NetworkOptions) => Promise<Network>;
  readonly startPractice: () => Promise<PracticeInternet>;
  /** The requirements that are built, in the order of the source text. */
  readonly requirements: readonly Requirement[];
}
