import * as z from "zod";
import type { Alert, FiledAlert } from "../alert.ts";
import { transitionKindForm } from "./transition-form.ts";
import {
  addressForm,
  causeForm,
  countForm,
  decidingForm,
  instantForm,
  requirementForm,
  slotForm,
  verdictForm,
} from "./value-forms.ts";

/** The id names a file in the outbox folder, so that nothing else may stand in it. */
const idForm = z.string().regex(/^[0-9a-f]{32}$/, "expected 32 hexadecimal digits");
const common = { id: idForm, municipality: z.string(), run: z.string(), createdAt: instantForm };

const memberForms = {
  asset: z.string(),
  number: z.int().min(1),
  kind: transitionKindForm,
  from: verdictForm.nullable(),
  to: verdictForm,
  cause: causeForm.nullable(),
  since: instantForm,
  confirmedAt: instantForm,
  firstSlot: slotForm,
  slot: slotForm,
  evidence: addressForm,
  judgement: addressForm,
  appeared: z.array(z.string()),
};

const transition = z.strictObject({
  ...common,
  kind: z.enum(["regression", "recovery", "change"]),
  requirement: requirementForm,
  deciding: decidingForm,
  total: countForm,
  members: z.array(z.strictObject(memberForms)),
});

const gap = z.strictObject({
  ...common,
  kind: z.literal("gap"),
  requirement: requirementForm,
  cause: causeForm,
  total: countForm,
  members: z.array(z.strictObject({ asset: z.string(), observedAt: instantForm.nullable() })),
});

const doubt = z.strictObject({
  ...common,
  kind: z.literal("doubt"),
  suspicion: z.enum(["controls", "mass"]),
  worse: countForm,
  well: countForm,
});

const forecast = z.strictObject({
  ...common,
  kind: z.literal("forecast"),
  what: z.enum(["attestation", "exemption", "authorisation", "inventory"]),
  requirement: requirementForm.nullable(),
  name: z.string(),
  validUntil: z.string(),
});

const digest = z.strictObject({
  ...common,
  kind: z.literal("digest"),
  date: z.iso.date(),
  total: countForm,
  members: z.array(z.strictObject({ ...memberForms, requirement: requirementForm })),
  openTotal: z.int().min(0),
  open: z.array(z.strictObject({ requirement: requirementForm, asset: z.string(), since: instantForm })),
});

const alertForm: z.ZodType<Alert> = z.discriminatedUnion("kind", [transition, gap, doubt, forecast, digest]);

/** An alert with its hand-overs, as it is kept for ever. */
export const filedAlertForm: z.ZodType<FiledAlert> = z.strictObject({
  alert: alertForm,
  delivered: z.record(z.string(), instantForm),
});
