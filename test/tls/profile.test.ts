import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DEFAULT_TLS_PROFILE, profileOf, TLS_PROFILES } from "../../data/tls-profiles/index.ts";
import { groupNamed } from "../../lib/tls/groups.ts";
import { defineProfile, type TlsProfile } from "../../lib/tls/profile.ts";
import { gradeOf, type TlsFact } from "../../lib/tls/profile-grade.ts";
import { suiteNamed, SUITES } from "../../lib/tls/suites.ts";

const DK = DEFAULT_TLS_PROFILE;
const NCSC = profileOf("ncsc-nl-2025-05")!;
const RFC = profileOf("rfc9325")!;

const suite = (name: string): TlsFact => ({ kind: "suite", suite: suiteNamed(`TLS_${name}`)!.number });
const group = (name: string): TlsFact => ({ kind: "group", group: groupNamed(name)!.number });
const dh = (name: string | null, bits: number): TlsFact => ({ kind: "dh", prime: { group: name, bits } });

/** The rows of section 2.2, in the order of the table: fact, then verdict and grade of the default, then of the newer one. */
const ROWS: readonly (readonly [what: string, fact: TlsFact, dk: string, ncsc: string, rfc: string])[] = [
  ["TLS 1.3", { kind: "version", version: "TLSv1.3" }, "pass good", "pass good", "pass good"],
  ["TLS 1.2", { kind: "version", version: "TLSv1.2" }, "pass sufficient", "pass sufficient", "pass good"],
  ["TLS 1.1", { kind: "version", version: "TLSv1.1" }, "fail phase-out", "warn insufficient", "fail insufficient"],
  ["TLS 1.0", { kind: "version", version: "TLSv1.0" }, "fail phase-out", "warn insufficient", "fail insufficient"],
  ["SSLv3", { kind: "version", version: "SSLv3" }, "fail insufficient", "warn insufficient", "fail insufficient"],
  ["SSLv2", { kind: "version", version: "SSLv2" }, "fail insufficient", "warn insufficient", "fail insufficient"],
  ["x25519", group("x25519"), "pass good", "pass sufficient", "pass good"],
  ["P-256", group("secp256r1"), "pass good", "pass sufficient", "pass good"],
  ["P-521", group("secp521r1"), "warn insufficient", "pass sufficient", "pass sufficient"],
  ["Brainpool", group("brainpoolP384r1"), "warn insufficient", "pass sufficient", "pass sufficient"],
  ["P-224", group("secp224r1"), "fail phase-out", "warn phase-out", "pass sufficient"],
  ["P-192", group("secp192r1"), "fail insufficient", "warn insufficient", "fail insufficient"],
  ["a hybrid", group("X25519MLKEM768"), "pass good", "pass good", "pass sufficient"],
  ["a draft's hybrid", group("X25519Kyber768Draft00"), "warn sufficient", "warn insufficient", "pass sufficient"],
  [
    "a group without a name",
    { kind: "group", group: 0x1234 },
    "fail insufficient",
    "warn insufficient",
    "warn phase-out",
  ],
  ["ffdhe3072 in TLS 1.3", group("ffdhe3072"), "pass sufficient", "warn phase-out", "pass sufficient"],
  ["ffdhe4096", dh("ffdhe4096", 4096), "pass sufficient", "warn phase-out", "pass sufficient"],
  ["ffdhe2048", dh("ffdhe2048", 2048), "fail phase-out", "warn insufficient", "pass sufficient"],
  ["RFC 3526's 4096", dh("modp4096", 4096), "fail insufficient", "warn insufficient", "pass sufficient"],
  ["a prime of its own", dh(null, 4096), "fail insufficient", "warn insufficient", "pass sufficient"],
  ["DH 1024", dh("modp1024", 1024), "fail insufficient", "warn insufficient", "fail insufficient"],
  ["RSA 3072", { kind: "certificate-key", type: "RSA", bits: 3072 }, "pass good", "pass sufficient", "pass good"],
  ["RSA 2048", { kind: "certificate-key", type: "RSA", bits: 2048 }, "pass sufficient", "warn phase-out", "pass good"],
  [
    "RSA 1024",
    { kind: "certificate-key", type: "RSA", bits: 1024 },
    ...(["fail", "warn", "fail"].map((v) => `${v} insufficient`) as [string, string, string]),
  ],
  [
    "RSA of no size",
    { kind: "certificate-key", type: "RSA" },
    ...(["fail", "warn", "fail"].map((v) => `${v} insufficient`) as [string, string, string]),
  ],
  [
    "ECDSA P-384",
    { kind: "certificate-key", type: "ECDSA", curve: "secp384r1" },
    "pass good",
    "pass sufficient",
    "pass sufficient",
  ],
  [
    "ECDSA P-521",
    { kind: "certificate-key", type: "ECDSA", curve: "secp521r1" },
    "warn insufficient",
    "pass sufficient",
    "pass sufficient",
  ],
  [
    "ECDSA P-224",
    { kind: "certificate-key", type: "ECDSA", curve: "secp224r1" },
    "fail phase-out",
    "warn phase-out",
    "pass sufficient",
  ],
  ["EdDSA", { kind: "certificate-key", type: "EdDSA" }, "warn insufficient", "pass sufficient", "pass sufficient"],
  ["DSA", { kind: "certificate-key", type: "DSA" }, "fail insufficient", "warn insufficient", "fail insufficient"],
  ["signed with SHA-256", { kind: "certificate-hash", hash: "SHA256" }, "pass good", "pass good", "pass good"],
  [
    "signed with SHA-224",
    { kind: "certificate-hash", hash: "SHA224" },
    "fail insufficient",
    "warn phase-out",
    "pass sufficient",
  ],
  [
    "signed with SHA-1",
    { kind: "certificate-hash", hash: "SHA1" },
    "fail insufficient",
    "warn insufficient",
    "fail insufficient",
  ],
  ["exchange with SHA-512", { kind: "exchange-hash", hash: "SHA512" }, "pass good", "pass good", "pass good"],
  [
    "exchange without SHA-2",
    { kind: "exchange-hash", hash: "no-sha2" },
    "fail phase-out",
    "warn insufficient",
    "fail insufficient",
  ],
  [
    "SHA-1 alone accepted",
    { kind: "accepted-hash", hash: "SHA1" },
    "warn sufficient",
    "warn insufficient",
    "fail insufficient",
  ],
  ["order enforced", { kind: "preference", state: "enforced" }, "pass good", "pass good", "pass good"],
  [
    "order not enforced",
    { kind: "preference", state: "not-enforced" },
    "warn sufficient",
    "warn insufficient",
    "warn phase-out",
  ],
  ["no compression", { kind: "compression", method: "none" }, "pass good", "pass good", "pass good"],
  ["DEFLATE", { kind: "compression", method: "DEFLATE" }, "fail insufficient", "warn insufficient", "warn phase-out"],
  [
    "no renegotiation_info",
    { kind: "secure-renegotiation", state: "missing" },
    "fail insufficient",
    "warn insufficient",
    "fail insufficient",
  ],
  [
    "renegotiation by clients",
    { kind: "client-renegotiation", state: "unlimited" },
    "warn sufficient",
    "warn phase-out",
    "pass sufficient",
  ],
  [
    "a little of it",
    { kind: "client-renegotiation", state: "limited" },
    "warn sufficient",
    "pass sufficient",
    "pass sufficient",
  ],
  ["0-RTT", { kind: "early-data", state: "accepted" }, "fail insufficient", "warn insufficient", "warn phase-out"],
  ["a staple", { kind: "ocsp-staple", state: "valid" }, "pass good", "pass good", "pass good"],
  ["no staple", { kind: "ocsp-staple", state: "absent" }, "pass sufficient", "pass sufficient", "warn phase-out"],
  ["no responder", { kind: "ocsp-staple", state: "not-needed" }, "pass sufficient", "pass good", "pass sufficient"],
  ["a bad staple", { kind: "ocsp-staple", state: "invalid" }, "warn sufficient", "warn insufficient", "warn phase-out"],
  [
    "must-staple without",
    { kind: "ocsp-staple", state: "must-staple-missing" },
    "fail insufficient",
    "warn insufficient",
    "fail insufficient",
  ],
  [
    "no extended master secret",
    { kind: "extended-master-secret", state: "absent" },
    "warn sufficient",
    "warn insufficient",
    "fail insufficient",
  ],
  ["AES-GCM", suite("ECDHE_RSA_WITH_AES_128_GCM_SHA256"), "pass good", "pass sufficient", "pass good"],
  ["TLS 1.3's CCM", suite("AES_128_CCM_SHA256"), "pass good", "pass sufficient", "pass sufficient"],
  ["TLS 1.3's CCM_8", suite("AES_128_CCM_8_SHA256"), "fail insufficient", "warn insufficient", "pass sufficient"],
  ["DHE with GCM", suite("DHE_RSA_WITH_AES_256_GCM_SHA384"), "pass sufficient", "warn phase-out", "warn phase-out"],
  [
    "CBC with SHA-384",
    suite("ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"),
    "pass sufficient",
    "warn phase-out",
    "warn phase-out",
  ],
  ["CBC with SHA-1", suite("ECDHE_RSA_WITH_AES_128_CBC_SHA"), "pass sufficient", "warn insufficient", "warn phase-out"],
  ["RSA key exchange", suite("RSA_WITH_AES_128_GCM_SHA256"), "fail phase-out", "warn insufficient", "warn phase-out"],
  ["note c", suite("RSA_WITH_CAMELLIA_256_CBC_SHA"), "fail phase-out", "warn insufficient", "warn phase-out"],
  ["note d", suite("ECDHE_RSA_WITH_ARIA_256_GCM_SHA384"), "fail insufficient", "warn phase-out", "pass sufficient"],
  ["3DES", suite("ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"), "fail phase-out", "warn insufficient", "warn phase-out"],
  ["RC4", suite("RSA_WITH_RC4_128_SHA"), "fail insufficient", "warn insufficient", "fail insufficient"],
  ["NULL", suite("ECDHE_RSA_WITH_NULL_SHA"), "fail insufficient", "warn insufficient", "fail insufficient"],
  [
    "anonymous",
    suite("DH_anon_WITH_AES_128_GCM_SHA256"),
    "fail insufficient",
    "warn insufficient",
    "fail insufficient",
  ],
  ["EXPORT", suite("RSA_EXPORT_WITH_RC4_40_MD5"), "fail insufficient", "warn insufficient", "fail insufficient"],
  [
    "a fixed key",
    suite("ECDH_RSA_WITH_AES_128_GCM_SHA256"),
    "fail insufficient",
    "warn insufficient",
    "warn phase-out",
  ],
];

const said = (profile: typeof DK, fact: TlsFact) => {
  const { verdict, grade } = gradeOf(profile, fact);
  return `${verdict} ${grade}`;
};

describe("section 2.2, row by row", () => {
  test.each(ROWS)("%s", (_, fact, dk, ncsc, rfc) => {
    expect([said(DK, fact), said(NCSC, fact), said(RFC, fact)]).toEqual([dk, ncsc, rfc]);
  });

  test("disputed rows warn and say so", () => {
    expect(gradeOf(DK, group("secp521r1"))).toMatchObject({ isDisputed: true, verdict: "warn" });
    expect(gradeOf(DK, { kind: "client-renegotiation", state: "unlimited" }).isDisputed).toBe(true);
    expect(gradeOf(DK, group("x25519")).isDisputed).toBe(false);
  });

  test("a suite names the rows that decided, worst first", () => {
    expect(gradeOf(DK, suite("RSA_WITH_CAMELLIA_256_CBC_SHA")).rows[0]).toEqual({
      parameter: "suite-key-exchange",
      value: "RSA",
      grade: "phase-out",
      verdict: "fail",
      isDisputed: false,
      source: "T4",
    });
  });
});

describe("section 2.3: counts of the table of suites", () => {
  const count = (profile: typeof DK, verdict: string) =>
    SUITES.filter(({ number }) => gradeOf(profile, { kind: "suite", suite: number }).verdict === verdict).length;

  test("37 suites pass the default, every other one fails", () => {
    expect([count(DK, "pass"), count(DK, "warn"), count(DK, "fail")]).toEqual([37, 0, SUITES.length - 37]);
  });

  test("the newer list has 2 good, 10 sufficient and 35 to phase out", () => {
    const graded = (grade: string) =>
      SUITES.filter(({ number }) => gradeOf(NCSC, { kind: "suite", suite: number }).grade === grade).length;
    expect(["good", "sufficient", "phase-out"].map(graded)).toEqual([2, 10, 35]);
  });

  test("every name in a list is a suite, and every value of a table is known", () => {
    const names = TLS_PROFILES.flatMap(({ suites }) => Object.keys(suites.listed.rows));
    expect(names.filter((name) => suiteNamed(name) === null)).toEqual([]);
    const ciphers = new Set(SUITES.map(({ cipher, bits, mode }) => `${cipher}_${bits}_${mode}`));
    const groups = TLS_PROFILES.flatMap(({ tables }) => Object.keys(tables.group.rows));
    const used = TLS_PROFILES.flatMap(({ suites }) => Object.keys(suites.cipher?.rows ?? {}));
    expect(groups.filter((name) => groupNamed(name) === null)).toEqual([]);
    expect(used.filter((value) => !ciphers.has(value))).toEqual([]);
  });
});

/** What the file says, without the hash that is made of it. */
function contentOf(profile: TlsProfile): Omit<TlsProfile, "hash"> {
  return Object.fromEntries(Object.entries(profile).filter(([name]) => name !== "hash")) as unknown as TlsProfile;
}

describe("profiles as data", () => {
  test("ids are unique, and the default says that it is inferred", () => {
    expect(TLS_PROFILES.map(({ id }) => id)).toEqual(["dk-bilag1-inferred-2024", "ncsc-nl-2025-05", "rfc9325"]);
    expect(DK.isInferred).toBe(true);
    expect(DK.caveat?.da.length).toBeLessThanOrEqual(150);
    expect(profileOf("none")).toBeNull();
  });

  test("a hash stands for the whole content: change a row and this test, or the version, is told", () => {
    expect(Object.fromEntries(TLS_PROFILES.map(({ id, hash }) => [id, hash.slice(0, 16)]))).toMatchInlineSnapshot(`
     {
       "dk-bilag1-inferred-2024": "d696be03e296f81e",
       "ncsc-nl-2025-05": "3fcdd37802a182f0",
       "rfc9325": "6958aaba46bd26c4",
     }
    `);
  });

  test("a profile that forbids CBC is one definition", () => {
    const content = contentOf(DK);
    const cbc = Object.fromEntries(
      ["AES_128_CBC", "AES_256_CBC"].map((name) => [name, { grade: "insufficient" as const, source: "own rule" }]),
    );
    const cipher = { ...content.suites.cipher!, rows: { ...content.suites.cipher!.rows, ...cbc } };
    const strict = defineProfile({ ...content, id: "no-cbc", suites: { ...content.suites, cipher } });
    expect(said(strict, suite("ECDHE_RSA_WITH_AES_128_CBC_SHA256"))).toBe("fail insufficient");
    expect(said(strict, suite("ECDHE_RSA_WITH_AES_128_GCM_SHA256"))).toBe("pass good");
    expect(strict.hash).not.toBe(DK.hash);
    expect(defineProfile(content).hash).toBe(DK.hash);
  });

  test("faults of a file are found when it is loaded", () => {
    const content = contentOf(DK);
    expect(() => defineProfile({ ...content, isAdvisory: true })).toThrow("advisory");
    expect(() => defineProfile({ ...content, rsaBits: [] })).toThrow("sizes");
  });

  test("every suite and group number has a grade, and an advisory profile fails none", () => {
    fc.assert(
      fc.property(fc.nat(0xffffff), fc.string(), (number, word) => {
        for (const fact of [
          { kind: "suite", suite: number },
          { kind: "group", group: number },
          { kind: "certificate-key", type: word, bits: number, curve: word },
          { kind: "certificate-hash", hash: word },
          { kind: "dh", prime: { group: word, bits: number } },
        ] as const)
          expect(gradeOf(NCSC, fact).verdict).not.toBe("fail");
      }),
    );
    for (const word of ["constructor", "__proto__", "toString"])
      expect(gradeOf(DK, { kind: "certificate-hash", hash: word }).verdict).toBe("fail");
    expect(gradeOf(DK, { kind: "certificate-key", type: "RSA", bits: Number.NaN }).verdict).toBe("fail");
  });
});
