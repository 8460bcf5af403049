import type { Bilingual } from "../../core/messages.ts";
import type { BogusReason, InsecureReason } from "../../dnssec/outcome.ts";
import { bogusTerms } from "../bogus-terms.ts";
import { insecureTerms } from "../insecure-terms.ts";

/** What the validator's reasons are called in a sentence, between brackets: of a zone that protects nothing, or of one that is broken. */
export const terms: Readonly<Record<BogusReason | InsecureReason, Bilingual>> = { ...bogusTerms, ...insecureTerms };
