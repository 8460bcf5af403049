import type { Asset } from "./asset.ts";
import type { Cause } from "./cause.ts";
import type { Finding, JudgedFinding } from "./finding.ts";
import type { Observation, ObservationKind } from "./observation.ts";
import type { Check, JudgeContext, Requirement, Seen } from "./requirement.ts";
import type { Reading } from "./requirement-id.ts";
import { applyStatements } from "./apply-statements.ts";
import type { Statements } from "./statements.ts";
import { DEFAULT_TLS_PROFILE } from "../../data/tls-profiles/index.ts";
import type { TlsProfile } from "../tls/profile.ts";
import { messageOf, undecided } from "./unobserved.ts";
import { type ClauseVerdict, combine, type Verdict, verdictOfFindings } from "./verdict.ts";

/** The judgement of one requirement for one asset. */
export interface Evaluation {
  readonly requirement: Requirement;
  readonly asset: Asset;
  readonly verdict: Verdict;
  readonly cause: Cause | null;
  readonly clauses: readonly ClauseVerdict[];
  readonly findings: readonly JudgedFinding[];
}

export interface EvaluationInput {
  readonly asset: Asset;
  readonly observations: readonly Observation[];
  readonly reading: Reading;
  readonly statements: Statements;
  /** Epoch milliseconds of the run: written statements count or lapse as of then. */
  readonly asOf: number;
  /** Unset: the default. */
  readonly profile?: TlsProfile | undefined;
}

/**
 * Judges one requirement for one asset. Pure: the same observations give the same evaluation for ever, as of the
 * observations' own time. This and `verdict.ts` are the only place where findings become a verdict.
 */
export function evaluate(requirement: Requirement, input: EvaluationInput): Evaluation {
  const found = requirement.checks.flatMap((check) => runCheck(requirement, check, input));
  const { findings, attestedClauses } = applyStatements(requirement, input, found);
  const clauses = requirement.clauses.map(({ id }) =>
    verdictOfFindings(
      id,
      findings.filter((finding) => finding.clause === id),
      attestedClauses.has(id),
    ),
  );
  return { requirement, asset: input.asset, ...combine(clauses), clauses, findings };
}

/** The moment of the latest observation; 0 when there is none. */
export function observedAt(observations: readonly Observation[]): number {
  return Math.max(0, ...observations.map((observation) => Date.parse(observation.observedAt)));
}

function runCheck(requirement: Requirement, check: Check, input: EvaluationInput): readonly JudgedFinding[] {
  const nameOf = (target: string): string => (target === input.asset.id ? input.asset.name : target);
  const targets = targetsOf(check, input);
  const beside = input.observations.filter(({ kind }) => check.beside?.includes(kind) === true);
  return targets.flatMap((target) => {
    const { seen, missing, at } = gather(check, target, input);
    if (missing.length > 0)
      return missing.map((gap) => inPlace(requirement, check, undecided(requirement.id, nameOf(target), gap)));
    const { asset, reading, profile = DEFAULT_TLS_PROFILE } = input;
    const context: JudgeContext = { asset, reading, at, targets, profile, beside };
    return check.judge(seen, context).map((finding) => inPlace(requirement, check, finding));
  });
}

/** The targets a check runs for: those of its own observations, or the asset itself when they all concern it as a whole. */
function targetsOf(check: Check, { asset, observations }: EvaluationInput): readonly string[] {
  const own = observations.filter(({ kind, target }) => check.needs.includes(kind) && target !== asset.id);
  return own.length > 0 ? [...new Set(own.map(({ target }) => target))] : [asset.id];
}

interface Gathered {
  readonly seen: Seen<ObservationKind>;
  readonly missing: readonly { readonly cause: Cause; readonly detail: string }[];
  readonly at: number;
}

/** Collects what a check needs for one target; asset-wide observations serve every target. */
function gather(check: Check, target: string, { asset, observations }: EvaluationInput): Gathered {
  const seen: Record<string, unknown> = {};
  const missing: { cause: Cause; detail: string }[] = [];
  const used: Observation[] = [];
  for (const kind of check.needs) {
    const ofKind = observations.filter((observation) => observation.kind === kind);
    const observation =
      ofKind.find((candidate) => candidate.target === target) ??
      ofKind.find((candidate) => candidate.target === asset.id);
    if (observation === undefined) {
      missing.push({ cause: "internal", detail: `${kind} was not measured` });
    } else if (observation.result.state === "unobserved") {
      missing.push(observation.result);
    } else {
      used.push(observation);
      seen[kind] = observation.result.value;
    }
  }
  return { seen: seen as Seen<ObservationKind>, missing, at: observedAt(used) };
}

function inPlace(requirement: Requirement, check: Check, { tag, evidence }: Finding): JudgedFinding {
  const { outcome, cause } = messageOf(requirement, tag);
  return { tag, evidence, check: check.id, clause: check.clause, outcome, cause: cause ?? null };
}
