import { type AssetState, currentVerdict, isStale } from "../core/state.ts";
import type { Subject, Transition } from "../core/transition.ts";
import type { Judged } from "../core/verdict.ts";
import { DEFAULT_SETTINGS, type Inventory } from "../inventory/inventory.ts";
import type { EvidenceStore } from "../ports.ts";
import type { StoredJudgement } from "../verify/evidence.ts";
import { cadenceOf, familyOf } from "./cadence.ts";
import type { Memory } from "./memory.ts";
import { createRecall, type Recall, type Recalled } from "./recall.ts";

/** All that is remembered of one asset for one requirement. */
export interface AssetHistory {
  readonly state: AssetState;
  /** What may be said now: the confirmed verdict, or indeterminate once that is stale. */
  readonly current: Judged;
  readonly isStale: boolean;
  /** Oldest first, those that are not published yet among them. */
  readonly transitions: readonly RecalledTransition[];
}

export interface RecalledTransition {
  readonly transition: Transition;
  /** What was concluded, or why that cannot be had. */
  readonly judgement: Recalled<StoredJudgement>;
}

/** What reading the past takes. */
export interface PastIo {
  readonly memory: Memory;
  readonly evidence: EvidenceStore;
}

/** A subject that changes while it is read is read again, so often at most. */
const MOST_READS = 5;

/** The history of one subject at `now` (epoch milliseconds); null when nothing is remembered of it. */
export async function historyOfAsset(subject: Subject, io: PastIo, now: number): Promise<AssetHistory | null> {
  const read = await readTogether(subject, io.memory);
  if (read === null) return null;
  const { state, history } = read;
  const recall = createRecall(io.evidence);
  const family = familyOf(subject.requirement);
  const inventory = await latestInventory(subject.municipality, family, io.memory, recall);
  const settings = inventory?.ok === true ? inventory.value.settings : DEFAULT_SETTINGS;
  const cadence = cadenceOf(settings, family);
  const transitions: RecalledTransition[] = [];
  for (const transition of withUnpublished(history, state)) {
    transitions.push({ transition, judgement: await recall.judgement(transition.judgement) });
  }
  return { state, current: currentVerdict(state, now, cadence), isStale: isStale(state, now, cadence), transitions };
}

/** The inventory that a family was last verified by; null when it never was. */
export async function latestInventory(
  municipality: string,
  family: ReturnType<typeof familyOf>,
  memory: Memory,
  recall: Recall,
): Promise<Recalled<Inventory> | null> {
  const [newest] = await memory.runs.newest(municipality, family, 1);
  return newest === undefined ? null : recall.inventory(newest.value.inventory);
}

/** A service may write beside us: state and history are taken only when the state did not move between. */
async function readTogether(
  subject: Subject,
  { states, transitions }: Memory,
): Promise<{ readonly state: AssetState; readonly history: readonly Transition[] } | null> {
  let state = await states.of(subject);
  for (let read = 1; state !== null; read += 1) {
    const history = await transitions.history(subject);
    const after = await states.of(subject);
    if (after === null || after.revision === state.revision || read === MOST_READS) return { state, history };
    state = after;
  }
  return null;
}

/** What the outbox still holds follows what is published; publishing may have been cut short between the two. */
function withUnpublished(history: readonly Transition[], { outbox }: AssetState): readonly Transition[] {
  const published = new Set(history.map(({ number }) => number));
  return [...history, ...outbox.filter(({ number }) => !published.has(number))];
}
