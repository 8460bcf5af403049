import * as z from "zod";
import { CAUSES } from "../core/cause.ts";
import type { Language } from "../core/messages.ts";
import type { Requirement } from "../core/requirement.ts";
import { REQUIREMENT_IDS } from "../core/requirement-id.ts";
import { VERDICTS } from "../core/verdict.ts";
import type { AssetHistory, RecalledTransition } from "../watch/history-of-asset.ts";
import { type CheckedPart, verifies } from "../watch/verify-history.ts";
import { lossWords } from "./loss-words.ts";
import { resultForm } from "./result-form.ts";
import { storedFinding } from "./stored-finding.ts";

const moment = z.iso.datetime({ precision: 3 }).meta({ description: "UTC, ISO 8601 with milliseconds" });
const address = z.string().regex(/^sha256:[0-9a-f]{64}$/u);
const verdict = z.enum(VERDICTS);
const cause = z.enum(CAUSES).nullable();
const count = z.int().min(1);

const transition = z.object({
  number: count,
  kind: z.enum(["baseline", "regression", "recovery", "change", "rule-change"]),
  from: verdict.nullable().meta({ description: "Null in the first one" }),
  to: verdict,
  cause,
  since: moment.meta({ description: "When the first look that showed it was made" }),
  confirmedAt: moment,
  appeared: z.array(z.string()).meta({ description: "Warnings that were not there before" }),
  closes: count.nullable().meta({ description: "Number of the regression that this ends" }),
  rules: z.string(),
  evidence: address,
  evidenceAt: moment,
  judgement: address,
  findings: resultForm.shape.verdicts.element.shape.findings.nullable(),
  problem: z.string().nullable().meta({ description: "Why there are no findings; null when there are" }),
  previous: address.nullable(),
  hash: address,
});

const current = z.object({
  ...{ verdict, cause },
  since: moment,
  stale: z.boolean().meta({ description: "Two cadences without an answer: what is remembered may no longer be so" }),
  observedAt: moment.nullable().meta({ description: "The latest look with an answer" }),
  unanswered: z.object({ since: moment, cause: z.enum(CAUSES), looks: count }).nullable(),
  candidate: z.object({ verdict, cause, since: moment, looks: count }).nullable(),
  warnings: z.array(z.string()),
  openRegression: count.nullable(),
});

const checkedPart = z.object({
  check: z.enum(["chain", "state", "evidence", "judgement", "recomputed"]),
  number: count.nullable(),
  outcome: z.enum(["holds", "broken", "skipped"]),
  problem: z.string().nullable(),
  detail: z.string(),
});

/** The output of `history --format json`. Fields may be added, so readers must let unknown ones pass. */
export const historyForm = z.object({
  schema: z.literal("kravvagt/history/1"),
  municipality: z.string(),
  asset: z.string().max(1_000),
  requirement: z.enum(REQUIREMENT_IDS),
  now: current,
  transitions: z.array(transition).meta({ description: "Oldest first" }),
  verification: z
    .object({ verifies: z.boolean(), parts: z.array(checkedPart) })
    .nullable()
    .meta({ description: "Null unless it was asked for" }),
});

export type HistoryReport = z.infer<typeof historyForm>;

/** Puts a history into the promised form. `parts` is what verifying it came to; null when nobody asked. */
export function historyReport(
  { state, current: now, isStale, transitions }: AssetHistory,
  parts: readonly CheckedPart[] | null,
  requirement: Requirement | undefined,
  language: Language,
): HistoryReport {
  const { municipality, asset, since, observedAt, unanswered, candidate, warnings, openRegression } = state;
  return {
    schema: "kravvagt/history/1",
    ...{ municipality, asset, requirement: state.requirement },
    now: {
      ...{ verdict: now.verdict, cause: now.cause, since, stale: isStale, observedAt },
      unanswered: unanswered === null ? null : { ...unanswered },
      candidate: candidate === null ? null : candidatePart(candidate),
      ...{ warnings: [...warnings], openRegression },
    },
    transitions: transitions.map((each) => transitionPart(each, requirement, language)),
    verification: parts === null ? null : { verifies: verifies(parts), parts: parts.map((part) => ({ ...part })) },
  };
}

function candidatePart({ verdict: seen, cause: why, since, looks }: NonNullable<AssetHistory["state"]["candidate"]>) {
  return { verdict: seen, cause: why, since, looks };
}

function transitionPart(
  { transition: one, judgement }: RecalledTransition,
  requirement: Requirement | undefined,
  language: Language,
): HistoryReport["transitions"][number] {
  const { number, kind, from, to, since, confirmedAt, appeared, closes, rules, evidence, evidenceAt } = one;
  return {
    ...{ number, kind, from, to, cause: one.cause, since, confirmedAt, appeared: [...appeared], closes, rules },
    ...{ evidence, evidenceAt, judgement: one.judgement },
    findings: judgement.ok
      ? judgement.value.findings.map((finding) => storedFinding(requirement, finding, language))
      : null,
    problem: judgement.ok ? null : lossWords(judgement)[language],
    ...{ previous: one.previous, hash: one.hash },
  };
}
