import { PRACTICE_CASES, type PracticeCase } from "../../lib/practice/cases.ts";
import type { Recipe } from "../../scripts/zones/recipe.ts";
import { RECIPES } from "../../scripts/zones/recipes.ts";
import {
  BOGUS_RECORD_ZONE,
  FLEET_ZONES,
  FOREIGN_WEB_ZONE,
  LIST_ZONE,
  OTHER_WEB_ZONE,
  UNSIGNED_WEB_ZONE,
  WEB_ZONE,
} from "./web-case.ts";

const CLASS = "lab-web-";
const WITHOUT = ["apex", "www", "mail", "spf"];

/** What differs from a well signed zone. */
const ZONES: Readonly<Record<string, Recipe>> = {
  [WEB_ZONE]: {},
  [OTHER_WEB_ZONE]: {},
  [FOREIGN_WEB_ZONE]: {},
  [UNSIGNED_WEB_ZONE]: { keys: [], ds: [] },
  [BOGUS_RECORD_ZONE]: { edits: [{ kind: "corrupt-signatures", covering: "HTTPS" }] },
  [LIST_ZONE]: {},
  ...Object.fromEntries(FLEET_ZONES.map((zone) => [zone, {}])),
};

export interface WebZoneHost {
  readonly host: string;
  readonly addresses: readonly string[];
  /** Further records. */
  readonly records?: readonly string[];
}

/** The zones that have any of these hosts; the zone factory learns how to make them here. Names without final dot. */
export function webZones(hosts: readonly WebZoneHost[]): readonly PracticeCase[] {
  return Object.entries(ZONES).flatMap(([zone, recipe]): readonly PracticeCase[] => {
    const own = hosts.filter(({ host }) => host === zone || host.endsWith(`.${zone}`));
    if (own.length === 0) return [];
    const records = own.flatMap(({ host, addresses, records: more = [] }) => [
      ...addresses.map((address) => `${host}. ${address.includes(":") ? "AAAA" : "A"} ${address}`),
      ...more,
    ]);
    Object.assign(RECIPES, { [CLASS + zone]: { ...recipe, without: WITHOUT, records } });
    const signed = PRACTICE_CASES.find((each) => each.class === "signed");
    if (signed === undefined) throw new Error("no case of a signed zone");
    return [{ ...signed, domain: zone, class: CLASS + zone }];
  });
}
