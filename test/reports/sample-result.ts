import type { FindingResult, VerdictResult, VerificationResult } from "../../lib/verify/result.ts";

/** What a hostile asset might get into a text: terminal escapes, markup, formulas, reordering, a lone surrogate, NUL. */
export const HOSTILE = "\u001b[31m<b>&\"'\u202e=1+1,\u0000\n\r\u009b]]>\ud800{0}";

function finding(outcome: FindingResult["outcome"], tag: string, more: Partial<FindingResult> = {}): FindingResult {
  const remedy = outcome === "pass" || outcome === "not-applicable" ? {} : { remedy: `Gør noget ved ${tag}.` };
  const evidence = { zone: "example.dk" };
  return { tag, check: "s18.chain", clause: "1", outcome, evidence, text: `${tag} siger noget.`, ...remedy, ...more };
}

function verdict(
  name: string,
  more: Pick<VerdictResult, "verdict" | "findings"> & Partial<VerdictResult>,
): VerdictResult {
  return {
    asset: { id: `domain:${name}`, kind: "domain", name },
    requirement: "S18",
    cause: more.verdict === "indeterminate" ? "dns-timeout" : null,
    clauses: [{ clause: "1", verdict: more.verdict, cause: more.verdict === "indeterminate" ? "dns-timeout" : null }],
    observedAt: "2026-11-23T06:00:00.000Z",
    evidence: `sha256:${"a".repeat(64)}`,
    ...more,
  };
}

const EXEMPTED = { reason: "Flyttes", by: "Anna And", validUntil: "2027-11-01T22:59:59.999Z" };

/** A result with every kind of verdict, a requirement without assets, and hostile text. */
export const SAMPLE: VerificationResult = {
  schema: "kravvagt/result/1",
  municipality: "0101",
  reading: "kommune-2024",
  engine: "0.1.0",
  startedAt: "2026-11-23T06:00:00.000Z",
  finishedAt: "2026-11-23T06:00:12.300Z",
  vantage: "local",
  notSeen: ["Adresser i IPv6: der er ingen rute til dem herfra."],
  interrupted: false,
  requirements: [
    {
      requirement: "S18",
      verdict: "fail",
      cause: null,
      assets: { pass: 2, fail: 1, indeterminate: 1, "not-applicable": 1, attested: 1 },
    },
    {
      requirement: "S19",
      verdict: "indeterminate",
      cause: "no-inventory",
      assets: { pass: 0, fail: 0, indeterminate: 0, "not-applicable": 0, attested: 0 },
    },
  ],
  verdicts: [
    verdict("attested.dk", {
      verdict: "attested",
      findings: [finding("fail", "S18_UNSIGNED", { exempted: EXEMPTED })],
    }),
    verdict("fail.dk", {
      verdict: "fail",
      findings: [
        finding("warn", "S18_KEY_SHORT"),
        finding("fail", "S18_UNSIGNED", { text: HOSTILE, remedy: "=cmd()" }),
      ],
    }),
    verdict("na.dk", { verdict: "not-applicable", findings: [finding("not-applicable", "S18_NA")] }),
    verdict("pass.dk", { verdict: "pass", findings: [finding("pass", "S18_SECURE")] }),
    verdict("pass-warn.dk", {
      verdict: "pass",
      findings: [finding("pass", "S18_SECURE"), finding("warn", "S18_KEY_SHORT")],
    }),
    verdict("silent.dk", {
      verdict: "indeterminate",
      findings: [finding("indeterminate", "S18_UNOBSERVED_DNS_TIMEOUT", { cause: "dns-timeout" })],
    }),
  ],
  cost: { seconds: 12.3, dnsQueries: 812, connections: 240, bytesIn: 1, bytesOut: 1 },
};

/** The sample with only the verdict of one asset. */
export function only(name: string): VerificationResult {
  const verdicts = SAMPLE.verdicts.filter(({ asset }) => asset.name === name);
  return { ...SAMPLE, requirements: SAMPLE.requirements.slice(0, 1), verdicts };
}
