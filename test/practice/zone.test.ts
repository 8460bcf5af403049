import { describe, expect, test } from "@jest/globals";
import { indexZone, pathFromOrigin, recordSet } from "../../lib/practice/zone.ts";
import type { ResourceRecord } from "../../lib/wire/message.ts";
import { name } from "../../lib/wire/name.ts";
import { PROVE, proveText, recordsOf, zoneOf } from "./prove-zone.ts";

describe("indexZone", () => {
  test("drops records outside the zone", () => {
    const stray = recordsOf("@ 60 IN A 185.20.20.1\n", name("elsewhere.dk"));
    expect(indexZone(PROVE, stray).nodes.size).toBe(0);
    expect(indexZone(name("sprove.dk"), recordsOf("@ 60 IN A 185.20.20.1\n")).nodes.size).toBe(0);
  });

  test("knows owners, empty non-terminals and the origin as names, and nothing else", () => {
    const zone = zoneOf("a.b.c 60 IN A 185.20.20.1\n");
    expect([...zone.names].toSorted()).toEqual(["a.b.c.prove.dk.", "b.c.prove.dk.", "c.prove.dk.", "prove.dk."]);
    expect([...zone.nodes.keys()]).toEqual(["a.b.c.prove.dk."]);
  });

  test("files each signature under the type that it covers, and serves a cut one", () => {
    const zone = zoneOf(proveText("nsec"));
    expect(recordSet(zone, name("mail.prove.dk"), "A")?.signatures).toHaveLength(1);
    expect(recordSet(zone, name("mail.prove.dk"), "RRSIG")).toBeNull();
    const cut: ResourceRecord = { name: PROVE, type: "RRSIG", ttl: 60, data: Buffer.from([0]).toString("base64") };
    expect([...indexZone(PROVE, [cut]).nodes.get(PROVE)!.values()]).toEqual([{ records: [], signatures: [cut] }]);
  });

  test("orders NSEC owners canonically, and keeps NSEC3 owners out of the tree", () => {
    const zone = zoneOf(proveText("nsec"));
    expect(zone.nsecOwners.slice(0, 3)).toEqual(["prove.dk.", "*.alias.prove.dk.", "away.prove.dk."]);
    const hashed = zoneOf(proveText("nsec3"));
    expect(hashed.nsecOwners).toEqual([]);
    expect([...hashed.names].filter((each) => /^[0-9a-v]{32}\./u.test(each))).toEqual([]);
    expect(hashed.hashes?.links.length).toBeGreaterThan(20);
    expect(zone.hashes).toBeNull();
  });

  test("takes the NSEC3 chain that NSEC3PARAM announces, not one that is being built or taken down", () => {
    const text = `${proveText("opt-out")}prove.dk. 0 IN NSEC3PARAM 1 1 7 ffff\n`;
    const other = "00000000000000000000000000000000 60 IN NSEC3 1 0 7 ffff 10000000000000000000000000000000 A\n";
    const zone = zoneOf(other + text);
    expect(zone.hashes).toMatchObject({ iterations: 5, salt: Buffer.from("a1b2", "hex") });
    expect(zone.hashes?.links.map(({ hash }) => hash)).not.toContain("0".repeat(32));
  });
});

describe("pathFromOrigin", () => {
  test.each([
    ["prove.dk", []],
    ["a.prove.dk", ["a.prove.dk."]],
    ["a.b.prove.dk", ["b.prove.dk.", "a.b.prove.dk."]],
  ])("of %s", (owner, path) => {
    expect(pathFromOrigin(PROVE, name(owner))).toEqual(path);
  });

  test("from the root", () => {
    expect(pathFromOrigin(name("."), name("a.dk"))).toEqual(["dk.", "a.dk."]);
  });
});
