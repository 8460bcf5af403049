import type { Requirement } from "../core/requirement.ts";
import type { AssetState } from "../core/state.ts";
import { familyOf } from "../watch/cadence.ts";
import { type FamilyNow, isDeclared } from "./families.ts";
import type { StatusReading } from "./status-reading.ts";

/** States of one requirement in the order of asset ids, and how far that looked. */
export interface StatesPage {
  readonly states: readonly AssetState[];
  readonly watched: FamilyNow;
  /** The id looked at last, shown or not; null when nothing is left after this page. */
  readonly reached: string | null;
}

/** Where to begin, and how many are wanted. */
export interface PageRange {
  readonly after: string | null;
  readonly limit: number;
}

/** So many readings at most, where much of what is remembered is no longer declared. */
const MOST_READINGS = 4;

/** The states of declared assets after an id. A page may be short although there is more: `reached` says so. */
export async function statesPage(
  { id }: Requirement,
  { after, limit }: PageRange,
  { memory, municipality, families }: StatusReading,
): Promise<StatesPage> {
  const watched = await families(familyOf(id));
  const found: AssetState[] = [];
  let reached = after;
  for (let reading = 1; reading <= MOST_READINGS; reading += 1) {
    const read = await memory.states.page(municipality, id, { after: reached, limit: limit + 1 });
    for (const [index, state] of read.slice(0, limit).entries()) {
      reached = state.asset;
      if (isDeclared(state.asset, watched)) found.push(state);
      const isMore = index + 1 < read.length;
      if (found.length === limit) return { states: found, watched, reached: isMore ? reached : null };
    }
    if (read.length <= limit) return { states: found, watched, reached: null };
  }
  return { states: found, watched, reached };
}
