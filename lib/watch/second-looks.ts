import { confirmSlotOf, isConfirmSlot } from "../core/slot.ts";
import type { AssetState } from "../core/state.ts";
import type { WatchedFamily } from "./watched.ts";
import type { WatchIo } from "./watch-io.ts";

/** A second look that is to be taken: at which assets, for which slot, and not before when (epoch milliseconds). */
export interface SecondLook {
  readonly slot: string;
  readonly due: number;
  readonly assets: readonly string[];
}

/** The second looks that are still owed, the oldest slot first: those of candidates which no later look has counted for. Pure. */
export function owedSecondLooks(states: readonly AssetState[], confirmAfter: number): readonly SecondLook[] {
  const waiting = states.flatMap((state) => {
    if (state.candidate === null || isConfirmSlot(state.candidate.slot)) return [];
    const slot = confirmSlotOf(state.candidate.slot);
    return slot > state.slot
      ? [{ slot, due: Date.parse(state.candidate.since) + confirmAfter, asset: state.asset }]
      : [];
  });
  return [...Map.groupBy(waiting, ({ slot }) => slot)]
    .map(([slot, group]) => ({
      slot,
      due: Math.max(...group.map(({ due }) => due)),
      assets: [...new Set(group.map(({ asset }) => asset))].sort(),
    }))
    .sort((a, b) => (a.slot < b.slot ? -1 : 1));
}

/** The second looks that a family owes, by what is remembered of its assets. A run that is doubted owes none. */
export async function secondLooksOf(
  { municipality, family, requirements, inventory }: WatchedFamily,
  { memory }: Pick<WatchIo, "memory">,
): Promise<readonly SecondLook[]> {
  const states = (await Promise.all(requirements.map(({ id }) => memory.states.all(municipality.id, id)))).flat();
  const known = new Set(inventory.assets.map(({ id }) => id));
  const owed = owedSecondLooks(
    states.filter(({ asset }) => known.has(asset)),
    inventory.settings.confirmAfter,
  );
  const believed = await Promise.all(
    owed.map(async ({ slot }) => {
      const [run, confirmation] = await Promise.all([
        memory.runs.of(municipality.id, `${family}/${slot.slice(0, slot.indexOf("/"))}`),
        memory.runs.of(municipality.id, `${family}/${slot}`),
      ]);
      return run?.value.suspect === null && (confirmation?.value.closedAt ?? null) === null;
    }),
  );
  return owed.filter((_, index) => believed[index] === true);
}
