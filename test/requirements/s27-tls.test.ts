import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { DEFAULT_TLS_PROFILE, profileOf } from "../../data/tls-profiles/index.ts";
import type { Asset } from "../../lib/core/asset.ts";
import { evaluate, type Evaluation } from "../../lib/core/evaluate.ts";
import { render } from "../../lib/core/messages.ts";
import { observed } from "../../lib/core/observation.ts";
import { NO_STATEMENTS } from "../../lib/core/statements.ts";
import { messageOf } from "../../lib/core/unobserved.ts";
import { s27 } from "../../lib/requirements/s27/requirement.ts";
import { TLS_SCENARIOS } from "../../lib/requirements/s27/tls-scenarios.ts";
import {
  alsoTaking,
  besides,
  chain,
  endpoint,
  MODERN,
  presenting,
  type Server,
  suites,
} from "../../lib/requirements/s27/tls-scenario-endpoint.ts";
import { IPV4, site } from "../../lib/requirements/s27/tls-scenario-world.ts";
import { defineProfile, type TlsProfile } from "../../lib/tls/profile.ts";
import { SUITES } from "../../lib/tls/suites.ts";
import { openRehearsal } from "../support/rehearsal.ts";

const rehearsal = await openRehearsal();
const TEXT_LIMIT = 150;
const NOON = Date.parse("2026-11-23T12:00:00Z");
const DAY = 86_400_000;
const WHERE = { host: "www.kommune.dk", serverName: "www.kommune.dk", address: IPV4, port: 443, startTls: null };
const TARGET = `www.kommune.dk:443 [${IPV4}]`;

/** What the TLS checks say of one server; the rest of S27 is not observed. */
function judge(
  server: Server,
  { at = NOON, profile, asset = site }: { at?: number; profile?: TlsProfile; asset?: Asset } = {},
): Evaluation {
  const observation = {
    kind: "tls.endpoint" as const,
    asset: asset.id,
    target: TARGET,
    observedAt: new Date(at).toISOString(),
    result: server(WHERE),
  };
  const input = { asset, reading: "kommune-2024" as const, statements: NO_STATEMENTS, asOf: 0, profile };
  return evaluate(s27, { ...input, observations: [observation] });
}

const clause = ({ clauses }: Evaluation, id: string) => clauses.find((one) => one.clause === id)?.verdict;
const ofTls = ({ findings }: Evaluation) =>
  findings.filter(({ check }) => ["s27.versions", "s27.profile", "s27.certificate"].includes(check));
const tags = (evaluation: Evaluation, check: string) =>
  evaluation.findings.filter((finding) => finding.check === check).map(({ tag }) => tag);

describe.each(TLS_SCENARIOS.map((scenario) => [scenario.name, scenario] as const))("scenario: %s", (_, scenario) => {
  test("says exactly its tags, in sentences that fit, each fail with its profile", async () => {
    const { findings, verdict, cause } = evaluate(s27, {
      ...{ asset: scenario.asset(rehearsal), observations: await scenario.observe(rehearsal) },
      ...{ reading: "kommune-2024", statements: NO_STATEMENTS, asOf: 0 },
    });
    expect({ tags: [...new Set(findings.map(({ tag }) => tag))].sort(), verdict, cause }).toEqual({
      tags: [...scenario.tags].sort(),
      verdict: scenario.verdict,
      cause: scenario.cause ?? null,
    });
    for (const { tag, evidence, check, outcome } of findings.filter(({ tag: own }) => own in s27.messages)) {
      const { text, remedy } = messageOf(s27, tag);
      for (const language of ["da", "en"] as const) {
        const nameOf = (code: string): string => s27.terms?.[code]?.[language] ?? code;
        const said = render(text[language], evidence, nameOf);
        expect({ said, long: said.length > TEXT_LIMIT }).toEqual({ said, long: false });
        expect(said + render(remedy?.[language] ?? "", evidence, nameOf)).not.toMatch(
          /\{|(?:change|caveat|nothing|compression|hash|data|staple|negotiation|secret|preference): /,
        );
      }
      if (check === "s27.profile" && outcome === "fail" && tag !== "S27_TLS_MISSING")
        expect(evidence).toMatchObject({
          profile: DEFAULT_TLS_PROFILE.id,
          profileHash: DEFAULT_TLS_PROFILE.hash.slice(0, 12),
          parameter: expect.any(String),
          source: expect.any(String),
          value: expect.any(String),
        });
    }
    const caveats = findings.filter(({ tag }) => tag === "S27_PROFILE_INFERRED").map(({ evidence }) => evidence.target);
    expect(new Set(caveats).size).toBe(caveats.length);
  });
});

/** A profile that is the default but for the ciphers in CBC. */
function withoutCbc(): TlsProfile {
  const { hash, ...content } = DEFAULT_TLS_PROFILE;
  const row = { grade: "insufficient" as const, source: "own rule" };
  const ciphers = ["AES_128_CBC", "AES_256_CBC", "CAMELLIA_128_CBC", "CAMELLIA_256_CBC"];
  const cipher = content.suites.cipher ?? { rows: {}, otherwise: row };
  const rows = { ...cipher.rows, ...Object.fromEntries(ciphers.map((name) => [name, row])) };
  const strict = defineProfile({
    ...content,
    id: "no-cbc",
    suites: { ...content.suites, cipher: { ...cipher, rows } },
  });
  expect(strict.hash).not.toBe(hash);
  return strict;
}

describe("the profile in force", () => {
  const cbc = alsoTaking("ECDHE_RSA_WITH_AES_128_CBC_SHA256");

  test("another one turns a stored pass into a fail by itself", () => {
    expect(clause(judge(cbc), "c")).toBe("pass");
    const strict = judge(cbc, { profile: withoutCbc() });
    expect(clause(strict, "c")).toBe("fail");
    expect(clause(strict, "b")).toBe("pass");
    expect(ofTls(strict).find(({ tag }) => tag === "S27_PROFILE_SUITE")?.evidence).toMatchObject({
      profile: "no-cbc",
      source: "own rule",
      parameter: "suite-cipher",
      values: ["TLS 1.2: TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"],
    });
    expect(clause(judge(endpoint(), { profile: withoutCbc() }), "c")).toBe("pass");
  });

  test("rfc9325 fails by its own rules, and stands in for nothing", () => {
    const profile = profileOf("rfc9325")!;
    const weak = endpoint({
      signatures: {
        chosen: [0x0403],
        weak: [{ hash: "SHA1", outcome: "accepted", undecided: null }],
        strong: "accepted",
      },
    });
    expect(clause(judge(endpoint(), { profile }), "c")).toBe("pass");
    expect(tags(judge(endpoint(), { profile }), "s27.profile")).toEqual(["S27_PROFILE_MET"]);
    expect(clause(judge(weak, { profile }), "c")).toBe("fail");
    expect(clause(judge(weak), "c")).toBe("pass");
  });

  test("an advisory one never fails, and passes only what it has nothing against", () => {
    const profile = profileOf("ncsc-nl-2025-05")!;
    expect(clause(judge(endpoint(), { profile }), "c")).toBe("pass");
    const objected = judge(cbc, { profile });
    expect(clause(objected, "c")).toBe("indeterminate");
    expect(tags(objected, "s27.profile")).toEqual(["S27_UNOBSERVED_TOOL_LIMIT", "S27_PROFILE_WARNING"]);
  });

  test("clause (b) asks no profile", () => {
    const old = endpoint(besides("TLSv1.0", ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA"]));
    const { hash, ...content } = DEFAULT_TLS_PROFILE;
    const version = { rows: {}, otherwise: { grade: "good", source: hash } } as const;
    const lax = defineProfile({ ...content, id: "lax", tables: { ...content.tables, version } });
    expect(clause(judge(old, { profile: lax }), "b")).toBe("fail");
    expect(clause(judge(old, { profile: lax }), "c")).toBe("pass");
  });
});

describe("the overlay", () => {
  test("is one finding, of what does not fail already", () => {
    const server = alsoTaking(
      "ECDHE_RSA_WITH_AES_128_CBC_SHA",
      "DHE_RSA_WITH_AES_128_GCM_SHA256",
      "RSA_WITH_RC4_128_SHA",
    );
    const advice = ofTls(judge(server)).filter(({ tag }) => tag === "S27_PROFILE_ADVICE");
    expect(advice.map(({ evidence }) => evidence)).toEqual([
      expect.objectContaining({
        profile: "ncsc-nl-2025-05",
        count: 2,
        values: ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"],
      }),
    ]);
  });
});

describe("preference by the server's order", () => {
  const mixed = ["ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "RSA_WITH_AES_128_GCM_SHA256"];
  const warned = (names: readonly string[], preference: "server" | "client") => {
    const server = endpoint({ suites: [suites("TLSv1.2", names, preference), ...MODERN.suites.slice(1)] });
    return ofTls(judge(server)).some(({ evidence }) => evidence.parameter === "preference");
  };

  test("strong ones first is enforced; weak ones first, or the client's order, is not", () => {
    expect(warned(mixed, "server")).toBe(false);
    expect(warned(mixed.toReversed(), "server")).toBe(true);
    expect(warned(mixed, "client")).toBe(true);
  });
});

describe("dates", () => {
  const ends = Date.parse("2026-12-01T00:00:00Z");
  const ending = presenting(chain("ECDSA", ["ending", "intermediate"]));
  const said = (at: number) => tags(judge(ending, { at }), "s27.certificate");

  test("the forecast begins 14 days before the end, and the certificate is good at the end itself", () => {
    expect(said(ends - 14 * DAY)).toEqual(["S27_CERTIFICATE_VALID"]);
    expect(said(ends - 14 * DAY + 1)).toEqual(["S27_CERTIFICATE_ENDS_SOON", "S27_CERTIFICATE_VALID"]);
    expect(said(ends)).toEqual(["S27_CERTIFICATE_ENDS_SOON", "S27_CERTIFICATE_VALID"]);
    expect(said(ends + 1)).toEqual(["S27_CERTIFICATE_EXPIRED"]);
  });

  test("only the end of the certificate itself is certain", () => {
    expect(messageOf(s27, "S27_CERTIFICATE_EXPIRED")).toMatchObject({ outcome: "fail", certain: true });
  });
});

test("a server that takes every suite there is is told in bounded evidence", () => {
  const all = SUITES.filter(({ number }) => number > 0 && number <= 0xffff).map(({ name }) => name);
  const found = judge(endpoint({ suites: [suites("TLSv1.2", all, "client"), ...MODERN.suites.slice(1)] }));
  expect(clause(found, "c")).toBe("fail");
  expect(JSON.stringify(ofTls(found)).length).toBeLessThan(8_000);
  expect(ofTls(found).find(({ tag }) => tag === "S27_PROFILE_SUITE")?.evidence.value).toMatch(/ \(\+\d{3}\)$/);
});

test("several faults of a certificate are told side by side", () => {
  const server = presenting(chain("ECDSA", ["self"], null), chain("RSA", ["rsa1024"], null));
  const wrong: Server = (where) => server({ ...where, host: "andet.dk" });
  expect(tags(judge(wrong), "s27.certificate")).toEqual([
    "S27_CERTIFICATE_WRONG_NAME",
    "S27_CERTIFICATE_SELF_SIGNED",
    "S27_CERTIFICATE_WRONG_NAME",
    "S27_CERTIFICATE_CHAIN_INCOMPLETE",
  ]);
});

test("a root that the path does not lead to proves nothing", () => {
  const led = presenting(chain("ECDSA", ["ecdsa", "intermediate"], "own-root"));
  expect(tags(judge(led), "s27.certificate")).toEqual(["S27_CERTIFICATE_NOT_UNDERSTOOD"]);
  const broken = presenting({ ...chain("ECDSA", ["ecdsa", "intermediate"]), chain: ["MAA="] });
  expect(clause(judge(broken), "c")).toBe("indeterminate");
  expect(tags(judge(broken), "s27.certificate")).toEqual(["S27_CERTIFICATE_NOT_UNDERSTOOD"]);
});

test("one good path is enough, whatever else was sent", () => {
  const file = path.resolve(import.meta.dirname, "../vectors/dane/certificates.json");
  const vectors = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, string>>;
  const mail = (names: readonly string[]): Server => {
    const sent = names.map((name) => vectors[name] ?? "");
    const server = presenting({ ...chain("ECDSA", []), chain: sent, anchor: vectors.root ?? null });
    return (where) => server({ ...where, host: "mx.kommune.dk" });
  };
  const said = (...names: readonly string[]) => tags(judge(mail(names)), "s27.certificate");
  expect(said("ecdsa", "intermediate")).toEqual(["S27_CERTIFICATE_VALID"]);
  // The issuer signed by another root, before and beside the one that leads to the trusted root.
  expect(said("ecdsa", "crossed", "intermediate")).toEqual(["S27_CERTIFICATE_VALID"]);
  expect(said("ecdsa", "crossed")).toEqual(["S27_CERTIFICATE_NOT_UNDERSTOOD"]);
  expect(said("below-false", "false-ca")).toEqual(["S27_CERTIFICATE_CHAIN_INVALID"]);
  expect(said("deep", "below-narrow", "narrow")).toEqual(["S27_CERTIFICATE_CHAIN_INVALID"]);
  expect(said("below-late", "late")).toEqual(["S27_CERTIFICATE_ISSUER_OUT_OF_DATE"]);
});

test("what is not visited is said by every check, and passes nothing", () => {
  for (const state of ["closed", "no-address"] as const) {
    const server: Server = (where) =>
      observed(state === "closed" ? { ...where, state } : { state: "nothing-to-visit", why: state });
    const found = judge(server);
    expect(ofTls(found).map(({ tag }) => tag)).toEqual(Array(3).fill("S27_TLS_NOT_JUDGED"));
    expect(found.verdict).not.toBe("pass");
  }
});
