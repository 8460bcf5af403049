import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { profileOf, TLS_PROFILES } from "../../data/tls-profiles/index.ts";
import { evaluate, type Evaluation } from "../../lib/core/evaluate.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import type { Verdict } from "../../lib/core/verdict.ts";
import { hasNames, isForHost, issuerShown, namesShown } from "../../lib/requirements/s27/cert-names.ts";
import { CERTIFICATES } from "../../lib/requirements/s27/cert-scenario-certificates.ts";
import { s27 } from "../../lib/requirements/s27/requirement.ts";
import { besides, chain, endpoint, MODERN, RESET } from "../../lib/requirements/s27/tls-scenario-endpoint.ts";
import { IPV4, site } from "../../lib/requirements/s27/tls-scenario-world.ts";
import { parseCertificate } from "../../lib/tls/certificate.ts";
import { GROUPS } from "../../lib/tls/groups.ts";
import type { TlsFindings } from "../../lib/tls/observations.ts";
import type { TlsProfile } from "../../lib/tls/profile.ts";
import { gradeOf, type TlsFact } from "../../lib/tls/profile-grade.ts";
import { suitesFor } from "../../lib/tls/suites.ts";
import { TLS_VERSIONS } from "../../lib/tls/versions.ts";

const WHERE = { host: "www.kommune.dk", serverName: "www.kommune.dk", address: IPV4, port: 443, startTls: null };

function judge(changes: Partial<TlsFindings>, profile?: TlsProfile): Evaluation {
  const observation = {
    kind: "tls.endpoint" as const,
    asset: site.id,
    target: "x",
    observedAt: "2026-11-23T12:00:00.000Z",
    result: endpoint(changes)(WHERE),
  };
  const input = { asset: site, reading: "kommune-2024" as const, statements: NO_STATEMENTS, asOf: 0, profile };
  return evaluate(s27, { ...input, observations: [observation] });
}

function verdicts(changes: Partial<TlsFindings>, profile?: TlsProfile): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(judge(changes, profile).clauses.map(({ clause, verdict }) => [clause, verdict]));
}

const openTrial = <T extends { readonly open: readonly number[] }>(trials: readonly T[], index: number): readonly T[] =>
  trials.map((trial, at) => (at === index ? { ...trial, open: [1], undecided: RESET } : trial));
const legacy = (changes: object): Partial<TlsFindings> => ({ legacy: { ...MODERN.legacy!, ...changes } });

/** Everything that can stay open at a modern server. */
const HOLES: readonly (readonly [what: string, changes: Partial<TlsFindings>])[] = [
  ...TLS_VERSIONS.map((version) => {
    const versions = MODERN.versions.map((trial) =>
      trial.version === version ? { ...trial, outcome: "undecided" as const, undecided: RESET } : trial,
    );
    return [`whether ${version}`, { versions }] as const;
  }),
  ...TLS_VERSIONS.map((version) => {
    return [`no trial of ${version}`, { versions: MODERN.versions.filter((one) => one.version !== version) }] as const;
  }),
  ["suites of 1.2", { suites: openTrial(MODERN.suites, 0) }],
  ["suites of 1.3", { suites: openTrial(MODERN.suites, 1) }],
  ["no suites at all", { suites: [] }],
  ["an accepted version without suites", { suites: MODERN.suites.map((trial) => ({ ...trial, accepted: [] })) }],
  ["groups of 1.2", { groups: openTrial(MODERN.groups, 0) }],
  ["groups of 1.3", { groups: openTrial(MODERN.groups, 1) }],
  ["no groups at all", { groups: [] }],
  ["signatures", { signatures: null }],
  ["strong signatures", { signatures: { chosen: [], weak: [], strong: "undecided" } }],
  [
    "weak signatures",
    { signatures: { ...MODERN.signatures!, weak: [{ hash: "SHA224", outcome: "undecided", undecided: null }] } },
  ],
  ["certificates", { chains: [] }],
  ["a kind of certificate", { chainsOpen: [{ kind: "EdDSA", undecided: RESET }] }],
  ["a leaf that cannot be read", { chains: [{ ...MODERN.chains[0]!, chain: ["MAA="] }] }],
  ["an issuer that cannot be read", { chains: [{ ...MODERN.chains[0]!, chain: [CERTIFICATES.ecdsa, "MAA="] }] }],
  ["a root that cannot be read", { chains: [{ ...MODERN.chains[0]!, anchor: "MAA=" }] }],
  ["legacy", { legacy: null }],
  ["compression", legacy({ compression: "undecided" })],
  ["renegotiation by clients", { clientRenegotiation: "undecided" }],
  ["early data", { earlyData: "undecided" }],
  ["the prime of DHE", besides("TLSv1.2", ["DHE_RSA_WITH_AES_256_GCM_SHA384"])],
];

describe("one hole in a modern server", () => {
  test("without any there is a pass by every profile", () => {
    for (const profile of TLS_PROFILES) expect(verdicts({}, profile)).toMatchObject({ b: "pass", c: "pass" });
  });

  test.each(HOLES)("%s: clause (c) passes by no profile", (_, changes) => {
    for (const profile of TLS_PROFILES) expect(verdicts(changes, profile).c).not.toBe("pass");
  });

  test.each(HOLES.slice(0, 4))("%s: clause (b) does not pass", (_, changes) => {
    expect(verdicts(changes).b).toBe("indeterminate");
  });

  test("a fail stays a fail whatever else stays open", () => {
    const weak = besides("TLSv1.2", ["RSA_WITH_RC4_128_SHA"]);
    for (const [, hole] of HOLES.filter(([, changes]) => changes.suites === undefined))
      expect(verdicts({ ...weak, ...hole }).c).toBe("fail");
  });
});

describe("clause (c) is the profile's word on every suite and group", () => {
  const DK = TLS_PROFILES[0]!;
  const RFC = profileOf("rfc9325")!;

  test.each([DK, RFC].map((profile) => [profile.id, profile] as const))("%s", (_, profile) => {
    // Without certificates, whose signatures take time, the clause cannot pass; it fails all the same.
    const isFail = (changes: Partial<TlsFindings>) => verdicts({ ...changes, chains: [] }, profile).c === "fail";
    const expected = (fact: TlsFact) => gradeOf(profile, fact).verdict === "fail";
    const [trial, ...others] = MODERN.suites;
    const [old, ...newer] = MODERN.groups;
    for (const { name, number } of suitesFor("TLSv1.2")) {
      const suites = [{ ...trial!, accepted: [...trial!.accepted, number] }, ...others];
      expect([name, isFail({ suites })]).toEqual([name, expected({ kind: "suite", suite: number })]);
    }
    for (const { name, number } of GROUPS) {
      const groups = [{ ...old!, accepted: [number] }, ...newer];
      expect([name, isFail({ groups })]).toEqual([name, expected({ kind: "group", group: number })]);
    }
  });
});

const certificate = (name: keyof typeof CERTIFICATES) => {
  const parsed = parseCertificate(new Uint8Array(Buffer.from(CERTIFICATES[name], "base64")));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};
const octets = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const named = (...names: readonly string[]) => ({ ...certificate("ecdsa"), dnsNames: names.map(octets) });

describe("names of a certificate", () => {
  test.each([
    ["*.kommune.dk", "www.kommune.dk", true],
    ["*.kommune.dk", "a.b.kommune.dk", false],
    ["*.kommune.dk", "kommune.dk", false],
    ["w*.kommune.dk", "www.kommune.dk", false],
    ["www.*.dk", "www.kommune.dk", false],
    ["*.dk", "kommune.dk", false],
    ["WWW.Kommune.dk", "www.kommune.dk", true],
    ["xn--kbenhavn-54a.dk", "xn--kbenhavn-54a.dk", true],
    ["k\u00f8benhavn.dk", "xn--kbenhavn-54a.dk", false],
    ["www.kommune.dk\u0000.ond.dk", "www.kommune.dk", false],
    ["192.0.2.10", "192.0.2.10", false],
  ])("%j for %s: %s", (presented, host, isFor) => {
    expect(isForHost(named(presented), host)).toBe(isFor);
  });

  test("addresses count by iPAddress alone, in any text form", () => {
    const addressed = certificate("address");
    expect(["192.0.2.10", "2001:db8::10", "2001:DB8:0::10"].map((host) => isForHost(addressed, host))).toEqual([
      ...[true, true, true],
    ]);
    expect(["192.0.2.11", "2001:db8::1", "::ffff:192.0.2.10"].map((host) => isForHost(addressed, host))).toEqual([
      ...[false, false, false],
    ]);
  });

  test("a common name is nobody's", () => {
    expect(isForHost(certificate("common"), "www.kommune.dk")).toBe(false);
    expect(hasNames(certificate("common"))).toBe(false);
  });

  test("are shown in bounded, printable form", () => {
    expect(issuerShown(certificate("ecdsa"))).toBe("Scenario Issuer");
    expect(issuerShown({ ...certificate("ecdsa"), issuer: octets("junk") })).toBe("?");
    expect(namesShown(certificate("address"))).toBe("IP (2)");
    expect(namesShown(named("a.dk", "b.dk", "c.dk"))).toBe("a.dk, b.dk (+1)");
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 300 }), { minLength: 1 }), (names) => {
        const shown = namesShown({ ...certificate("ecdsa"), dnsNames: names.map((one) => Buffer.from(one)) });
        expect(shown.length).toBeLessThan(120);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }),
    );
  });

  test("a chain of junk is never a pass, and never an exception", () => {
    fc.assert(
      fc.property(fc.array(fc.base64String({ maxLength: 200 }), { maxLength: 6 }), fc.boolean(), (junk, hasLeaf) => {
        const first = chain("ECDSA", hasLeaf ? ["ecdsa"] : [], null);
        const { findings, clauses } = judge({ chains: [{ ...first, chain: [...first.chain, ...junk] }] });
        expect(findings.map(({ tag }) => tag)).not.toContain("S27_CERTIFICATE_VALID");
        if (!hasLeaf) expect(clauses.find(({ clause }) => clause === "c")?.verdict).toBe("indeterminate");
      }),
    );
  });
});
