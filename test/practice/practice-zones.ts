import { fileURLToPath } from "node:url";
import type { Zone } from "../../lib/practice/zone.ts";
import { loadZoneSet } from "../../lib/practice/zone-set.ts";

export const ZONES_FOLDER = fileURLToPath(new URL("../../lib/practice/zones", import.meta.url));

/** Every zone of the practice internet once, divergent copies included. */
export async function allPracticeZones(): Promise<readonly Zone[]> {
  const { servers } = await loadZoneSet(ZONES_FOLDER);
  return [...new Set(servers.flatMap(({ zones }) => zones))];
}
