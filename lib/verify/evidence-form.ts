import * as z from "zod";
import { CAUSES } from "../core/cause.ts";
import { REQUIREMENT_IDS } from "../core/requirement-id.ts";
import { VERDICTS } from "../core/verdict.ts";
import { declaredForms, signatory, timelessObservationForm } from "./observation-form.ts";

const schema = z.literal("kravvagt/evidence/1");
const cause = z.enum(CAUSES).nullable();

/** What was seen at one visit. */
export const observationsForm = z.strictObject({
  schema,
  kind: z.literal("observations"),
  observations: z.array(timelessObservationForm),
});

const finding = z.strictObject({
  tag: z.string(),
  evidence: z.record(z.string(), z.json()),
  check: z.string(),
  clause: z.string(),
  outcome: z.enum(["pass", "fail", "warn", "not-applicable", "indeterminate"]),
  cause,
  exempted: z.strictObject({ reason: z.string(), by: z.string(), validUntil: z.string() }).exactOptional(),
});

/** What was concluded from it, for one requirement. */
export const judgementForm = z.strictObject({
  schema,
  kind: z.literal("judgement"),
  requirement: z.enum(REQUIREMENT_IDS),
  asset: z.string(),
  rules: z.string(),
  verdict: z.enum(VERDICTS),
  cause,
  clauses: z.array(z.strictObject({ clause: z.string(), verdict: z.enum(VERDICTS), cause })),
  findings: z.array(finding),
});

const authorisation = z.strictObject({
  id: z.string(),
  ranges: z.array(z.string()),
  by: signatory,
  validFrom: z.number(),
  validUntil: z.number(),
});

/** What was declared: assets and statements, not contacts, network or where things stand in a file. */
export const inventoryForm = z.strictObject({
  schema,
  kind: z.literal("inventory"),
  ...declaredForms,
  authorisations: z.array(authorisation),
});
