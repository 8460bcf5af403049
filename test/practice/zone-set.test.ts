import { readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadZoneSet } from "../../lib/practice/zone-set.ts";
import { ZONES_FOLDER } from "./practice-zones.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "zones-"))));
afterEach(() => rm(folder, { recursive: true }));

const SERVER = { name: "a.root", addresses: ["185.20.1.1", "2A0D:2000:0001::0001"], behaviour: "normal" };
const ROOT_ZONE = { zone: ".", file: "root.zone" };

async function load(changes: object, zoneText = "@ 60 IN SOA a. b. 1 2 3 4 5\n"): Promise<unknown> {
  const manifest = {
    schema: "kravvagt/zones/1",
    trustAnchors: "root.ds",
    servers: [{ ...SERVER, zones: [ROOT_ZONE] }],
  };
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ ...manifest, ...changes }));
  await writeFile(join(folder, "root.zone"), zoneText);
  return loadZoneSet(folder);
}

describe("loadZoneSet", () => {
  test("gives servers with canonical addresses, and those of the root", async () => {
    expect(await load({})).toMatchObject({
      servers: [{ addresses: ["185.20.1.1", "2a0d:2000:1::1"], behaviour: "normal", zones: [{ origin: "." }] }],
      rootAddresses: ["185.20.1.1", "2a0d:2000:1::1"],
      trustAnchors: join(folder, "root.ds"),
    });
  });

  test.each<[string, object, RegExp]>([
    ["another schema", { schema: "kravvagt/zones/2" }, /is not kravvagt\/zones\/1/u],
    [
      "an unknown behaviour",
      { servers: [{ ...SERVER, behaviour: "odd", zones: [] }] },
      /behaviour of a name server: odd/u,
    ],
    ["no root", { servers: [{ ...SERVER, zones: [] }] }, /serves the root/u],
    [
      "a zone file that is not there",
      { servers: [{ ...SERVER, zones: [{ zone: "dk", file: "dk.zone" }] }] },
      /ENOENT/u,
    ],
  ])("refuses %s", async (_, changes, problem) => {
    await expect(load(changes)).rejects.toThrow(problem);
  });

  test("names the zone file and line that it cannot read", async () => {
    await expect(load({}, "@ 60 IN A 185.20.1.999\n")).rejects.toThrow(/root\.zone: .*1/u);
  });

  test("reads a file once for all the servers that have it", async () => {
    const { servers } = await loadZoneSet(ZONES_FOLDER);
    const origins = new Set(servers.flatMap(({ zones }) => zones).map(({ origin }) => origin));
    const zones = new Set(servers.flatMap((server) => server.zones));
    // Some cases have a divergent copy beside the zone itself; each file is one zone, however many servers have it.
    const copies = readdirSync(ZONES_FOLDER).filter((file) => file.endsWith(".copy.zone")).length;
    expect(copies).toBeGreaterThan(0);
    expect(zones.size - origins.size).toBe(copies);
  });
});
