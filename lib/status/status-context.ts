import type { Language } from "../core/messages.ts";
import type { Requirement } from "../core/requirement.ts";
import type { EvidenceStore } from "../ports.ts";
import type { Memory } from "../watch/memory.ts";

/** What every route may read. Nothing here can write or look at an asset. */
export interface StatusContext {
  /** The one municipality that is answered for. */
  readonly municipality: string;
  readonly memory: Memory;
  readonly evidence: EvidenceStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What cursors are sealed with: the same for every process that may be handed one. */
  readonly secret: string;
  /** The requirements that are built. */
  readonly requirements: readonly Requirement[];
  /** The language of whoever does not say. */
  readonly language: Language;
}
