import * as z from "zod";
import { CAUSES } from "../core/cause.ts";
import { READINGS, REQUIREMENT_IDS } from "../core/requirement-id.ts";
import { VERDICTS } from "../core/verdict.ts";
import { resultForm } from "../reports/result-form.ts";

/** The bodies of the status API, version 1. Fields may be added, so readers must let unknown ones pass. */

export const moment = z.iso.datetime({ precision: 3 }).meta({ description: "UTC, ISO 8601 with milliseconds" });
export const address = z.string().regex(/^sha256:[0-9a-f]{64}$/u);
export const requirementId = z.enum(REQUIREMENT_IDS);
export const assetId = z.string().min(3).max(1_000).meta({ description: "kind:value, see the inventory" });
const verdict = z.enum(VERDICTS);
const cause = z.enum(CAUSES).nullable().meta({ description: "Set exactly when the verdict is indeterminate" });
const count = z.int().min(0);
const findings = resultForm.shape.verdicts.element.shape.findings;
const next = z.string().nullable().meta({ description: "The cursor of the next page; null on the last one" });
const municipality = z.object({ id: z.string(), name: z.string().nullable() });

const asset = z.object({ id: assetId, kind: z.string(), name: z.string() });

/** A requirement as a whole. */
const requirementStatus = z.object({
  ...{ requirement: requirementId, title: z.string(), verdict, cause },
  since: moment.nullable().meta({ description: "Null while nothing was ever seen" }),
  assets: z.record(verdict, count),
  oldest: moment.nullable().meta({ description: "The oldest look with an answer; null when an asset never had one" }),
  stale: count.meta({ description: "Assets not seen for two cadences" }),
  openRegressions: count,
  nextRound: moment.meta({ description: "When it is looked at again" }),
});

export const statusForm = z.object({
  municipality,
  reading: z.enum(READINGS).nullable(),
  overall: z.object({ verdict, cause }),
  closedAt: moment.nullable().meta({ description: "The latest close; null before the first" }),
  suspect: z.boolean().meta({ description: "Whether that run doubted itself" }),
  requirements: z.array(requirementStatus),
});

const assetVerdict = z.object({
  asset,
  ...{ requirement: requirementId, verdict, cause, since: moment },
  observedAt: moment.nullable().meta({ description: "The latest look with an answer" }),
  stale: z.boolean(),
  candidate: z.object({ verdict, since: moment }).nullable().meta({ description: "Seen once, not yet confirmed" }),
  tags: z.array(z.string()).meta({ description: "What decided it" }),
  warnings: z.array(z.string()),
  openRegression: count.nullable().meta({ description: "Number of the regression that is open" }),
  evidence: address,
  judgement: address,
});

export const requirementsForm = z.object({ requirements: z.array(requirementStatus) });

export const requirementForm = z.object({
  ...requirementStatus.shape,
  wording: z.string().meta({ description: "The Danish source's own words" }),
  fulfilledWhen: z.string(),
  verdicts: z.array(assetVerdict),
  next,
});

export const assetsForm = z.object({
  assets: z.array(z.object({ asset, verdicts: z.array(assetVerdict.omit({ asset: true })) })),
  next,
});

export const assetForm = z.object({
  asset,
  verdicts: z.array(
    assetVerdict.omit({ asset: true }).extend({
      title: z.string(),
      findings: findings.nullable(),
      problem: z.string().nullable().meta({ description: "Why there are no findings; null when there are" }),
    }),
  ),
});

const transition = z.object({
  id: z.string().meta({ description: "Requirement, asset and number: S18#domain:example.dk#3" }),
  asset,
  ...{ requirement: requirementId, number: z.int().min(1) },
  kind: z.enum(["baseline", "regression", "recovery", "change", "rule-change"]),
  from: verdict.nullable(),
  to: verdict,
  ...{ cause, since: moment, confirmedAt: moment },
  tags: z.array(z.string()),
  appeared: z.array(z.string()).meta({ description: "Warnings that were not there before" }),
  closes: z.int().min(1).nullable(),
  rules: z.string(),
  evidence: address,
  evidenceAt: moment,
  judgement: address,
  previous: address.nullable(),
  hash: address,
});

export const historyForm = z.object({
  asset,
  requirement: requirementId,
  title: z.string(),
  transitions: z
    .array(transition.extend({ findings: findings.nullable(), problem: z.string().nullable() }))
    .meta({ description: "Newest first" }),
  chain: z.object({ holds: z.boolean(), problem: z.string().nullable() }),
  next,
});

export const changesForm = z.object({ since: moment, changes: z.array(transition), next });

export const regressionsForm = z.object({ regressions: z.array(transition), next });

const run = z.object({
  id: z.string(),
  family: z.string(),
  slot: z.string(),
  startedAt: moment,
  closedAt: moment.nullable(),
  suspect: z.enum(["controls", "mass"]).nullable(),
  counts: z.object({ looks: count, answers: count, worse: count, well: count }),
  batches: z.object({ planned: count, done: count }),
});

export const runsForm = z.object({ runs: z.array(run) });

export const healthForm = z.object({
  status: z
    .enum(["ok", "late", "waiting"])
    .meta({ description: "late: no run closed for two cadences; waiting: none yet" }),
  engine: z.string(),
  lastRun: moment.nullable(),
  ageSeconds: z.number().nullable(),
});

/** RFC 9457. */
export const problemForm = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string().optional(),
});

export type Status = z.infer<typeof statusForm>;
export type RequirementsBody = z.infer<typeof requirementsForm>;
export type RequirementBody = z.infer<typeof requirementForm>;
export type AssetsBody = z.infer<typeof assetsForm>;
export type AssetBody = z.infer<typeof assetForm>;
export type HistoryBody = z.infer<typeof historyForm>;
export type ChangesBody = z.infer<typeof changesForm>;
export type RegressionsBody = z.infer<typeof regressionsForm>;
export type RunsBody = z.infer<typeof runsForm>;
export type HealthBody = z.infer<typeof healthForm>;
