import type { RequirementId } from "../core/requirement-id.ts";
import type { AssetState } from "../core/state.ts";
import { StoreError } from "../ports.ts";
import { familyOf } from "./cadence.ts";
import { runId } from "./job.ts";
import { stateKey } from "./keys.ts";
import type { Memory } from "./memory.ts";
import { noticeOf } from "./notice.ts";

type PublishedTo = Pick<Memory, "states" | "transitions" | "notices">;

/** How often clearing an outbox is tried anew when somebody else wrote meanwhile. */
const ATTEMPTS = 10;

/**
 * Puts what a state's outbox holds into history, oldest first, files the notices, then clears the outbox. May be cut short
 * anywhere and done again: nothing is published twice. Returns the state as it then stands.
 */
export async function publishOutbox(state: AssetState, memory: PublishedTo): Promise<AssetState> {
  if (state.outbox.length === 0) return state;
  for (const transition of state.outbox) {
    await memory.transitions.publish(transition);
    const notice = noticeOf(transition, runId(familyOf(transition.requirement), transition.slot));
    if (notice !== null) await memory.notices.file(notice);
  }
  return clear(state, memory);
}

/** Publishes whatever is still in the outboxes of these requirements: what an earlier process left. */
export async function publishAll(
  municipality: string,
  requirements: readonly RequirementId[],
  memory: PublishedTo,
): Promise<void> {
  for (const requirement of requirements) {
    const states = await memory.states.all(municipality, requirement);
    for (const state of states) await publishOutbox(state, memory);
  }
}

/** Takes what was published out of the outbox, and leaves what others have put there since. */
async function clear(published: AssetState, { states }: PublishedTo): Promise<AssetState> {
  const numbers = new Set(published.outbox.map(({ number }) => number));
  let standing = published;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outbox = standing.outbox.filter(({ number }) => !numbers.has(number));
    if (outbox.length === standing.outbox.length) return standing;
    const cleared: AssetState = { ...standing, revision: standing.revision + 1, outbox };
    if (await states.commit(cleared, standing)) return cleared;
    const found = await states.of(published);
    if (found === null) throw unsettled(published, "the state is gone");
    standing = found;
  }
  throw unsettled(published, `somebody else wrote ${String(ATTEMPTS)} times running`);
}

/** Something is wrong with the store, or with who writes to it: no state is ever removed or written that often. */
export function unsettled(state: Parameters<typeof stateKey>[0], problem: string): StoreError {
  const { pk, sk } = stateKey(state);
  return new StoreError("unavailable", `${pk} / ${sk}`, problem);
}
