import { describe, expect, test } from "@jest/globals";
import { PRACTICE_CASES } from "../../../lib/practice/cases.ts";
import { RECIPES } from "../../../scripts/zones/recipes.ts";
import { SERVER_IDS, server } from "../../../scripts/zones/servers.ts";
import { allServersOf, parentZone, planZones } from "../../../scripts/zones/zone-plan.ts";

describe("zone plan", () => {
  test("every case has a recipe and every recipe a case", () => {
    const classes = PRACTICE_CASES.map((each) => each.class).sort();
    expect(Object.keys(RECIPES).sort()).toEqual(classes);
  });

  test("no zone is planned twice, and every zone but the root has a parent", () => {
    const names = planZones(PRACTICE_CASES).map(({ zone }) => zone);
    const zones = new Set(names);
    expect(zones.size).toBe(names.length);
    expect(names.filter((zone) => parentZone(zone, zones) === null)).toEqual([""]);
  });

  test("a parent is the innermost zone above", () => {
    const zones = new Set(["", "dk", "a.dk", "b.a.dk"]);
    expect(parentZone("c.b.a.dk", zones)).toBe("b.a.dk");
    expect(parentZone("a.dk", zones)).toBe("dk");
    expect(parentZone("aa.dk", zones)).toBe("dk");
    expect(parentZone("com", zones)).toBe("");
  });

  test("every server serves something, and a divergent copy exists exactly where a server holds one", () => {
    const plans = planZones(PRACTICE_CASES);
    const used = new Set(plans.flatMap(({ recipe }) => allServersOf(recipe)));
    expect(SERVER_IDS.filter((id) => !used.has(id))).toEqual([]);
    for (const { recipe } of plans) {
      const holdsCopy = allServersOf(recipe).some((id) => server(id).addresses.some((each) => each.copy === true));
      expect(recipe.copy !== undefined).toBe(holdsCopy);
    }
  });
});
