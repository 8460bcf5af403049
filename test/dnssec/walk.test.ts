import { describe, expect, test } from "@jest/globals";
import type { ZoneWalk } from "../../lib/dnssec/zone-walk.ts";
import { judge, judgeChanged, walk } from "./support/judge.ts";
import { expired, without } from "./support/edits.ts";
import { readZone } from "./support/signed-zones.ts";

describe("a walk to a secure zone", () => {
  // Walked inside each test, so that mutation testing knows which test runs what.
  const walked = (): ZoneWalk => walk("www.sub.kommune.dk");

  test("has a step for each zone and names where none begins", () => {
    const found = walked();
    expect(found).toMatchObject({ status: "secure", zone: "sub.kommune.dk.", needs: [], failure: null });
    expect(found.steps.map(({ zone, status, provenBy }) => [zone, status, provenBy])).toEqual([
      [".", "secure", "anchor"],
      ["dk.", "secure", "ds"],
      ["kommune.dk.", "secure", "ds"],
      ["sub.kommune.dk.", "secure", "ds"],
    ]);
    expect(found.uncut).toEqual(["www.sub.kommune.dk."]);
    expect(found.expiresAt).toBe(Date.UTC(2080, 0, 1) / 1000);
  });

  test("tells of each zone's DS, keys and signatures", () => {
    const found = walked();
    const step = found.steps[2];
    expect(step).toMatchObject({ insecure: null, failure: null, rcode: 0, nsec3: null });
    expect(step?.keys.map(({ sep, bits, algorithm, revoked }) => ({ sep, bits, algorithm, revoked }))).toEqual(
      expect.arrayContaining([
        { sep: true, bits: 256, algorithm: 13, revoked: false },
        { sep: false, bits: 256, algorithm: 13, revoked: false },
      ]),
    );
    const ksk = step?.keys.find(({ sep }) => sep);
    expect(step?.ds).toEqual([{ keyTag: ksk?.keyTag, algorithm: 13, digestType: 2 }]);
    expect(step?.entry).toEqual(step?.ds[0]);
    expect(step?.signatures.map(({ zone, type }) => [zone, type])).toEqual([
      ["dk.", "DS"],
      ["kommune.dk.", "DNSKEY"],
    ]);
    expect(step?.tightest).toEqual(step?.signatures[0]);
    expect(found.steps[0]).toMatchObject({ rcode: null, entry: { algorithm: 8, digestType: 2 } });
  });

  test("finds the size of each kind of key", () => {
    const sizes = (zone: string): unknown =>
      walk(zone)
        .steps.at(-1)
        ?.keys.map(({ bits }) => bits)
        .sort();
    expect(sizes("rsa.test")).toEqual([1024, 2048]);
    expect(sizes("p384.test")).toEqual([384, 384]);
    expect(sizes("ed448.test")).toEqual([456, 456]);
  });

  test("stops below a name that does not exist, and at an alias goes on", () => {
    expect(walk("a.b.nx.kommune.dk")).toMatchObject({
      status: "secure",
      zone: "kommune.dk.",
      uncut: ["nx.kommune.dk."],
    });
    expect(walk("a.alias.kommune.dk")).toMatchObject({
      status: "secure",
      zone: "kommune.dk.",
      uncut: ["alias.kommune.dk.", "a.alias.kommune.dk."],
    });
    expect(walk("a.b.c.old.kommune.dk")).toMatchObject({
      status: "secure",
      uncut: ["old.kommune.dk.", "c.old.kommune.dk."],
    });
    expect(walk("b.c.ent.kommune.dk").uncut).toEqual(["ent.kommune.dk.", "c.ent.kommune.dk.", "b.c.ent.kommune.dk."]);
    expect(walk("x.cw.kommune.dk").uncut).toEqual(["cw.kommune.dk.", "x.cw.kommune.dk."]);
    expect(walk("y.x.wild.kommune.dk").uncut).toEqual(["wild.kommune.dk.", "x.wild.kommune.dk."]);
  });

  test("of the root is the anchor's step alone", () => {
    expect(walk(".")).toMatchObject({ status: "secure", zone: ".", uncut: [] });
    expect(walk(".").steps.length).toBe(1);
  });
});

describe("a walk that ends", () => {
  test("at an unsigned delegation says how it was shown", () => {
    expect(walk("www.plain.kommune.dk").steps.at(-1)).toMatchObject({
      ...{ zone: "plain.kommune.dk.", status: "insecure", insecure: "no-ds", provenBy: "nsec" },
    });
    expect(walk("plain.nsec3.test").steps.at(-1)).toMatchObject({
      ...{ zone: "plain.nsec3.test.", status: "insecure", insecure: "no-ds", provenBy: "nsec3" },
      nsec3: { iterations: 5, saltLength: 4, optOut: false },
    });
    expect(walk("unsigned.dk")).toMatchObject({ status: "insecure", zone: "dk.", expiresAt: null });
    expect(walk("unsigned.dk").steps.at(-1)).toMatchObject({
      insecure: "opt-out",
      provenBy: "opt-out",
      ds: [],
      keys: [],
    });
  });

  test("at DS records that do not count keeps them", () => {
    expect(walk("sha1.test").steps.at(-1)).toMatchObject({
      ...{ zone: "sha1.test.", status: "insecure", insecure: "unsupported-algorithm", provenBy: "ds" },
      ds: expect.arrayContaining([{ keyTag: 1234, algorithm: 5, digestType: 2 }]) as unknown,
    });
    expect(walk("digest1.test").steps.at(-1)).toMatchObject({
      insecure: "unsupported-digest",
      ds: [{ keyTag: 1234, algorithm: 13, digestType: 1 }],
    });
  });

  test("at a zone without keys blames the zone", () => {
    const found = walk("www.keyless.test");
    expect(found).toMatchObject({ status: "bogus", zone: "test.", failure: null });
    expect(found.steps.at(-1)).toMatchObject({
      ...{ zone: "keyless.test.", status: "bogus", provenBy: "ds", ds: [{ keyTag: 1234 }] },
      failure: { zone: "keyless.test.", reason: "dnskey-missing", record: { name: "keyless.test.", type: "DNSKEY" } },
    });
  });

  test("at keys that are not signed shows them all the same", () => {
    const found = walk("kommune.dk", { "kommune.dk": expired(/ RRSIG DNSKEY /) });
    expect(found.steps.at(-1)).toMatchObject({ status: "bogus", entry: null });
    expect(found.steps.at(-1)?.keys.length).toBe(2);
  });

  test("for want of proof by the parent blames the parent, and does not say that a zone begins", () => {
    const found = walk("unsigned.dk", { dk: without(/ NSEC3 /) });
    expect(found.steps.at(-1)).toMatchObject({
      ...{ zone: "unsigned.dk.", status: "bogus", provenBy: "none", rcode: 0 },
      failure: { zone: "dk.", reason: "denial-missing", record: { name: "unsigned.dk.", type: "DS" } },
    });
  });
});

describe("a DS reply", () => {
  test("from the child, with the child's denial, does not count", () => {
    const fromChild = judgeChanged(
      "www.sub.kommune.dk/A",
      (reply) => ({ ...reply, answer: [], authority: childDenial() }),
      "sub.kommune.dk/DS",
    );
    expect(fromChild).toMatchObject({ status: "bogus", zone: "kommune.dk.", reason: "signer-mismatch" });
  });

  test("with other records than DS in the answer does not count", () => {
    const found = judgeChanged(
      "www.sub.kommune.dk/A",
      (reply) => ({ ...reply, answer: readZone("sub.kommune.dk. 60 IN A 192.0.2.1") }),
      "sub.kommune.dk/DS",
    );
    expect(found).toMatchObject({ status: "bogus", zone: "kommune.dk." });
  });

  test("is not taken from a wildcard", () => {
    const found = judge("x.wild.kommune.dk/DS");
    expect(found).toMatchObject({ status: "secure", answer: "nodata" });
  });

  function childDenial(): ReturnType<typeof readZone> {
    let records: ReturnType<typeof readZone> = [];
    judgeChanged("sub.kommune.dk/LOC", (reply) => {
      records = reply.authority;
      return reply;
    });
    expect(records.length).toBeGreaterThan(0);
    return records;
  }
});
