import * as z from "zod";
import { READINGS } from "../../core/requirement-id.ts";
import type { SnapshotRow, Summary } from "../summary.ts";
import {
  addressForm,
  causeForm,
  countForm,
  decidingForm,
  instantForm,
  requirementForm,
  verdictForm,
} from "./value-forms.ts";

const requirementSummary = z.strictObject({
  requirement: requirementForm,
  verdict: verdictForm,
  cause: causeForm.nullable(),
  assets: z.record(verdictForm, countForm),
  since: instantForm,
  oldest: instantForm.nullable(),
  stale: countForm,
  openRegressions: countForm,
});

export const summaryForm: z.ZodType<Summary> = z.strictObject({
  municipality: z.string(),
  name: z.string(),
  reading: z.enum(READINGS),
  closedAt: instantForm,
  run: z.string(),
  suspect: z.boolean(),
  requirements: z.array(requirementSummary),
});

const rowForm: z.ZodType<SnapshotRow> = z.strictObject({
  asset: z.string(),
  verdict: verdictForm,
  cause: causeForm.nullable(),
  since: instantForm,
  observedAt: instantForm.nullable(),
  deciding: z.array(decidingForm),
  rules: z.string(),
  evidence: addressForm,
  judgement: addressForm,
  evidenceAt: instantForm,
  last: countForm,
});

/** Some of a snapshot's rows. */
export const rowsForm = z.array(rowForm);

/** What makes a snapshot of the rows that lie beside it: written last. */
export const snapshotForm = z.strictObject({
  date: z.iso.date(),
  closedAt: instantForm,
  inventory: addressForm,
  chunks: countForm,
});
