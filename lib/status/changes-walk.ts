import * as z from "zod";
import type { Transition } from "../core/transition.ts";
import type { Memory } from "../watch/memory.ts";
import { transitionId } from "./told-state.ts";

/** How far a walk through the changes of a span has come. Moments are UTC, ISO 8601 with milliseconds. */
export const walkForm = z.strictObject({
  /** Both belong to the span, so that later pages are of the same one. */
  since: z.iso.datetime({ precision: 3 }),
  until: z.iso.datetime({ precision: 3 }),
  /** The newest moment that is not done with, and the id of the last change shown of it; null when none was. */
  at: z.iso.datetime({ precision: 3 }),
  id: z.string().nullable(),
});

export type Walk = z.infer<typeof walkForm>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST_STRIDE = HOUR;
const LONGEST_STRIDE = 31 * DAY;
/** Each stride is a reading of the store or two: where little happens, about two years a page. */
const MOST_STRIDES = 34;

/**
 * The next changes of a walk, newest first, and where it goes on; null at its end. Strides into the past lengthen while little
 * is found, so that neither a busy hour nor a quiet year is read whole. A page may be short although there is more.
 */
export async function walkOn(
  walk: Walk,
  limit: number,
  { municipality, memory }: { readonly municipality: string; readonly memory: Memory },
): Promise<{ readonly changes: readonly Transition[]; readonly walk: Walk | null }> {
  const since = Date.parse(walk.since);
  const found: Transition[] = [];
  // The last moment of the page before is read again: some of its changes may be left.
  let end = Math.min(Date.parse(walk.at) + 1, Date.parse(walk.until));
  let stride = FIRST_STRIDE;
  for (let strides = 0; strides < MOST_STRIDES && end > since; strides += 1) {
    const begin = Math.max(end - stride, since);
    const read = await memory.transitions.changes(municipality, momentOf(begin), momentOf(end));
    found.push(...read.filter((change) => isLeft(change, walk)).toSorted(newestFirst));
    if (found.length > limit) return { changes: found.slice(0, limit), walk: walkAfter(found[limit - 1], walk) };
    end = begin;
    if (read.length < limit) stride = Math.min(2 * stride, LONGEST_STRIDE);
  }
  // What comes next lies before `end`: nothing of the moment before it has been shown.
  return { changes: found, walk: end > since ? { ...walk, at: momentOf(end - 1), id: null } : null };
}

function walkAfter(last: Transition | undefined, walk: Walk): Walk | null {
  return last === undefined ? null : { ...walk, at: last.confirmedAt, id: transitionId(last) };
}

/** Whether a change comes after a place in the order of `newestFirst`; a place without an id is before all of its moment. */
export function isLeft(change: Transition, { at, id }: Pick<Walk, "at" | "id">): boolean {
  if (change.confirmedAt !== at) return change.confirmedAt < at;
  return id === null || transitionId(change) > id;
}

/** Changes of one moment by their ids, so that their order is total. */
export function newestFirst(a: Transition, b: Transition): number {
  if (a.confirmedAt !== b.confirmedAt) return a.confirmedAt > b.confirmedAt ? -1 : 1;
  return transitionId(a) < transitionId(b) ? -1 : 1;
}

function momentOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
