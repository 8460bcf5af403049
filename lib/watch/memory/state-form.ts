import * as z from "zod";
import type { AssetState } from "../../core/state.ts";
import { transitionForm } from "./transition-form.ts";
import {
  addressForm,
  causeForm,
  decidingForm,
  instantForm,
  slotForm,
  subjectForms,
  verdictForm,
} from "./value-forms.ts";

const candidate = z.strictObject({
  verdict: verdictForm,
  cause: causeForm.nullable(),
  slot: slotForm,
  since: instantForm,
  looks: z.int().min(1),
  deciding: z.array(decidingForm),
});

/** The state of one subject. A field that this version does not know would be lost at the next look: it is refused. */
export const stateForm: z.ZodType<AssetState> = z.strictObject({
  ...subjectForms,
  revision: z.int().min(1),
  verdict: verdictForm,
  cause: causeForm.nullable(),
  since: instantForm,
  deciding: z.array(decidingForm),
  warnings: z.array(z.string()),
  rules: z.string(),
  evidence: addressForm,
  judgement: addressForm,
  evidenceAt: instantForm,
  slot: slotForm,
  observedAt: instantForm.nullable(),
  unanswered: z.strictObject({ since: instantForm, cause: causeForm, looks: z.int().min(1) }).nullable(),
  candidate: candidate.nullable(),
  newWarnings: z.array(z.string()).nullable(),
  openRegression: z.int().min(1).nullable(),
  last: z.int().min(1),
  link: addressForm,
  outbox: z.array(transitionForm),
});
