import { PRACTICE_CASES, type PracticeCase } from "../../lib/practice/cases.ts";
import { RECIPES } from "../../scripts/zones/recipes.ts";
import { FOREIGN_WEB_ZONE, OTHER_WEB_ZONE, WEB_ZONE } from "./web-case.ts";

const CLASS = "lab-web-";
const WITHOUT = ["apex", "www", "mail", "spf"];

/** Signed zones with these hosts; the zone factory learns how to make them here. Names without final dot. */
export function webZones(hosts: readonly { readonly host: string; readonly addresses: readonly string[] }[]) {
  return [WEB_ZONE, OTHER_WEB_ZONE, FOREIGN_WEB_ZONE].map((zone): PracticeCase => {
    const records = hosts
      .filter(({ host }) => host === zone || host.endsWith(`.${zone}`))
      .flatMap(({ host, addresses }) =>
        addresses.map((address) => `${host}. ${address.includes(":") ? "AAAA" : "A"} ${address}`),
      );
    Object.assign(RECIPES, { [CLASS + zone]: { without: WITHOUT, records } });
    const signed = PRACTICE_CASES.find((each) => each.class === "signed");
    if (signed === undefined) throw new Error("no case of a signed zone");
    return { ...signed, domain: zone, class: CLASS + zone };
  });
}
