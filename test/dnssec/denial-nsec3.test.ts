import { describe, expect, test } from "@jest/globals";
import { proveDenialByNsec3, proveNoCloserByNsec3, type ProvenNsec3 } from "../../lib/dnssec/denial-nsec3.ts";
import { hashName } from "../../lib/dnssec/nsec3-hash.ts";
import { name, type Name } from "../../lib/wire/name.ts";

const apex = name("example.");
const SALT = Buffer.from("aabbccdd", "hex");
const hash = (owner: Name): string => hashName(owner, SALT, 12);

/** The zone of RFC 5155 appendix A: hash, next hash, types. */
const CHAIN: readonly (readonly [owner: string, types: string])[] = [
  ["0p9mhaveqvm6t7vbl5lop2u3t2rp3tom", "MX DNSKEY NS SOA NSEC3PARAM RRSIG"],
  ["2t7b4g4vsa5smi47k61mv5bv1a22bojr", "A RRSIG"],
  ["2vptu5timamqttgl4luu9kg21e0aor3s", "MX RRSIG"],
  ["35mthgpgcu1qg68fab165klnsnk3dpvl", "NS DS RRSIG"],
  ["b4um86eghhds6nea196smvmlo4ors995", "MX RRSIG"],
  ["gjeqe526plbf1g8mklp59enfd789njgi", "A HINFO AAAA RRSIG"],
  ["ji6neoaepv8b5o6k4ev33abha8ht9fgc", ""],
  ["k8udemvp1j2f7eg6jebps17vp3n8i58h", ""],
  ["kohar7mbb8dc2ce8a9qvl8hon4k53uhi", "A RRSIG"],
  ["q04jkcevqvmu85r014c7dkba38o0ji5r", "A RRSIG"],
  ["r53bq7cc2uvmubfu5ocmm6pers9tk9en", "MX RRSIG"],
  ["t644ebqk9bibcna874givr6joj62mlhv", "A HINFO AAAA RRSIG"],
];

/** The records of the zone with these beginnings of their hashes. */
function zone(beginnings: string, optOut = false): readonly ProvenNsec3[] {
  return beginnings.split(" ").map((beginning) => {
    const index = CHAIN.findIndex(([owner]) => owner.startsWith(beginning));
    const [ownerHash, types] = CHAIN[index] ?? ["", ""];
    const nextHash = CHAIN[(index + 1) % CHAIN.length]?.[0] ?? "";
    return { ownerHash, nextHash, optOut, types: typeSet(types) };
  });
}

function typeSet(types: string): ReadonlySet<string> {
  return new Set(types.split(" ").filter((type) => type !== ""));
}

function prove(owner: string, type: string, records: readonly ProvenNsec3[]): unknown {
  return proveDenialByNsec3({ name: name(owner), type, apex }, records, hash);
}

const NXDOMAIN = { kind: "nxdomain", compact: false };
const HIDDEN = { kind: "unsigned-delegation-possible" };
const WILDCARD_NODATA = { kind: "nodata", types: null, nameExists: false };

describe("RFC 5155 appendix A: hashes", () => {
  test.each([
    ["example.", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"],
    ["a.example.", "35mthgpgcu1qg68fab165klnsnk3dpvl"],
    ["ai.example.", "gjeqe526plbf1g8mklp59enfd789njgi"],
    ["ns1.example.", "2t7b4g4vsa5smi47k61mv5bv1a22bojr"],
    ["*.w.example.", "r53bq7cc2uvmubfu5ocmm6pers9tk9en"],
    ["x.y.w.example.", "2vptu5timamqttgl4luu9kg21e0aor3s"],
    ["2t7b4g4vsa5smi47k61mv5bv1a22bojr.example.", "kohar7mbb8dc2ce8a9qvl8hon4k53uhi"],
  ])("%s", (owner, hashed) => {
    expect(hash(name(owner))).toBe(hashed);
  });
});

describe("RFC 5155 appendix B", () => {
  test("B.1: a name error; with opt-out, as printed there, an unsigned delegation cannot be excluded", () => {
    expect(prove("a.c.x.w.example.", "A", zone("0p9 b4u 35m"))).toEqual(NXDOMAIN);
    expect(prove("a.c.x.w.example.", "A", zone("0p9 b4u 35m", true))).toEqual(HIDDEN);
  });
  test.each(["0p9 b4u", "0p9 35m", "b4u 35m"])("B.1: each record is needed, not only %s", (beginnings) => {
    expect(prove("a.c.x.w.example.", "A", zone(beginnings))).toBeNull();
  });
  test("B.2: no such type", () => {
    const types = typeSet("A RRSIG");
    expect(prove("ns1.example.", "MX", zone("2t7", true))).toEqual({ kind: "nodata", types, nameExists: true });
  });
  test("B.2.1: an empty non-terminal", () => {
    expect(prove("y.w.example.", "A", zone("ji6"))).toEqual({ kind: "nodata", types: new Set(), nameExists: true });
  });
  test("B.3: an unsigned delegation that opt-out skips", () => {
    expect(prove("c.example.", "DS", zone("35m 0p9", true))).toEqual(HIDDEN);
    expect(prove("c.example.", "DS", zone("35m 0p9"))).toBeNull();
  });
  test("B.4: nothing closer than a wildcard", () => {
    const proven = (records: readonly ProvenNsec3[]): unknown =>
      proveNoCloserByNsec3(name("a.z.w.example."), name("w.example."), records, hash);
    expect(proven(zone("q04"))).toBe("proven");
    expect(proven(zone("q04", true))).toBe("unsigned-delegation-possible");
    expect(proven(zone("2t7 k8u r53"))).toBeNull();
  });
  test("B.5: a wildcard without the type", () => {
    expect(prove("a.z.w.example.", "AAAA", zone("k8u q04 r53"))).toEqual(WILDCARD_NODATA);
    expect(prove("a.z.w.example.", "AAAA", zone("k8u q04 r53", true))).toEqual(HIDDEN);
    expect(prove("a.z.w.example.", "MX", zone("k8u q04 r53"))).toBeNull();
    expect(prove("a.z.w.example.", "AAAA", zone("k8u r53"))).toBeNull();
    expect(prove("a.z.w.example.", "AAAA", zone("q04 r53"))).toBeNull();
    expect(prove("a.z.w.example.", "AAAA", zone("k8u q04"))).toBeNull();
  });
  test("B.6: the child's own record does not deny its DS", () => {
    expect(prove("example.", "DS", zone("0p9"))).toBeNull();
  });
});

/** A record that matches `owner` and covers nothing. */
function record(owner: string, types: string): ProvenNsec3 {
  const ownerHash = hash(name(owner));
  return { ownerHash, nextHash: `${ownerHash}0`, optOut: false, types: typeSet(types) };
}

/** A record that covers what `owner` hashes to, and nothing else. */
function covering(owner: string): ProvenNsec3 {
  const beginning = hash(name(owner)).slice(0, -1);
  return { ownerHash: beginning, nextHash: `${beginning}w`, optOut: false, types: typeSet("A") };
}

describe("a record that matches the name", () => {
  test("denies nothing that its bitmap has", () => {
    expect(prove("ns1.example.", "A", zone("2t7"))).toBeNull();
  });
  test("denies nothing beside CNAME", () => {
    expect(prove("c.example.", "A", [record("c.example.", "CNAME RRSIG")])).toBeNull();
  });
  test("from the parent's side of a cut denies only DS", () => {
    const cut = [record("c.example.", "NS")];
    expect(prove("c.example.", "A", cut)).toBeNull();
    expect(prove("c.example.", "DS", cut)).toMatchObject({ kind: "nodata", types: typeSet("NS") });
  });
  test("at the apex denies what is not there", () => {
    expect(prove("example.", "TXT", zone("0p9"))).toMatchObject({ kind: "nodata" });
  });
});

describe("the closest encloser", () => {
  test("must not be a delegation or a DNAME (RFC 5155 section 8.3)", () => {
    const rest = [covering("x.c.example."), covering("*.c.example.")];
    expect(prove("x.c.example.", "A", [record("c.example.", "A RRSIG"), ...rest])).toEqual(NXDOMAIN);
    expect(prove("x.c.example.", "A", [record("c.example.", "NS"), ...rest])).toBeNull();
    expect(prove("x.c.example.", "A", [record("c.example.", "NS DS RRSIG"), ...rest])).toBeNull();
    expect(prove("x.c.example.", "A", [record("c.example.", "DNAME RRSIG"), ...rest])).toBeNull();
    expect(prove("x.c.example.", "A", [record("c.example.", "NS SOA RRSIG"), ...rest])).toEqual(NXDOMAIN);
  });
  test("is the first that matches, even if the proof fails there and would hold higher up", () => {
    const higher = [...zone("0p9"), covering("c.example."), covering("*.example.")];
    expect(prove("x.c.example.", "A", higher)).toEqual(NXDOMAIN);
    expect(prove("x.c.example.", "A", [...higher, record("c.example.", "A RRSIG")])).toBeNull();
  });
  test("is looked for up to the root and no further", () => {
    expect(proveDenialByNsec3({ name: name("a.b."), type: "A", apex: name(".") }, zone("2t7"), hash)).toBeNull();
  });
  test("is never above the apex", () => {
    const above = [record("dk.", "A"), covering("kommune.dk."), covering("*.dk.")];
    const query = { name: name("x.kommune.dk."), type: "A", apex: name("kommune.dk.") };
    expect(proveDenialByNsec3(query, above, hash)).toBeNull();
  });
});

describe("coverage", () => {
  const at = (ownerHash: string, nextHash: string): ProvenNsec3 => ({
    ownerHash,
    nextHash,
    optOut: false,
    types: typeSet("A"),
  });
  const proven = (hashed: string, ownerHash: string, nextHash: string): boolean =>
    proveNoCloserByNsec3(name("q.example."), apex, [at(ownerHash, nextHash)], () => hashed) === "proven";

  test.each([
    ["b", "a", "c", true],
    ["a", "a", "c", false],
    ["c", "a", "c", false],
    ["0", "a", "c", false],
    ["d", "a", "c", false],
    ["d", "c", "a", true],
    ["0", "c", "a", true],
    ["b", "c", "a", false],
    ["c", "c", "a", false],
    ["a", "c", "a", false],
    ["b", "a", "a", true],
    ["0", "a", "a", true],
    ["a", "a", "a", false],
  ])("%s by %s to %s: %s", (hashed, ownerHash, nextHash, expected) => {
    expect(proven(hashed, ownerHash, nextHash)).toBe(expected);
  });
});

describe("the name next to a wildcard's encloser", () => {
  test("is the one on the way to the name", () => {
    const records = [covering("z.w.example.")];
    expect(proveNoCloserByNsec3(name("a.b.z.w.example."), name("w.example."), records, hash)).toBe("proven");
    expect(proveNoCloserByNsec3(name("a.b.y.w.example."), name("w.example."), records, hash)).toBeNull();
  });
  test("does not exist for a name that is not below the encloser", () => {
    expect(proveNoCloserByNsec3(name("w.example."), name("w.example."), zone("q04"), hash)).toBeNull();
    expect(proveNoCloserByNsec3(name("a.example."), name("w.example."), zone("q04"), hash)).toBeNull();
  });
});

describe("when no more names may be hashed", () => {
  test("nothing is proven", () => {
    expect(
      proveDenialByNsec3({ name: name("a.c.x.w.example."), type: "A", apex }, zone("0p9 b4u 35m"), () => null),
    ).toBeNull();
    expect(proveNoCloserByNsec3(name("a.z.w.example."), name("w.example."), zone("q04"), () => null)).toBeNull();
  });
  test("a record whose hashes look like numbers covers nothing either", () => {
    const one = "1".padStart(32, "0");
    const lone = { ownerHash: one, nextHash: one, optOut: false, types: typeSet("A") };
    expect(proveNoCloserByNsec3(name("a.example."), apex, [lone], () => "2".padStart(32, "0"))).toBe("proven");
    expect(proveNoCloserByNsec3(name("a.example."), apex, [lone], () => null)).toBeNull();
  });
});
