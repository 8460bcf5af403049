import type { AssetKind } from "../core/asset.ts";
import type { Cause } from "../core/cause.ts";
import { namesIn } from "../core/detail-words.ts";
import { observedAt } from "../core/evaluate.ts";
import type { Evidence, JudgedFinding } from "../core/finding.ts";
import { type Language, type Outcome, render } from "../core/messages.ts";
import type { Reading, RequirementId } from "../core/requirement-id.ts";
import { messageOf } from "../core/unobserved.ts";
import type { Verdict } from "../core/verdict.ts";
import { ENGINE_VERSION } from "./engine-version.ts";
import { sealObservations } from "./evidence.ts";
import { municipalityVerdict } from "./municipality-verdict.ts";
import type { Cost, JudgedAsset, Verification } from "./verification.ts";

export { ENGINE_VERSION };

/** The result of `verify --format json` (schema "kravvagt/result/1"). Fields may be added, never renamed. */
export interface VerificationResult {
  readonly schema: "kravvagt/result/1";
  readonly municipality: string | null;
  readonly reading: Reading;
  readonly engine: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly vantage: string;
  readonly notSeen: readonly string[];
  readonly interrupted: boolean;
  readonly requirements: readonly RequirementResult[];
  readonly verdicts: readonly VerdictResult[];
  readonly cost: Cost;
}

export interface RequirementResult {
  readonly requirement: RequirementId;
  readonly verdict: Verdict;
  readonly cause: Cause | null;
  readonly assets: Readonly<Record<Verdict, number>>;
}

export interface VerdictResult {
  readonly asset: { readonly id: string; readonly kind: AssetKind; readonly name: string };
  readonly requirement: RequirementId;
  readonly verdict: Verdict;
  readonly cause: Cause | null;
  readonly clauses: readonly { readonly clause: string; readonly verdict: Verdict; readonly cause: Cause | null }[];
  readonly findings: readonly FindingResult[];
  readonly observedAt: string;
  /** Content address of the observations: the same for every look at what has not changed. */
  readonly evidence: string;
}

export interface FindingResult {
  readonly tag: string;
  readonly check: string;
  readonly clause: string;
  readonly outcome: Outcome;
  readonly cause?: Cause;
  readonly evidence: Evidence;
  readonly text: string;
  readonly remedy?: string;
  readonly exempted?: NonNullable<JudgedFinding["exempted"]>;
}

/** Puts a verification into words and into the promised form. Verdicts are sorted by asset id, then requirement. */
export function toResult(verification: Verification, language: Language): VerificationResult {
  const { municipality, reading, startedAt, finishedAt, vantage, interrupted, cost } = verification;
  return {
    schema: "kravvagt/result/1",
    municipality,
    reading,
    engine: ENGINE_VERSION,
    startedAt,
    finishedAt,
    vantage,
    notSeen: verification.notSeen.map((sentence) => sentence[language]),
    interrupted,
    requirements: verification.requirements.map((id) => requirementResult(id, verification)),
    verdicts: verification.judged
      .toSorted((a, b) => compare(sortKey(a), sortKey(b)))
      .map((judged) => verdictResult(judged, language)),
    cost,
  };
}

function sortKey({ evaluation }: JudgedAsset): string {
  return `${evaluation.asset.id}\u0000${evaluation.requirement.id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function requirementResult(id: RequirementId, { judged, inventoryLapsed }: Verification): RequirementResult {
  const evaluations = judged.map(({ evaluation }) => evaluation).filter(({ requirement }) => requirement.id === id);
  return { requirement: id, ...municipalityVerdict(evaluations, inventoryLapsed) };
}

function verdictResult({ evaluation, observations }: JudgedAsset, language: Language): VerdictResult {
  const { asset, requirement, verdict, cause, clauses, findings } = evaluation;
  return {
    asset: { id: asset.id, kind: asset.kind, name: asset.name },
    requirement: requirement.id,
    verdict,
    cause,
    clauses: clauses.map((clause) => ({ clause: clause.clause, verdict: clause.verdict, cause: clause.cause })),
    findings: findings.map((finding) => findingResult(requirement, finding, language)),
    observedAt: new Date(observedAt(observations)).toISOString(),
    evidence: sealObservations(observations).address,
  };
}

function findingResult(
  requirement: JudgedAsset["evaluation"]["requirement"],
  { tag, check, clause, outcome, cause, evidence, exempted }: JudgedFinding,
  language: Language,
): FindingResult {
  const message = messageOf(requirement, tag);
  const nameOf = namesIn(requirement, language);
  return {
    tag,
    check,
    clause,
    outcome,
    ...(cause === null ? {} : { cause }),
    evidence,
    text: render(message.text[language], evidence, nameOf),
    ...(message.remedy === undefined ? {} : { remedy: render(message.remedy[language], evidence, nameOf) }),
    ...(exempted === undefined ? {} : { exempted }),
  };
}
