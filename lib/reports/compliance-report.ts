import * as z from "zod";
import { CAUSES } from "../core/cause.ts";
import type { Language } from "../core/messages.ts";
import { READINGS, REQUIREMENT_IDS } from "../core/requirement-id.ts";
import { VERDICTS, type Verdict } from "../core/verdict.ts";
import { ENGINE_VERSION } from "../verify/result.ts";
import { lossesOf, type RequirementOfDay, type RowOfDay } from "../watch/report-of-day.ts";
import type { SnapshotRow } from "../watch/summary.ts";
import { lossWords } from "./loss-words.ts";
import { requirementTitle } from "./requirement-words.ts";
import { resultForm } from "./result-form.ts";
import { storedFinding } from "./stored-finding.ts";

const moment = z.iso.datetime({ precision: 3 }).meta({ description: "UTC, ISO 8601 with milliseconds" });
const date = z.iso.date().meta({ description: "UTC" });
const address = z.string().regex(/^sha256:[0-9a-f]{64}$/u);
const requirement = z.enum(REQUIREMENT_IDS);
const verdict = z.enum(VERDICTS);
const cause = z.enum(CAUSES).nullable().meta({ description: "Set exactly when the verdict is indeterminate" });

const requirementOfDay = z.object({
  ...{ requirement, title: z.string(), verdict, cause },
  since: moment.nullable().meta({ description: "Since when it has at least been so; null when nothing was seen" }),
  assets: z.record(verdict, z.int().min(0)),
  date: date.nullable().meta({ description: "The day of the snapshot; null for now, and where there is none" }),
  closedAt: moment.nullable().meta({ description: "The close that this is from" }),
});

const assetOfDay = z.object({
  asset: z.object({ id: z.string().max(1_000), kind: z.string(), name: z.string() }),
  ...{ requirement, verdict, cause },
  since: moment.nullable(),
  observedAt: moment.nullable().meta({ description: "The latest look with an answer; null when none ever had one" }),
  rules: z.string().nullable().meta({ description: "What it was judged by: requirement, version, reading" }),
  evidence: address.nullable(),
  evidenceAt: moment.nullable(),
  judgement: address.nullable(),
  findings: resultForm.shape.verdicts.element.shape.findings.nullable(),
  problem: z.string().nullable().meta({ description: "Why there are no findings; null when there are" }),
});

/** The compliance report of a day. Fields may be added, so readers must let unknown ones pass. */
export const complianceReportForm = z.object({
  schema: z.literal("kravvagt/report/1"),
  municipality: z.object({ id: z.string(), name: z.string().nullable() }),
  reading: z.enum(READINGS).nullable().meta({ description: "Null when the inventory of then cannot be read" }),
  engine: z.string(),
  asOf: z.union([date, moment]).meta({ description: "The day that was asked for, or the moment when none was" }),
  closedAt: moment.nullable().meta({ description: "The latest close that anything here is from" }),
  requirements: z.array(requirementOfDay),
  verdicts: z.array(assetOfDay).meta({ description: "Sorted by asset id, then requirement" }),
  problems: z.array(z.string()).meta({ description: "What could not be read back from the evidence" }),
});

export type ComplianceReport = z.infer<typeof complianceReportForm>;

export interface ReportFrame {
  /** The municipality's id. */
  readonly municipality: string;
  /** A date (YYYY-MM-DD), or a moment (UTC, ISO 8601 with milliseconds). */
  readonly asOf: string;
  readonly language: Language;
}

/** Puts what was so on a day into the promised form and into words. What cannot be read back is said, never left out. */
export function complianceReport(
  days: readonly RequirementOfDay[],
  { municipality, asOf, language }: ReportFrame,
): ComplianceReport {
  const latest = days.toSorted((a, b) => ((a.closedAt ?? "") < (b.closedAt ?? "") ? 1 : -1));
  const inventory = latest.flatMap(({ inventory: each }) => (each?.ok === true ? [each.value] : []))[0];
  return {
    schema: "kravvagt/report/1",
    municipality: { id: municipality, name: inventory?.municipality?.name ?? null },
    reading: inventory?.reading ?? null,
    engine: ENGINE_VERSION,
    asOf,
    closedAt: latest[0]?.closedAt ?? null,
    requirements: days.map((day) => requirementPart(day, language)),
    verdicts: days
      .flatMap((day) => day.rows.map((row) => assetPart(day, row, language)))
      .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
    problems: lossesOf(days).map((loss) => lossWords(loss)[language]),
  };
}

function sortKey({ asset, requirement: id }: ComplianceReport["verdicts"][number]): string {
  return `${asset.id}\u0000${id}`;
}

function requirementPart(day: RequirementOfDay, language: Language): ComplianceReport["requirements"][number] {
  const { id } = day.requirement;
  const counts = VERDICTS.map((each) => [each, day.rows.filter((row) => row.verdict === each).length]);
  return {
    ...{ requirement: id, title: requirementTitle(id, language), verdict: day.verdict, cause: day.cause },
    ...{ since: day.since, assets: Object.fromEntries(counts) as Record<Verdict, number> },
    ...{ date: day.date, closedAt: day.closedAt },
  };
}

function assetPart(
  { requirement: { id }, requirement: built }: RequirementOfDay,
  { asset, verdict: reached, cause: why, row, judgement }: RowOfDay,
  language: Language,
): ComplianceReport["verdicts"][number] {
  const colon = asset.indexOf(":");
  const problem = problemOf({ asset, row, judgement }, id, language);
  const findings = problem === null && judgement?.ok === true ? judgement.value.findings : null;
  return {
    asset: { id: asset, kind: asset.slice(0, colon), name: asset.slice(colon + 1) },
    ...{ requirement: id, verdict: reached, cause: why },
    ...(row === null ? NOTHING_REMEMBERED : rememberedPart(row)),
    findings: findings?.map((finding) => storedFinding(built, finding, language)) ?? null,
    problem,
  };
}

const NOTHING_REMEMBERED = {
  ...{ since: null, observedAt: null, rules: null },
  ...{ evidence: null, evidenceAt: null, judgement: null },
};

function rememberedPart({ since, observedAt, rules, evidence, evidenceAt, judgement }: SnapshotRow) {
  return { since, observedAt, rules, evidence, evidenceAt, judgement };
}

function problemOf(
  { asset, row, judgement }: Pick<RowOfDay, "asset" | "row" | "judgement">,
  id: string,
  language: Language,
): string | null {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  if (row === null || judgement === null) {
    return say("Aktivet er endnu ikke undersøgt.", "The asset has not been looked at yet.");
  }
  if (!judgement.ok) {
    const why = lossWords(judgement)[language];
    return say(`Fundene kan ikke læses: ${why}.`, `The findings cannot be read: ${why}.`);
  }
  const isOwn = judgement.value.asset === asset && judgement.value.requirement === id;
  return isOwn ? null : say("Fundene hører til et andet aktiv.", "The findings belong to another asset.");
}
