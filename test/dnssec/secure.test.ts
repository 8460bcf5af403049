import { describe, expect, test } from "@jest/globals";
import { judge } from "./support/judge.ts";

/** Every leaf zone has the same records, signed by another signer with another algorithm and way to deny. */
const LEAVES = ["nsec3.test", "p384.test", "ed448.test", "rsa.test", "rolling.test"];

const ANSWERS: readonly (readonly [prefix: string, type: string, answer: string, wildcard: string | null])[] = [
  ["", "MX", "positive", null],
  ["", "SOA", "positive", null],
  ["", "DNSKEY", "positive", null],
  ["www.", "A", "positive", null],
  ["", "LOC", "nodata", null],
  ["www.", "AAAA", "nodata", null],
  ["nx.", "A", "nxdomain", null],
  ["deeper.nx.", "A", "nxdomain", null],
  ["ent.", "A", "nodata", null],
  ["b.ent.", "TXT", "nodata", null],
  ["nx.ent.", "A", "nxdomain", null],
  ["x.wild.", "A", "positive", "*.wild."],
  ["x.y.wild.", "A", "positive", "*.wild."],
  ["*.wild.", "A", "positive", null],
  ["wild.", "A", "nodata", null],
  ["x.wild.", "MX", "nodata", null],
  ["x.y.wild.", "MX", "nodata", null],
  ["x.wildent.", "A", "nodata", null],
  ["alias.", "A", "positive", null],
  ["x.cw.", "A", "positive", "*.cw."],
  ["a.old.", "A", "positive", null],
  ["b.old.", "A", "nxdomain", null],
  ["plain.", "DS", "nodata", null],
];

describe.each(LEAVES)("the signed zone %s", (zone) => {
  test.each(ANSWERS)("%s %s: %s", (prefix, type, answer, wildcard) => {
    const found = judge(`${prefix}${zone}/${type}`);
    expect(found).toMatchObject({ status: "secure", answer, zone: `${zone}.` });
    if (found.status !== "secure") throw new Error("not secure");
    expect(found.wildcard).toBe(wildcard === null ? null : `${wildcard}${zone}.`);
    expect(found.records.length > 0).toBe(answer === "positive");
    expect(found.signatures.length).toBeGreaterThan(0);
    expect(found.expiresAt).toBe(Date.UTC(2080, 0, 1) / 1000);
  });
});

describe("a signed zone with NSEC", () => {
  test("names how a denial was proven", () => {
    expect(judge("nx.kommune.dk/A")).toMatchObject({ denial: "nsec", nsec3: null });
    expect(judge("nx.nsec3.test/A")).toMatchObject({
      denial: "nsec3",
      nsec3: { iterations: 5, saltLength: 4, optOut: false },
    });
    expect(judge("www.kommune.dk/A")).toMatchObject({ denial: null, nsec3: null });
  });

  test("keeps the records, with mixed-case names in their data", () => {
    const found = judge("kommune.dk/MX");
    expect(found.status === "secure" && found.records.length).toBe(2);
  });

  test("lists each signature with its times", () => {
    const found = judge("www.kommune.dk/A");
    if (found.status !== "secure") throw new Error("not secure");
    expect(found.signatures).toMatchObject([
      {
        zone: "kommune.dk.",
        name: "www.kommune.dk.",
        type: "A",
        algorithm: 13,
        inception: Date.UTC(2020, 0, 1) / 1000,
        expiration: Date.UTC(2080, 0, 1) / 1000,
      },
    ]);
  });

  test.each([
    ["q.closer.wild.kommune.dk/A", "nxdomain"],
    ["x.went.wilder.kommune.dk/A", "positive"],
    ["wilder.kommune.dk/A", "nodata"],
    ["q.wildent.kommune.dk/MX", "nodata"],
    ["\\000odd\\.label.kommune.dk/TXT", "positive"],
    ["zzz.kommune.dk/A", "nxdomain"],
    ["_25._tcp.mail.kommune.dk/TLSA", "positive"],
    ["_25._tcp.www.kommune.dk/TLSA", "nxdomain"],
    ["sub.kommune.dk/DS", "positive"],
    ["plain.kommune.dk/DS", "nodata"],
    ["www.kommune.dk/DS", "nodata"],
    ["kommune.dk/NSEC", "positive"],
    ["x.lone.test/A", "nxdomain"],
    ["lone.test/A", "nodata"],
    ["x.lone3.test/A", "nxdomain"],
    ["lone3.test/A", "nodata"],
    ["./DNSKEY", "positive"],
    ["nosuchtld/A", "nxdomain"],
  ])("%s: %s", (question, answer) => {
    expect(judge(question)).toMatchObject({ status: "secure", answer });
  });
});

describe("aliases between signed zones", () => {
  test("are followed and listed", () => {
    expect(judge("ext.kommune.dk/A")).toMatchObject({
      status: "secure",
      name: "www.nsec3.test.",
      zone: "nsec3.test.",
      aliases: [{ from: "ext.kommune.dk.", to: "www.nsec3.test.", by: "CNAME", zone: "kommune.dk.", status: "secure" }],
    });
  });

  test("made by a DNAME are listed as such", () => {
    expect(judge("a.old.kommune.dk/A")).toMatchObject({
      status: "secure",
      aliases: [{ from: "a.old.kommune.dk.", to: "a.new.kommune.dk.", by: "DNAME", status: "secure" }],
    });
    expect(judge("a.old.kommune.dk/CNAME")).toMatchObject({ status: "secure", answer: "positive", aliases: [] });
    expect(judge("old.kommune.dk/DNAME")).toMatchObject({ status: "secure", answer: "positive", aliases: [] });
    expect(judge("old.kommune.dk/A")).toMatchObject({ status: "secure", answer: "nodata", aliases: [] });
  });

  test("are not followed when the CNAME itself is asked for", () => {
    expect(judge("alias.kommune.dk/CNAME")).toMatchObject({ status: "secure", answer: "positive", aliases: [] });
  });

  test("that lead nowhere end in a secure denial", () => {
    expect(judge("gone.kommune.dk/A")).toMatchObject({ status: "secure", answer: "nxdomain", denial: "nsec" });
    expect(judge("dangling.kommune.dk/A")).toMatchObject({ status: "secure", answer: "nxdomain", denial: "nsec3" });
  });
});
