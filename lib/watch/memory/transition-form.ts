import * as z from "zod";
import type { Transition } from "../../core/transition.ts";
import {
  addressForm,
  causeForm,
  decidingForm,
  instantForm,
  slotForm,
  subjectForms,
  verdictForm,
} from "./value-forms.ts";

export const transitionKindForm = z.enum(["baseline", "regression", "recovery", "change", "rule-change"]);

/** A transition as it was sealed: a field more or less would break its hash. */
export const transitionForm: z.ZodType<Transition> = z.strictObject({
  ...subjectForms,
  number: z.int().min(1),
  kind: transitionKindForm,
  from: verdictForm.nullable(),
  to: verdictForm,
  cause: causeForm.nullable(),
  since: instantForm,
  confirmedAt: instantForm,
  firstSlot: slotForm,
  slot: slotForm,
  deciding: z.array(decidingForm),
  appeared: z.array(z.string()),
  closes: z.int().min(1).nullable(),
  rules: z.string(),
  evidence: addressForm,
  judgement: addressForm,
  evidenceAt: instantForm,
  previous: addressForm.nullable(),
  hash: addressForm,
});
