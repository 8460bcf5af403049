import type { Finding, JudgedFinding } from "../../lib/core/finding.ts";
import type { AlertContext } from "../../lib/reports/alert-context.ts";
import type {
  DigestAlert,
  DoubtAlert,
  ForecastAlert,
  GapAlert,
  Member,
  TransitionAlert,
} from "../../lib/watch/alert.ts";

/** Realistic alerts of the practice municipality, for the tests of everything that puts alerts into words. */
const HASH = `sha256:${"0".repeat(64)}`;
const SLOT = "2026-11-23T09:52:00.000Z";

export const COMMON = {
  id: "0123456789abcdef0123456789abcdef",
  municipality: "0101",
  run: `domains/${SLOT}/confirm`,
  createdAt: "2026-11-23T10:02:15.000Z",
} as const;

export function member(domain: string, changes: Partial<Member> = {}): Member {
  return {
    ...{ asset: `domain:${domain}`, number: 2, kind: "regression", from: "pass", to: "fail", cause: null },
    ...{ since: "2026-11-23T09:52:10.000Z", confirmedAt: "2026-11-23T10:02:13.000Z" },
    ...{ firstSlot: SLOT, slot: `${SLOT}/confirm`, evidence: HASH, judgement: HASH, appeared: [] },
    ...changes,
  };
}

export const REGRESSION: TransitionAlert = {
  ...COMMON,
  kind: "regression",
  requirement: "S18",
  deciding: { tag: "S18_SIGNATURE_EXPIRED", about: "signed.dk" },
  total: 1,
  members: [member("signed.dk")],
};

/** Forty, or as many as said, that one name server has in common; at most fifty are listed. */
export function manyRegressions(total: number): TransitionAlert {
  const members = Array.from({ length: Math.min(total, 50) }, (_, index) => member(`navn-${index + 1}.dk`));
  return { ...REGRESSION, deciding: { tag: "S18_SERVER_UNSIGNED", about: "ns1.vaertsdns.dk" }, total, members };
}

export const RECOVERY: TransitionAlert = {
  ...COMMON,
  id: "fedcba9876543210fedcba9876543210",
  createdAt: "2026-11-23T12:12:15.000Z",
  kind: "recovery",
  requirement: "S18",
  deciding: { tag: "S18_SIGNATURE_EXPIRED", about: "signed.dk" },
  total: 1,
  members: [
    member("signed.dk", {
      ...{ number: 3, kind: "recovery", from: "fail", to: "pass" },
      ...{ since: "2026-11-23T12:02:10.000Z", confirmedAt: "2026-11-23T12:12:13.000Z" },
    }),
  ],
};

export const WARNING: TransitionAlert = {
  ...COMMON,
  kind: "change",
  requirement: "S18",
  deciding: { tag: "S18_SIGNATURE_EXPIRES_SOON", about: null },
  total: 1,
  members: [
    member("signed.dk", { kind: "change", from: "pass", to: "pass", appeared: ["S18_SIGNATURE_EXPIRES_SOON"] }),
  ],
};

export const GAP: GapAlert = {
  ...COMMON,
  kind: "gap",
  requirement: "S18",
  cause: "dns-timeout",
  total: 2,
  members: [
    { asset: "domain:havn.dk", observedAt: "2026-11-23T07:00:05.000Z" },
    { asset: "domain:kort.dk", observedAt: "2026-11-23T07:00:06.000Z" },
  ],
};

export const DOUBT: DoubtAlert = {
  ...{ ...COMMON, run: `domains/${SLOT}`, kind: "doubt", suspicion: "mass", worse: 60, well: 84 },
};

export const FORECAST: ForecastAlert = {
  ...COMMON,
  kind: "forecast",
  what: "exemption",
  requirement: "S18",
  name: "domain:visit-example.com",
  validUntil: "2026-12-01T22:59:59.000Z",
};

export const DIGEST: DigestAlert = {
  ...COMMON,
  kind: "digest",
  date: "2026-11-23",
  total: 2,
  members: [
    { ...member("ny.dk", { kind: "baseline", from: null, number: 1 }), requirement: "S18" },
    { ...member("regel.dk", { kind: "rule-change", from: "pass", to: "fail" }), requirement: "S18" },
  ],
  openTotal: 1,
  open: [{ requirement: "S18", asset: "domain:signed.dk", since: "2026-11-23T09:52:10.000Z" }],
};

const EVIDENCE: Readonly<Record<string, Finding["evidence"]>> = {
  S18_SIGNATURE_EXPIRED: { record: "SOA", expired: "2026-11-23 09:00 UTC" },
  S18_SIGNATURE_EXPIRES_SOON: { record: "DNSKEY", expires: "2026-11-25 09:00 UTC" },
  S18_SECURE: { expires: "2026-12-07 12:00 UTC" },
  S18_SERVER_UNSIGNED: { server: "ns1.vaertsdns.dk", address: "93.184.7.53" },
};

/** A finding of the asset, with evidence of its own. */
export function finding(asset: string, tag: string, outcome: JudgedFinding["outcome"]): JudgedFinding {
  const domain = asset.slice("domain:".length);
  const evidence = { domain, zone: domain, ...EVIDENCE[tag] };
  return { tag, check: "s18.chain", clause: "1", outcome, cause: null, evidence };
}

/** Each asset's own findings, as the judgement of an alert with this tag would hold them. */
export function contextOf(tag: string, outcome: JudgedFinding["outcome"]): AlertContext {
  return {
    municipality: "Øvelseskommune",
    findingsOf: (asset) => [finding(asset, tag, outcome)],
    regressionOf: () => null,
    data: null,
  };
}

/** The regression began at 10.52 Danish time, by an expired signature. */
export const RECOVERY_CONTEXT: AlertContext = {
  ...contextOf("S18_SECURE", "pass"),
  regressionOf: (asset) => ({
    since: "2026-11-23T09:52:10.000Z",
    findings: [finding(asset, "S18_SIGNATURE_EXPIRED", "fail")],
  }),
};
