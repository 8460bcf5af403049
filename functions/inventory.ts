import { s3Client } from "../lib/adapters/aws-clients.ts";
import { settingsFrom } from "../lib/adapters/function-settings.ts";
import { getInventory } from "../lib/adapters/s3-inventory.ts";
import type { Requirement } from "../lib/core/requirement.ts";
import type { Family } from "../lib/inventory/inventory.ts";
import type { InventoryFiles } from "../lib/inventory/read-inventory.ts";
import { watchedFamilies } from "../lib/watch/families.ts";
import type { WatchedFamily } from "../lib/watch/watched.ts";
import { logger } from "./logger.ts";

const settings = settingsFrom(process.env, "INVENTORY_BUCKET", "INVENTORY_KEY", "MUNICIPALITY");
const place = { bucket: settings.INVENTORY_BUCKET, key: settings.INVENTORY_KEY };
const client = s3Client();

export interface Declared {
  readonly files: InventoryFiles;
  readonly watched: WatchedFamily;
}

/**
 * The family as the inventory that was pushed last declares it, with those of its requirements that are given; null, and a line in the log, while there is nothing to watch.
 * Throws when the inventory, or whoever asks, belongs to another municipality than this service.
 */
export async function declared(
  family: Family,
  requirements: readonly Requirement[],
  municipality = settings.MUNICIPALITY,
): Promise<Declared | null> {
  const files = await getInventory(client, place);
  const owner = files?.inventory.municipality ?? null;
  const strangers = [municipality, files === null ? municipality : owner?.id].filter(
    (id) => id !== settings.MUNICIPALITY,
  );
  if (strangers.length > 0) {
    throw new Error(`this service watches ${settings.MUNICIPALITY}, not ${strangers[0] ?? "an inventory of nobody"}`);
  }
  const families = files === null || owner === null ? [] : watchedFamilies(owner, files.inventory, requirements);
  const watched = families.find((each) => each.family === family);
  if (files !== null && watched !== undefined) return { files, watched };
  logger.warn("there is nothing to watch", { municipality, family, inventory: files !== null });
  return null;
}
