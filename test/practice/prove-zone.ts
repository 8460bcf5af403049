import { readFileSync } from "node:fs";
import { indexZone, type Zone } from "../../lib/practice/zone.ts";
import type { ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { parseZoneFile } from "../../lib/wire/zone-file.ts";

export const PROVE = name("prove.dk");

/** A zone from master-file text. */
export function zoneOf(text: string, origin = PROVE): Zone {
  return indexZone(origin, recordsOf(text, origin));
}

/** The records of master-file text; throws if it is malformed. */
export function recordsOf(text: string, origin = PROVE): readonly ResourceRecord[] {
  const records = parseZoneFile(text, origin);
  if (!records.ok) throw new Error(records.problem);
  return records.value;
}

/** The zone of the answer tests, signed in one of three ways, or not at all. */
export function proveText(kind: "nsec" | "nsec3" | "opt-out" | "unsigned"): string {
  return readFileSync(new URL(`zones/prove.dk.${kind}`, import.meta.url), "utf8");
}
