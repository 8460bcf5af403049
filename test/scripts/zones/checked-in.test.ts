import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { PRACTICE_CASES } from "../../../lib/practice/cases.ts";
import {
  MANIFEST_FILE,
  MANIFEST_SCHEMA,
  type Manifest,
  weakenedFile,
  zoneFile,
} from "../../../scripts/zones/manifest.ts";
import { planZones } from "../../../scripts/zones/zone-plan.ts";
import { parseZoneLines } from "../../../scripts/zones/zone-text.ts";

const FOLDER = new URL("../../../lib/practice/zones/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(MANIFEST_FILE, FOLDER), "utf8")) as Manifest;

describe("checked-in practice zones", () => {
  test("are those of the case list, no more and no fewer", () => {
    const plans = planZones(PRACTICE_CASES.filter((each) => each.fresh !== true));
    const zones = plans.map(({ zone }) => zoneFile(zone, false));
    const copies = plans.filter(({ recipe }) => recipe.copy !== undefined).map(({ zone }) => zoneFile(zone, true));
    const weakened = plans.filter(({ recipe }) => recipe.weakened).map(({ zone }) => weakenedFile(zone));
    const others = [manifest.rootHints, manifest.trustAnchors, MANIFEST_FILE];
    expect(readdirSync(FOLDER).sort()).toEqual([...zones, ...copies, ...weakened, ...others].sort());
  });

  test("can be read back, and hold no private key", () => {
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".zone"))) {
      const text = readFileSync(new URL(file, FOLDER), "utf8");
      expect(parseZoneLines(text).filter(({ type }) => type === "SOA")).toHaveLength(1);
      expect(text).not.toContain("PrivateKey");
    }
  });

  test("the manifest names only files that are there", () => {
    expect(manifest.schema).toBe(MANIFEST_SCHEMA);
    const files = new Set(readdirSync(FOLDER));
    const named = [...manifest.servers.flatMap(({ zones }) => zones), ...manifest.weakened].map(({ file }) => file);
    expect(named.filter((file) => !files.has(file))).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });
});
