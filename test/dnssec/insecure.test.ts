import { describe, expect, test } from "@jest/globals";
import { judge, judgeChanged, walk } from "./support/judge.ts";

describe("a provably unsigned delegation", () => {
  test.each([
    ["www.plain.kommune.dk/A", "plain.kommune.dk.", "no-ds", "kommune.dk.", "positive", 0],
    ["nx.plain.kommune.dk/A", "plain.kommune.dk.", "no-ds", "kommune.dk.", "nxdomain", 3],
    ["x.plain.nsec3.test/A", "plain.nsec3.test.", "no-ds", "nsec3.test.", "nxdomain", 3],
    ["unsigned.dk/A", "unsigned.dk.", "opt-out", "dk.", "positive", 0],
    ["a.w.unsigned.dk/A", "unsigned.dk.", "opt-out", "dk.", "positive", 0],
    ["unsigned.dk/TXT", "unsigned.dk.", "opt-out", "dk.", "nodata", 0],
    ["nosuch.dk/A", "nosuch.dk.", "opt-out", "dk.", "nxdomain", 3],
    ["x.insecure/A", "insecure.", "no-ds", ".", "nxdomain", 3],
    ["x.plain.optout.test/A", "plain.optout.test.", "no-ds", "optout.test.", "nxdomain", 3],
    ["sha1.test/SOA", "sha1.test.", "unsupported-algorithm", "test.", "nodata", 0],
    ["digest1.test/SOA", "digest1.test.", "unsupported-digest", "test.", "nodata", 0],
  ])("%s", (question, zone, reason, shownBy, answer, rcode) => {
    expect(judge(question)).toMatchObject({ status: "insecure", zone, reason, shownBy, answer, rcode });
  });

  test("holds whatever signatures the child shows", () => {
    expect(judge("www.plain.kommune.dk/A", { "plain.kommune.dk": (text) => text + forgedSignature })).toMatchObject({
      status: "insecure",
      reason: "no-ds",
    });
  });

  test("needs a usable answer all the same", () => {
    const servfail = judgeChanged("unsigned.dk/A", (reply) => ({ ...reply, rcode: 2, answer: [] }));
    expect(servfail).toMatchObject({ status: "indeterminate", cause: "dns-servfail", zone: "unsigned.dk." });
  });
});

const forgedSignature =
  "www.plain.kommune.dk. 3600 IN RRSIG A 13 4 3600 20800101000000 20200101000000 1 plain.kommune.dk. AAAA\n";

describe("opt-out", () => {
  test("leaves what is in the chain secure, and denials unprovable", () => {
    expect(judge("optout.test/MX")).toMatchObject({ status: "secure" });
    expect(judge("optout.test/LOC")).toMatchObject({ status: "secure", answer: "nodata", nsec3: { optOut: true } });
    expect(judge("nx.optout.test/A")).toMatchObject({ status: "insecure", reason: "opt-out", nsec3: { optOut: true } });
    expect(judge("x.wild.optout.test/A")).toMatchObject({ status: "insecure", reason: "opt-out", answer: "positive" });
    expect(judge("x.wild.optout.test/MX")).toMatchObject({ status: "insecure", reason: "opt-out", answer: "nodata" });
  });

  test("tells a name that the registry does not know from one that is delegated", () => {
    expect(walk("nosuch.dk").steps.at(-1)).toMatchObject({ zone: "nosuch.dk.", provenBy: "opt-out", rcode: 3 });
    expect(walk("unsigned.dk").steps.at(-1)).toMatchObject({ zone: "unsigned.dk.", provenBy: "opt-out", rcode: 0 });
  });
});

describe("more NSEC3 iterations than are computed", () => {
  test("make denials insecure", () => {
    for (const question of ["iter.test/LOC", "nx.iter.test/A", "x.wild.iter.test/A", "plain.iter.test/DS"]) {
      const nsec3 = { iterations: 150 };
      expect(judge(question)).toMatchObject({
        status: "insecure",
        reason: "nsec3-iterations",
        shownBy: "iter.test.",
        nsec3,
      });
    }
  });

  test("leave signed answers secure, though nothing shows that no zone begins at their name", () => {
    expect(judge("www.iter.test/A")).toMatchObject({ status: "secure", answer: "positive" });
    expect(judge("alias.iter.test/A")).toMatchObject({ status: "secure", answer: "positive" });
    expect(judge("iter.test/MX")).toMatchObject({ status: "secure", answer: "positive" });
  });

  test("need a good signature to count", () => {
    const edits = { "iter.test": (text: string) => text.replaceAll(/(RRSIG NSEC3 \d+ \d+ \d+) 2080/g, "$1 2021") };
    expect(judge("iter.test/LOC", edits)).toMatchObject({ status: "bogus", reason: "signature-expired" });
  });
});

describe("a chain of aliases through an unsigned zone", () => {
  test("is insecure, and shows that the alias itself was secure", () => {
    expect(judge("cdn.kommune.dk/A")).toMatchObject({
      status: "insecure",
      zone: "unsigned.dk.",
      answer: "positive",
      aliases: [{ from: "cdn.kommune.dk.", to: "x.unsigned.dk.", zone: "kommune.dk.", status: "secure" }],
    });
    expect(judge("x.away.kommune.dk/A")).toMatchObject({ status: "insecure", zone: "unsigned.dk." });
  });

  test("is insecure though it ends in a signed zone", () => {
    expect(judge("back.unsigned.dk/A")).toMatchObject({
      status: "insecure",
      zone: "unsigned.dk.",
      name: "www.kommune.dk.",
      aliases: [{ from: "back.unsigned.dk.", to: "www.kommune.dk.", zone: "unsigned.dk.", status: "insecure" }],
    });
  });

  test("is bogus when it ends in a broken zone", () => {
    const edits = { "kommune.dk": (text: string) => text.replaceAll(/(RRSIG A 13 3 3600) 2080/g, "$1 2021") };
    expect(judge("back.unsigned.dk/A", edits)).toMatchObject({ status: "bogus", zone: "kommune.dk." });
  });
});
