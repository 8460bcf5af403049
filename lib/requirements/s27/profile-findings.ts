import type { Finding, FindingMaker } from "../../core/finding.ts";
import type { TlsProfile } from "../../tls/profile.ts";
import { type AppliedRow, type FactGrade, gradeOf, type TlsFact } from "../../tls/profile-grade.ts";
import type { SeenFact } from "./profile-facts.ts";
import { boundedList, shortList } from "./tls-endpoint.ts";
import type { tlsMessages } from "./tls-messages.ts";

type Make = FindingMaker<typeof tlsMessages>;
type Kind = TlsFact["kind"];

/** What is graded, and by what. `isAside`: for information only, so that nothing fails. */
export interface About {
  readonly target: string;
  readonly profile: TlsProfile;
  readonly isAside: boolean;
}

/** A fact with what a profile says of it. */
export interface GradedFact extends SeenFact {
  readonly grade: FactGrade;
}

/** Digits of a profile's hash that findings show. */
const HASH_LENGTH = 12;

/** What every finding that rests on a profile names. */
export function profileEvidence({ id, version, hash }: TlsProfile) {
  return { profile: id, profileVersion: version, profileHash: hash.slice(0, HASH_LENGTH) };
}

export function gradeFacts(profile: TlsProfile, seen: readonly SeenFact[]): readonly GradedFact[] {
  return seen.map((one) => ({ ...one, grade: gradeOf(profile, one.fact) }));
}

/** What has a message of its own because its remedy is one of its own; all others are settings. */
const FAIL_TAG = {
  version: "S27_PROFILE_VERSION",
  suite: "S27_PROFILE_SUITE",
  group: "S27_PROFILE_GROUP",
  dh: "S27_PROFILE_DH",
  "certificate-key": "S27_PROFILE_CERTIFICATE_KEY",
  "certificate-hash": "S27_PROFILE_CERTIFICATE_HASH",
} as const satisfies Partial<Record<Kind, keyof typeof tlsMessages>>;

/**
 * One finding for each kind of fact that the profile fails, or warns of, with every value in its evidence; of settings, whose values
 * are codes with a name of their own, one for each value.
 */
export function gradeFindings(
  graded: readonly GradedFact[],
  verdict: "fail" | "warn",
  about: About,
  finding: Make,
): readonly Finding[] {
  const told = graded.filter(({ grade }) => grade.verdict === verdict);
  const groups = Map.groupBy(told, ({ fact, value }) => (hasOwnTag(fact.kind) ? fact.kind : value));
  return [...groups.values()].map((facts) => {
    const { evidence, kind } = factEvidence(facts);
    const whole = { target: about.target, ...profileEvidence(about.profile), ...evidence };
    if (verdict === "warn" || about.isAside) return finding("S27_PROFILE_WARNING", whole);
    return finding(hasOwnTag(kind) ? FAIL_TAG[kind] : "S27_PROFILE_SETTING", whole);
  });
}

function hasOwnTag(kind: Kind): kind is keyof typeof FAIL_TAG {
  return Object.hasOwn(FAIL_TAG, kind);
}

function factEvidence(facts: readonly GradedFact[]) {
  const [first] = facts;
  const row = first?.grade.rows[0];
  if (first === undefined || row === undefined) throw new Error("a grade without a row");
  const { kind } = first.fact;
  const evidence = evidenceOf(kind, row, facts);
  return { kind, evidence };
}

function evidenceOf(kind: Kind, row: AppliedRow, facts: readonly GradedFact[]) {
  return {
    parameter: row.parameter,
    value: shortList(facts.map(({ value }) => value)),
    values: boundedList(facts.map(({ value, where }) => (where === "" ? value : `${where}: ${value}`))),
    grade: row.grade,
    source: row.source,
    disputed: facts.some(({ grade }) => grade.isDisputed),
    change: `change: ${kind}`,
  };
}
