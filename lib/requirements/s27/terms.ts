import type { Bilingual } from "../../core/messages.ts";
import { plainTerms } from "./plain-terms.ts";
import { TLS_TERMS } from "./tls-terms.ts";

/** What codes in S27's evidence are called in a sentence. */
export const terms: Readonly<Record<string, Bilingual>> = { ...TLS_TERMS, ...plainTerms };
