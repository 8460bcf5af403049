import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AssetKind } from "../core/asset.ts";
import type { Cause } from "../core/cause.ts";
import { observedAt } from "../core/evaluate.ts";
import type { Evidence, JudgedFinding } from "../core/finding.ts";
import { type Language, type Outcome, render } from "../core/messages.ts";
import type { Observation } from "../core/observation.ts";
import type { Reading, RequirementId } from "../core/requirement-id.ts";
import { messageOf } from "../core/unobserved.ts";
import { combine, type Judged, type Verdict, VERDICTS } from "../core/verdict.ts";
import type { Cost, JudgedAsset, Verification } from "./verification.ts";

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
  /** Content address of the observations, without their times. */
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

/** This engine's version, as package.json has it. */
export const ENGINE_VERSION: string = (
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;

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

/** A municipality's verdict on one requirement: the rule for clauses, over assets. No asset at all proves nothing. */
function requirementResult(id: RequirementId, { judged, inventoryLapsed }: Verification): RequirementResult {
  const evaluations = judged.map(({ evaluation }) => evaluation).filter(({ requirement }) => requirement.id === id);
  const assets = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, evaluations.filter((evaluation) => evaluation.verdict === verdict).length]),
  ) as Record<Verdict, number>;
  return { requirement: id, ...overall(evaluations, inventoryLapsed), assets };
}

function overall(evaluations: readonly Judged[], inventoryLapsed: boolean): Judged {
  if (evaluations.length === 0) return { verdict: "indeterminate", cause: "no-inventory" };
  const { verdict, cause } = combine(evaluations);
  if (inventoryLapsed && verdict === "pass") return { verdict: "indeterminate", cause: "attestation-expired" };
  return { verdict, cause };
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
    evidence: evidenceHash(observations),
  };
}

function findingResult(
  requirement: JudgedAsset["evaluation"]["requirement"],
  { tag, check, clause, outcome, cause, evidence, exempted }: JudgedFinding,
  language: Language,
): FindingResult {
  const message = messageOf(requirement, tag);
  const nameOf = (code: string): string => requirement.terms?.[code]?.[language] ?? code;
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

/** SHA-256 over kind, target and result of each observation: what was seen, not when, nor in which order. */
export function evidenceHash(observations: readonly Observation[]): string {
  const hash = createHash("sha256");
  const lines = observations.map(({ kind, target, result }) => `${JSON.stringify({ kind, target, result })}\n`);
  for (const line of lines.toSorted(compare)) hash.update(line);
  return `sha256:${hash.digest("hex")}`;
}
