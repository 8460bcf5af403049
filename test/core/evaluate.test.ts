import { describe, expect, test } from "@jest/globals";
import { DEFAULT_TLS_PROFILE } from "../../data/tls-profiles/index.ts";
import type { DomainAsset } from "../../lib/core/asset.ts";
import { evaluate } from "../../lib/core/evaluate.ts";
import { defineMessages } from "../../lib/core/messages.ts";
import { type Observation, type ObservationKind, observed, unobserved } from "../../lib/core/observation.ts";
import { defineCheck, defineRequirement } from "../../lib/core/requirement.ts";
import type { Attestation, Exemption } from "../../lib/core/statements.ts";
import { messageOf } from "../../lib/core/unobserved.ts";
import { name } from "../../lib/wire/name.ts";

const messages = defineMessages({
  S18_FINE: { outcome: "pass", text: { da: "{target} er fin.", en: "{target} is fine." } },
  S18_WRONG: { outcome: "fail", text: { da: "Galt.", en: "Wrong." }, remedy: { da: "Ret det.", en: "Mend it." } },
});

const asset: DomainAsset = { kind: "domain", id: "domain:example.dk", name: "example.dk", domain: name("example.dk") };
const asOf = Date.parse("2026-06-01T00:00:00.000Z");
const by = { name: "Ada" };

/** Checks that look only at whether a value is the word "good": the engine is what is under test. */
const requirement = defineRequirement({
  id: "S18",
  version: 1,
  title: { da: "Prøve", en: "Trial" },
  wording: "",
  fulfilledWhen: "",
  appliesTo: ["domain"],
  clauses: [
    { id: "1", text: { da: "", en: "" }, attestable: false },
    { id: "2", text: { da: "", en: "" }, attestable: true },
  ],
  messages,
  checks: [
    defineCheck(messages, {
      id: "s18.one",
      clause: "1",
      needs: ["dns.chain"],
      judge: (seen, { at }, finding) =>
        (seen["dns.chain"] as unknown) === "good"
          ? [finding("S18_FINE", { target: new Date(at).toISOString() })]
          : [finding("S18_WRONG", {})],
    }),
    defineCheck(messages, {
      id: "s18.two",
      clause: "2",
      needs: ["dns.chain", "dns.servers"],
      judge: (seen, _, finding) =>
        (seen["dns.servers"] as unknown) === "good"
          ? [finding("S18_FINE", { target: "two" })]
          : [finding("S18_WRONG", {})],
    }),
  ],
});

function seen(
  kind: ObservationKind,
  value: string,
  target: string = asset.id,
  observedAt = "2026-05-01T00:00:00.000Z",
): Observation {
  return { kind, asset: asset.id, target, observedAt, result: observed(value as never) };
}

function missing(kind: ObservationKind, target: string = asset.id): Observation {
  return { ...seen(kind, ""), target, result: unobserved("dns-timeout", "silence") };
}

function judge(
  observations: readonly Observation[],
  statements: { attestations?: Attestation[]; exemptions?: Exemption[] } = {},
) {
  return evaluate(requirement, {
    asset,
    observations,
    reading: "kommune-2024",
    statements: { attestations: [], exemptions: [], ...statements },
    asOf,
  });
}

describe("evaluate", () => {
  test("everything seen and good: pass, clause by clause", () => {
    const { verdict, cause, clauses } = judge([seen("dns.chain", "good"), seen("dns.servers", "good")]);
    expect({ verdict, cause }).toEqual({ verdict: "pass", cause: null });
    expect(clauses.map(({ clause, verdict: one }) => `${clause} ${one}`)).toEqual(["1 pass", "2 pass"]);
  });

  test("the check sees the time of its own observations, the latest of them", () => {
    const { findings } = judge([
      seen("dns.chain", "good", asset.id, "2026-05-02T00:00:00.000Z"),
      seen("dns.servers", "good", asset.id, "2026-05-03T00:00:00.000Z"),
    ]);
    expect(findings[0]?.evidence).toEqual({ target: "2026-05-02T00:00:00.000Z" });
  });

  test("a missing observation makes only the checks that need it indeterminate", () => {
    const { verdict, cause, findings } = judge([seen("dns.chain", "good"), missing("dns.servers")]);
    expect({ verdict, cause }).toEqual({ verdict: "indeterminate", cause: "dns-timeout" });
    expect(findings.map(({ tag, check, outcome }) => `${check} ${tag} ${outcome}`)).toEqual([
      "s18.one S18_FINE pass",
      "s18.two S18_UNOBSERVED_DNS_TIMEOUT indeterminate",
    ]);
    expect(findings[1]?.evidence).toEqual({ target: asset.name, detail: "silence" });
  });

  test("a fail decides even when something else was not seen", () => {
    expect(judge([seen("dns.chain", "bad"), missing("dns.servers")]).verdict).toBe("fail");
  });

  test("an observation that was never planned is our own fault", () => {
    const { verdict, cause, findings } = judge([seen("dns.chain", "good")]);
    expect({ verdict, cause }).toEqual({ verdict: "indeterminate", cause: "internal" });
    expect(findings.at(-1)?.evidence).toEqual({ target: asset.name, detail: "dns.servers was not measured" });
  });

  test("a check runs once per target, with asset-wide observations serving each: silence of one hides no other", () => {
    const { findings, verdict } = judge([
      seen("dns.chain", "good"),
      seen("dns.servers", "bad", "192.0.2.1"),
      missing("dns.servers", "192.0.2.2"),
      seen("dns.servers", "good", "192.0.2.3"),
    ]);
    expect(findings.filter(({ check }) => check === "s18.two").map(({ tag }) => tag)).toEqual([
      "S18_WRONG",
      "S18_UNOBSERVED_DNS_TIMEOUT",
      "S18_FINE",
    ]);
    expect(findings.find(({ outcome }) => outcome === "indeterminate")?.evidence.target).toBe("192.0.2.2");
    expect(verdict).toBe("fail");
  });

  test("one target's observation does not stand in for another's", () => {
    const { findings } = judge([seen("dns.chain", "good", "192.0.2.9"), seen("dns.servers", "good", "192.0.2.1")]);
    const two = findings.filter(({ check }) => check === "s18.two");
    expect(two.map(({ cause, evidence }) => [cause, evidence])).toEqual([
      ["internal", { target: "192.0.2.9", detail: "dns.servers was not measured" }],
      ["internal", { target: "192.0.2.1", detail: "dns.chain was not measured" }],
    ]);
  });

  test("several missing observations are each named", () => {
    expect(judge([missing("dns.chain"), missing("dns.servers")]).findings).toHaveLength(3);
  });
});

describe("statements", () => {
  const validUntil = asOf + 1;
  const exemption: Exemption = { requirement: "S18", asset: asset.id, reason: "moved in May", by, validUntil };
  const attestation: Attestation = { requirement: "S18", clause: "2", assets: "all", statement: "", by, validUntil };
  const bad = [seen("dns.chain", "bad"), seen("dns.servers", "good")];
  const unseen = [seen("dns.chain", "good"), missing("dns.servers")];

  test("a valid exemption turns a fail into attested, and shows who stands behind it", () => {
    const { verdict, findings } = judge(bad, { exemptions: [exemption] });
    expect(verdict).toBe("attested");
    expect(findings[0]).toMatchObject({
      outcome: "fail",
      exempted: { reason: "moved in May", by: "Ada", validUntil: new Date(validUntil).toISOString() },
    });
    expect(findings[1]?.exempted).toBeUndefined();
  });

  test.each<[string, Partial<Exemption>]>([
    ["expired", { validUntil: asOf - 1 }],
    ["for another asset", { asset: "domain:other.dk" }],
    ["for another requirement", { requirement: "S19" }],
  ])("an exemption that is %s changes nothing", (_, change) => {
    expect(judge(bad, { exemptions: [{ ...exemption, ...change }] }).verdict).toBe("fail");
  });

  test("a valid attestation stands in for what was not seen on its clause", () => {
    expect(judge(unseen, { attestations: [attestation] }).verdict).toBe("attested");
    expect(judge(unseen, { attestations: [{ ...attestation, assets: [asset.id] }] }).verdict).toBe("attested");
  });

  test.each<[string, Partial<Attestation>]>([
    ["expired", { validUntil: asOf - 1 }],
    ["about other assets", { assets: ["domain:other.dk"] }],
    ["about another requirement", { requirement: "S22" }],
    ["about another clause", { clause: "3" }],
    ["about a clause that must be measured", { clause: "1" }],
  ])("an attestation that is %s changes nothing", (_, change) => {
    expect(judge(unseen, { attestations: [{ ...attestation, ...change }] }).verdict).toBe("indeterminate");
  });

  test("a clause that must be measured cannot be attested", () => {
    const chainUnseen = [missing("dns.chain"), seen("dns.servers", "good")];
    const { clauses } = judge(chainUnseen, { attestations: [{ ...attestation, clause: "1" }] });
    expect(clauses.map(({ verdict }) => verdict)).toEqual(["indeterminate", "indeterminate"]);
    const { clauses: other } = judge(chainUnseen, { attestations: [attestation] });
    expect(other.map(({ verdict }) => verdict)).toEqual(["indeterminate", "attested"]);
  });

  test("an observed fail overrides an attestation", () => {
    expect(
      judge([seen("dns.chain", "good"), seen("dns.servers", "bad")], { attestations: [attestation] }).verdict,
    ).toBe("fail");
  });
});

describe("declaring a requirement", () => {
  const declare = (change: object) => () => defineRequirement({ ...requirement, ...change });
  const [one] = requirement.checks;

  test.each<[string, object, string]>([
    ["a clause twice", { clauses: [requirement.clauses[0], requirement.clauses[0]] }, "declares the clause 1 twice"],
    ["a check twice", { checks: [one, one] }, "declares the check s18.one twice"],
    ["a check of an unknown clause", { checks: [{ ...one, clause: "9" }] }, "unknown clause 9"],
    ["a check of another requirement", { checks: [{ ...one, id: "s19.one" }] }, "s19.one is not of S18"],
    ["a tag of another requirement", { messages: { S19_X: messages.S18_FINE } }, "S19_X is not a tag of S18"],
  ])("refuses %s", (_, change, problem) => {
    expect(declare(change)).toThrow(problem);
  });

  test("a tag without a message is our own bug", () => {
    expect(() => messageOf(requirement, "S18_UNKNOWN")).toThrow("S18 has no message S18_UNKNOWN");
  });

  test("a check that makes a foreign tag throws", () => {
    const smuggler = defineCheck(messages, {
      id: "s18.smuggler",
      clause: "1",
      needs: ["dns.chain"],
      judge: (_, __, finding) => [finding("S18_ELSE" as "S18_WRONG", {})],
    });
    expect(() =>
      smuggler.judge(
        { "dns.chain": {} as never },
        { asset, reading: "kommune-2024", at: 0, targets: [], profile: DEFAULT_TLS_PROFILE },
      ),
    ).toThrow("s18.smuggler makes the undeclared tag S18_ELSE");
  });
});
