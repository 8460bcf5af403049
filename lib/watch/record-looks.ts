import PQueue from "p-queue";
import type { Look } from "../core/look.ts";
import { isAnswer, reduce } from "../core/reduce.ts";
import { rulesOf } from "../core/requirement.ts";
import type { Reading } from "../core/requirement-id.ts";
import type { AssetState } from "../core/state.ts";
import type { Statements } from "../core/statements.ts";
import type { Subject, Transition } from "../core/transition.ts";
import type { EvidenceStore } from "../ports.ts";
import type { TlsProfile } from "../tls/profile.ts";
import type { Sealed } from "../verify/evidence.ts";
import type { JudgedAsset } from "../verify/verification.ts";
import { lookOf } from "./look-of.ts";
import type { Memory } from "./memory.ts";
import { publishOutbox, unsettled } from "./publish.ts";
import { rejudge } from "./rejudge.ts";

/** Subjects remembered at the same time. */
const AT_ONCE = 16;
/** How often one look is tried anew when somebody else wrote meanwhile. */
const ATTEMPTS = 10;

/** What all looks of one batch have in common. */
export interface LookContext {
  readonly municipality: string;
  readonly slot: string;
  readonly reading: Reading;
  /** Unset: the default. */
  readonly profile?: TlsProfile | undefined;
  readonly statements: Statements;
  /** Milliseconds, see `ReducePolicy`. */
  readonly confirmAfter: number;
  readonly candidateExpires?: number;
}

/** What became of one look. */
export interface RecordedLook {
  readonly subject: Subject;
  readonly look: Look;
  /** Null when nothing was remembered before. */
  readonly before: AssetState | null;
  /** With its outbox published. */
  readonly after: AssetState;
  /** False when it adds nothing: it was taken into account before, or came too late. */
  readonly counted: boolean;
  /** What it settled, in order; published. Empty when it did not count. */
  readonly transitions: readonly Transition[];
}

export interface RecordIo {
  readonly memory: Pick<Memory, "states" | "transitions" | "notices">;
  readonly evidence: EvidenceStore;
}

/**
 * Takes looks into account: evidence first, then the state in place of the one it was made from, then what it settled is
 * published. Doing it again changes nothing. Rejects at the first failure of the store, after what was under way has ended.
 */
export async function recordLooks(
  judged: readonly JudgedAsset[],
  about: LookContext,
  io: RecordIo,
): Promise<readonly RecordedLook[]> {
  const queue = new PQueue({ concurrency: AT_ONCE });
  try {
    return await Promise.all(judged.map((each) => queue.add(() => recordLook(each, about, io))));
  } catch (error) {
    queue.clear();
    await queue.onIdle();
    throw error;
  }
}

async function recordLook(judged: JudgedAsset, about: LookContext, io: RecordIo): Promise<RecordedLook> {
  const { requirement, asset } = judged.evaluation;
  const subject: Subject = { municipality: about.municipality, requirement: requirement.id, asset: asset.id };
  const { memory, evidence } = io;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const before = await memory.states.of(subject);
    const { look, blobs } = await lookAfter(before, judged, about, evidence);
    const next = reduce(before, subject, look, about);
    const counted = next !== before;
    if (counted) {
      await keep(blobs, before, evidence);
      if (!(await memory.states.commit(next, before))) continue;
    }
    const transitions = counted ? next.outbox.filter(({ number }) => number > (before?.last ?? 0)) : [];
    // One that does not count may be a look delivered again, after the first time was cut short.
    return { subject, look, before, after: await publishOutbox(next, memory), counted, transitions };
  }
  throw unsettled(subject, `somebody else wrote ${String(ATTEMPTS)} times running`);
}

/** The look, with the state's evidence judged anew where it was judged by other rules. */
async function lookAfter(before: AssetState | null, judged: JudgedAsset, about: LookContext, evidence: EvidenceStore) {
  const { slot, reading, profile } = about;
  const { evaluation } = judged;
  const isNeeded =
    before !== null &&
    before.slot < slot &&
    before.observedAt !== null &&
    before.rules !== rulesOf(evaluation.requirement, reading, profile) &&
    isAnswer(evaluation);
  const rejudged = isNeeded ? await rejudge(before, judged, about, evidence) : null;
  const { look, blobs } = lookOf(judged, { slot, reading, profile }, rejudged?.judgement ?? null);
  return { look, blobs: rejudged === null ? blobs : [...blobs, rejudged.blob] };
}

/** Keeps the texts, except those that the state before already rests on. */
async function keep(blobs: readonly Sealed[], before: AssetState | null, evidence: EvidenceStore): Promise<void> {
  const known = new Set([before?.evidence, before?.judgement]);
  await Promise.all(
    blobs.filter(({ address }) => !known.has(address)).map(({ address, text }) => evidence.put(address, text)),
  );
}
