import { type Evaluation, observedAt } from "../core/evaluate.ts";
import type { JudgedFinding } from "../core/finding.ts";
import { type Judgement, type Look, MOST_TAGS } from "../core/look.ts";
import type { Requirement } from "../core/requirement.ts";
import { rulesOf } from "../core/requirement.ts";
import type { Reading } from "../core/requirement-id.ts";
import { scheduledAt } from "../core/slot.ts";
import type { Deciding } from "../core/transition.ts";
import { messageOf } from "../core/unobserved.ts";
import type { TlsProfile } from "../tls/profile.ts";
import { type Sealed, sealJudgement, sealObservations } from "../verify/evidence.ts";
import type { JudgedAsset } from "../verify/verification.ts";

/** A look as it is remembered, and the texts that its addresses stand for. */
export interface SealedLook {
  readonly look: Look;
  readonly blobs: readonly Sealed[];
}

/** The slot that was looked in, and by which rules it was judged; without a profile by the default. */
export interface LookRules {
  readonly slot: string;
  readonly reading: Reading;
  readonly profile?: TlsProfile | undefined;
}

/**
 * What one judged asset comes to as a look of a slot. `rejudged` is the state's evidence judged by the rules of this look,
 * null where it is not needed or cannot be told. Pure.
 */
export function lookOf(
  { evaluation, observations }: JudgedAsset,
  { slot, reading, profile }: LookRules,
  rejudged: Judgement | null,
): SealedLook {
  const rules = rulesOf(evaluation.requirement, reading, profile);
  const seen = sealObservations(observations);
  const { judgement, blob } = judgementOf(evaluation, rules);
  // Where nothing was even tried, the moment is that of the plan.
  const at = observations.length === 0 ? scheduledAt(slot) : observedAt(observations);
  const look: Look = {
    ...judgement,
    ...{ slot, observedAt: new Date(at).toISOString(), isCertain: isCertain(evaluation) },
    ...{ rules, rejudged, evidence: seen.address },
  };
  return { look, blobs: [seen, blob] };
}

/** An evaluation as the part of a look that rules decide, and the text of its findings. `rules` as `rulesOf` names them. */
export function judgementOf(
  evaluation: Evaluation,
  rules: string,
): { readonly judgement: Judgement; readonly blob: Sealed } {
  const { requirement, verdict, cause, findings } = evaluation;
  const blob = sealJudgement(evaluation, rules);
  const warnings = findings.filter(({ outcome }) => outcome === "warn").map(({ tag }) => tag);
  const judgement: Judgement = {
    ...{ verdict, cause, judgement: blob.address },
    deciding: distinct(decidingFindings(evaluation).map((finding) => decidingOf(requirement, finding))),
    warnings: [...new Set(warnings)].sort().slice(0, MOST_TAGS),
  };
  return { judgement, blob };
}

/** The findings without which the verdict would be another one. */
function decidingFindings({ verdict, cause, clauses, findings }: Evaluation): readonly JudgedFinding[] {
  switch (verdict) {
    case "fail":
      return findings.filter(isOpenFail);
    case "indeterminate":
      return findings.filter((finding) => finding.outcome === "indeterminate" && finding.cause === cause);
    case "attested": {
      const attested = new Set(clauses.filter((each) => each.verdict === "attested").map(({ clause }) => clause));
      return findings.filter(
        ({ clause, outcome, exempted }) =>
          attested.has(clause) && (exempted !== undefined || outcome === "indeterminate"),
      );
    }
    default:
      return findings.filter(({ outcome }) => outcome === verdict);
  }
}

function isOpenFail({ outcome, exempted }: JudgedFinding): boolean {
  return outcome === "fail" && exempted === undefined;
}

function decidingOf(requirement: Requirement, { tag, evidence }: JudgedFinding): Deciding {
  const message = messageOf(requirement, tag);
  const about = "about" in message && message.about !== undefined ? evidence[message.about] : undefined;
  return { tag, about: typeof about === "string" || typeof about === "number" ? String(about) : null };
}

function distinct(deciding: readonly Deciding[]): readonly Deciding[] {
  const byContent = new Map(deciding.map((each) => [JSON.stringify([each.tag, each.about]), each]));
  return [...byContent.values()].slice(0, MOST_TAGS);
}

/** Whether the verdict rests on what is signed or recorded, so that a second look could only come to the same. */
function isCertain({ requirement, verdict, cause, findings }: Evaluation): boolean {
  if (verdict === "indeterminate") return cause === "attestation-expired" || cause === "no-attestation";
  if (verdict !== "fail") return false;
  return findings.filter(isOpenFail).some(({ tag }) => {
    const message = messageOf(requirement, tag);
    return message.outcome === "fail" && message.certain === true;
  });
}
