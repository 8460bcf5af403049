import * as z from "zod";
import { CAUSES } from "../../core/cause.ts";
import { REQUIREMENT_IDS } from "../../core/requirement-id.ts";
import type { Deciding } from "../../core/transition.ts";
import { VERDICTS } from "../../core/verdict.ts";

/** UTC, ISO 8601 with milliseconds. */
export const instantForm = z.iso.datetime({ precision: 3 });

/** A planned look, see core/slot.ts. */
export const slotForm = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(?:\/confirm)?$/, "expected a slot");

/** A content address. */
export const addressForm = z.string().regex(/^sha256:[0-9a-f]{64}$/, "expected a content address");

export const requirementForm = z.enum(REQUIREMENT_IDS);
export const verdictForm = z.enum(VERDICTS);
export const causeForm = z.enum(CAUSES);
export const decidingForm: z.ZodType<Deciding> = z.strictObject({ tag: z.string(), about: z.string().nullable() });

/** A number of things, 0 or more. */
export const countForm = z.int().min(0);

/** Which asset of which municipality, judged for which requirement: as part of a form. */
export const subjectForms = { municipality: z.string(), requirement: requirementForm, asset: z.string() };
