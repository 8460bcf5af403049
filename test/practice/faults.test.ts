import { beforeAll, describe, expect, test } from "@jest/globals";
import type { NameServer } from "../../lib/practice/authority.ts";
import { Stage, withoutSignatures } from "../../lib/practice/faults.ts";
import { recordSet, type Zone } from "../../lib/practice/zone.ts";
import { name } from "../../lib/wire/name.ts";
import { allPracticeZones } from "./practice-zones.ts";
import { proveText, zoneOf } from "./prove-zone.ts";

const SIGNER = ["DNSKEY", "RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "CDS", "CDNSKEY"];

/** "owner type count" of each set, and how many signatures the zone has. */
function outline({ nodes }: Zone): { readonly sets: readonly string[]; readonly signatures: number } {
  const sets = [...nodes].flatMap(([owner, node]) => [...node].map(([type, set]) => ({ owner, type, set })));
  return {
    sets: sets
      .filter(({ set }) => set.records.length > 0)
      .map(({ owner, type, set }) => `${owner} ${type} ${set.records.length}`),
    signatures: sets.reduce((sum, { set }) => sum + set.signatures.length, 0),
  };
}

describe("an unsigned copy", () => {
  test("of every practice zone keeps exactly what the signer did not make", async () => {
    const zones = await allPracticeZones();
    expect(zones.length).toBeGreaterThan(80);
    for (const zone of zones) {
      const copy = withoutSignatures(zone);
      const kept = outline(zone).sets.filter((set) => !SIGNER.includes(set.split(" ")[1] ?? ""));
      expect(outline(copy)).toEqual({ sets: kept, signatures: 0 });
      expect([copy.origin, copy.hashes, copy.nsecOwners]).toEqual([zone.origin, null, []]);
    }
  });

  test.each(["nsec", "nsec3", "opt-out"] as const)("of a zone with %s keeps the DS of its children", (kind) => {
    const signed = zoneOf(proveText(kind));
    const cuts = [...signed.nodes.keys()].filter((owner) => recordSet(signed, owner, "DS") !== null);
    expect(cuts.length).toBeGreaterThan(0);
    const copy = withoutSignatures(signed);
    expect(cuts.filter((owner) => recordSet(copy, owner, "DS") === null)).toEqual([]);
  });
});

describe("the stage", () => {
  const one = zoneOf(proveText("nsec"));
  const two = zoneOf("@ 60 IN SOA a b 1 2 3 4 5\n@ 60 IN DNSKEY 257 3 13 AAAA\n", name("to.dk"));
  const server = (address: string, zones: readonly Zone[]): NameServer => ({
    addresses: [address],
    behaviour: "normal",
    zones,
  });
  const [both, alone, other] = [
    server("185.20.1.1", [one, two]),
    server("185.20.1.2", [one]),
    server("185.20.1.3", [two]),
  ];
  let stage: Stage;
  beforeAll(() => {
    stage = new Stage([both, alone, other]);
  });

  test("plays what was loaded until told otherwise", () => {
    expect([both, alone, other].every((loaded) => stage.now(loaded) === loaded)).toBe(true);
  });

  test("changes one zone at all its servers, and leaves the loaded servers as they are", () => {
    stage.serve("prove.dk", "signatures-stripped");
    const [first] = stage.now(both).zones;
    expect(first).not.toBe(one);
    expect(first?.nsecOwners).toEqual([]);
    expect(stage.now(alone).zones).toEqual([first]);
    expect(stage.now(alone).zones[0]).toBe(first);
    expect(stage.now(both).zones[1]).toBe(two);
    expect(stage.now(other)).toBe(other);
    expect(both.zones[0]).toBe(one);
  });

  test("two zones of one server change and are mended each by itself", () => {
    stage.serve("TO.dk.", "signatures-stripped");
    expect(stage.now(both).zones.map((zone) => [one, two].includes(zone))).toEqual([false, false]);
    stage.serve("prove.dk", null);
    expect(stage.now(both).zones.map((zone) => [one, two].includes(zone))).toEqual([true, false]);
    expect(stage.now(alone).zones).toEqual([one]);
    stage.serve("to.dk", null);
    expect(stage.now(other).zones[0]).toBe(two);
  });

  test("serves the variant that was signed beforehand, where there is one", () => {
    const weak = zoneOf("@ 60 IN SOA a b 2 2 3 4 5\n", name("to.dk"));
    const prepared = new Stage([both, other], new Map([["policy-weakened", new Map([[name("to.dk"), weak]])]]));
    prepared.serve("to.dk", "policy-weakened");
    expect([prepared.now(both).zones, prepared.now(other).zones]).toEqual([[one, weak], [weak]]);
    prepared.serve("to.dk", null);
    expect(prepared.now(both).zones).toEqual([one, two]);
    expect(() => prepared.serve("prove.dk", "policy-weakened")).toThrow(RangeError);
  });

  test("knows only zones that are served, not names in them", () => {
    expect(() => stage.serve("mail.prove.dk", null)).toThrow(RangeError);
    expect(() => stage.serve("prove.dk.dk", "signatures-stripped")).toThrow(/no practice server serves/u);
  });
});
