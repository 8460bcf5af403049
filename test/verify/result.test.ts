import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { unobserved } from "../../lib/core/observation.ts";
import { sealObservations } from "../../lib/verify/evidence.ts";
import { ENGINE_VERSION, toResult, type VerificationResult } from "../../lib/verify/result.ts";
import { domain, host, SEEN_AT, seen, STARTED_AT, trial, type Trial, verificationOf } from "./trial.ts";

const [A, B, C] = [domain("a.dk"), domain("b.dk"), domain("c.dk")];
const SILENT = unobserved("dns-timeout", "no answer");
const schema = readFileSync(new URL("../../docs/schemas/result.schema.json", import.meta.url), "utf8");
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(schema) as object);

/** The result, which must be of the published form whatever it says. */
function resultOf(one: Trial, language: "da" | "en" = "da"): VerificationResult {
  const result = toResult(verificationOf(one), language);
  const written: unknown = JSON.parse(JSON.stringify(result));
  expect(written).toEqual(result);
  expect(validate(written) ? [] : validate.errors).toEqual([]);
  return result;
}

describe("a result", () => {
  test("says what was verified, when, by what, and what was not seen", () => {
    const inventory = { municipality: { id: "0101", name: "X" }, assets: [A] };
    const result = resultOf({ inventory, observations: [seen(A, "good")] });
    expect(result).toMatchObject({
      schema: "kravvagt/result/1",
      municipality: "0101",
      reading: "kommune-2024",
      engine: ENGINE_VERSION,
      startedAt: "2026-06-01T00:00:00.000Z",
      finishedAt: "2026-06-01T00:00:02.500Z",
      vantage: "local",
      notSeen: ["Noget."],
      interrupted: false,
      cost: { seconds: 2.5, dnsQueries: 3 },
    });
    const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    expect(ENGINE_VERSION).toBe((JSON.parse(text) as { version: string }).version);
    expect(resultOf({ observations: [] }).municipality).toBeNull();
  });

  test("sorts verdicts by asset id, then requirement, whatever the order of the inventory", () => {
    const assets = [C, A, domain("b.dk-x.dk"), B];
    const requirements = [trial("S19"), trial("S18")];
    const observations = assets.map((asset) => seen(asset, "good"));
    const order = resultOf({ inventory: { assets }, requirements, observations }).verdicts;
    expect(order.map(({ asset, requirement }) => `${asset.name} ${requirement}`)).toEqual(
      ["a.dk", "b.dk", "b.dk-x.dk", "c.dk"].flatMap((each) => [`${each} S18`, `${each} S19`]),
    );
  });

  test("speaks the language asked for, in text, remedy, terms and what was not seen", () => {
    const observations = [seen(A, "bad"), seen(B, "good")];
    const one = { inventory: { assets: [A, B] }, observations };
    const [danish, english] = [resultOf(one, "da"), resultOf(one, "en")];
    const words = (result: VerificationResult) => [
      ...result.verdicts.flatMap(({ findings }) => findings.map(({ text, remedy }) => [text, remedy])),
      result.notSeen,
    ];
    expect(words(danish)).toEqual([["a.dk er gal.", "Ret a.dk."], ["b.dk er stærk.", undefined], ["Noget."]]);
    expect(words(english)).toEqual([["a.dk is wrong.", "Mend a.dk."], ["b.dk is strong.", undefined], ["Something."]]);
    // What is not text is the same in both.
    expect(english.verdicts.map(({ evidence }) => evidence)).toEqual(danish.verdicts.map(({ evidence }) => evidence));
  });

  test("gives a finding its place, and a cause exactly when it is indeterminate", () => {
    const { verdicts } = resultOf({ inventory: { assets: [A, B] }, observations: [seen(A, SILENT), seen(B, "bad")] });
    expect(verdicts).toMatchObject([
      {
        asset: { id: "domain:a.dk", kind: "domain", name: "a.dk" },
        verdict: "indeterminate",
        cause: "dns-timeout",
        clauses: [{ clause: "1", verdict: "indeterminate", cause: "dns-timeout" }],
        findings: [{ tag: "S18_UNOBSERVED_DNS_TIMEOUT", outcome: "indeterminate", cause: "dns-timeout" }],
        observedAt: SEEN_AT,
      },
      {
        verdict: "fail",
        cause: null,
        findings: [{ tag: "S18_WRONG", check: "s18.trial", clause: "1", outcome: "fail" }],
      },
    ]);
    expect(verdicts[1]?.findings[0]).not.toHaveProperty("cause");
    expect(verdicts[1]?.findings[0]).not.toHaveProperty("exempted");
  });

  test("shows an exempted fail as such, with who, why and until when, and counts it as attested", () => {
    const exemption = { requirement: "S18", asset: A.id, reason: "Flyttes", by: { name: "Anna And" } } as const;
    const trialOf = (validUntil: number) => ({
      inventory: { assets: [A, B], exemptions: [{ ...exemption, validUntil }] },
      observations: [seen(A, "bad"), seen(B, "good")],
    });
    const { requirements, verdicts } = resultOf(trialOf(STARTED_AT));
    expect(requirements).toMatchObject([{ verdict: "attested", cause: null, assets: { attested: 1, pass: 1 } }]);
    expect(verdicts[0]).toMatchObject({
      verdict: "attested",
      findings: [
        {
          outcome: "fail",
          exempted: { reason: "Flyttes", by: "Anna And", validUntil: "2026-06-01T00:00:00.000Z" },
        },
      ],
    });
    expect(resultOf(trialOf(STARTED_AT - 1)).requirements).toMatchObject([{ verdict: "fail" }]);
  });
});

describe("a municipality's verdict", () => {
  const overall = (said: Readonly<Record<string, string | typeof SILENT>>, inventory: Trial["inventory"] = {}) => {
    const assets = Object.keys(said).map((each) => domain(each));
    const observations = assets.map((asset) => seen(asset, said[asset.name] ?? "bad"));
    return resultOf({ inventory: { assets, ...inventory }, observations }).requirements;
  };

  test.each<readonly [Readonly<Record<string, string | typeof SILENT>>, object]>([
    [
      { "a.dk": "good", "b.dk": "skip" },
      { verdict: "pass", cause: null },
    ],
    [
      { "a.dk": "good", "b.dk": SILENT },
      { verdict: "indeterminate", cause: "dns-timeout" },
    ],
    [
      { "a.dk": "good", "b.dk": SILENT, "c.dk": "bad" },
      { verdict: "fail", cause: null },
    ],
    [
      { "a.dk": "skip", "b.dk": "skip" },
      { verdict: "not-applicable", cause: null },
    ],
    [
      { "a.dk": SILENT, "b.dk": unobserved("vantage-blocked", "") },
      { verdict: "indeterminate", cause: "vantage-blocked" },
    ],
  ])("over %j is %j", (said, expected) => {
    expect(overall(said)).toMatchObject([{ requirement: "S18", ...expected }]);
  });

  test("counts the assets of every verdict, with zeros", () => {
    const [one] = overall({ "a.dk": "good", "b.dk": "good", "c.dk": "bad", "d.dk": SILENT, "e.dk": "skip" });
    expect(one?.assets).toEqual({ pass: 2, fail: 1, indeterminate: 1, "not-applicable": 1, attested: 0 });
  });

  test("without an asset is no-inventory; assets of other kinds do not count", () => {
    const expected = [{ requirement: "S18", verdict: "indeterminate", cause: "no-inventory" }];
    expect(resultOf({ observations: [] }).requirements).toMatchObject(expected);
    expect(resultOf({ inventory: { assets: [host("www.a.dk")] }, observations: [] }).requirements).toMatchObject(
      expected,
    );
  });

  test("is given for each requirement asked for, in that order", () => {
    const one = { inventory: { assets: [A] }, observations: [seen(A, "good")] };
    const { requirements } = resultOf({ ...one, requested: ["S20", "S18"] });
    expect(requirements).toMatchObject([
      { requirement: "S20", verdict: "indeterminate", cause: "no-inventory" },
      { requirement: "S18", verdict: "pass" },
    ]);
  });

  test("with a lapsed declaration of completeness cannot be pass, and is otherwise what it is", () => {
    const lapsed = { inventoryAttestation: { by: { name: "x" }, validUntil: STARTED_AT - 1 } };
    const valid = { inventoryAttestation: { by: { name: "x" }, validUntil: STARTED_AT } };
    expect(overall({ "a.dk": "good" }, lapsed)).toMatchObject([
      { verdict: "indeterminate", cause: "attestation-expired", assets: { pass: 1 } },
    ]);
    expect(overall({ "a.dk": "good" }, valid)).toMatchObject([{ verdict: "pass" }]);
    expect(overall({ "a.dk": "bad" }, lapsed)).toMatchObject([{ verdict: "fail", cause: null }]);
    expect(overall({ "a.dk": SILENT }, lapsed)).toMatchObject([{ cause: "dns-timeout" }]);
    expect(overall({}, lapsed)).toMatchObject([{ cause: "no-inventory" }]);
  });

  test("an asset that was never looked at is our own doing, never a pass", () => {
    expect(resultOf({ inventory: { assets: [A] }, observations: [] }).requirements).toMatchObject([
      { verdict: "indeterminate", cause: "internal", assets: { indeterminate: 1 } },
    ]);
  });

  test("rests on an asset's own observations, of the kinds that its requirement needs, alone", () => {
    const observations = [seen(A, "good"), seen(B, "bad"), seen(A, "bad", "dns.servers")];
    const { requirements, verdicts } = resultOf({ inventory: { assets: [A] }, observations });
    expect(requirements).toMatchObject([{ verdict: "pass" }]);
    expect(verdicts[0]?.evidence).toBe(sealObservations([seen(A, "good")]).address);
  });
});
