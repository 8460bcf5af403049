import type { Requirement } from "../core/requirement.ts";
import type { Inventory, Municipality } from "../inventory/inventory.ts";
import { cadenceOf, familyOf } from "./cadence.ts";
import { assetsWatched } from "./plan-run.ts";
import type { WatchedFamily } from "./watched.ts";

/** The families that an inventory has assets for, among the requirements that are built. */
export function watchedFamilies(
  municipality: Municipality,
  inventory: Inventory,
  requirements: readonly Requirement[],
): readonly WatchedFamily[] {
  return [...Map.groupBy(requirements, ({ id }) => familyOf(id))]
    .map(([family, own]): WatchedFamily => {
      const cadence = cadenceOf(inventory.settings, family);
      return { municipality, inventory, requirements: own, family, cadence };
    })
    .filter((watched) => assetsWatched(watched).length > 0);
}
