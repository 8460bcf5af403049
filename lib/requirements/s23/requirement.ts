import { defineRequirement } from "../../core/requirement.ts";
import { bogusTerms } from "../bogus-terms.ts";
import { dkimCheck } from "./dkim-check.ts";
import { dkimTerms } from "./dkim-terms.ts";
import { dmarcChecks } from "./dmarc-checks.ts";
import { messages } from "./messages.ts";
import { spfCheck } from "./spf-check.ts";
import { spfTerms } from "./spf-terms.ts";

/** S23, DMARC reject with SPF and DKIM on every domain. The rows it implements are in SPEC.md beside this file. */
export const s23 = defineRequirement({
  id: "S23",
  version: 1,
  title: { da: "DMARC reject, SPF og DKIM", en: "DMARC reject, SPF and DKIM" },
  wording: "DMARC REJECT policy implementeres på alle domæner tilhørende kommunen.",
  fulfilledWhen:
    "Anbefalingen er opfyldt, hvis 1) DMARC er implementeret på alle kommunens domæner og 2) DMARC politikken er sat til " +
    "REJECT på alle kommunens domæner og 3) SPF (Sender Policy Framework) og DKIM (DomainKeys Identified Mail) er " +
    "implementeret på alle kommunens domæner.",
  appliesTo: ["domain"],
  clauses: [
    {
      id: "1",
      text: {
        da: "DMARC er implementeret på alle kommunens domæner.",
        en: "DMARC is implemented on all the municipality's domains.",
      },
      attestable: false,
    },
    {
      id: "2",
      text: {
        da: "DMARC-politikken er sat til reject på alle kommunens domæner.",
        en: "The DMARC policy is reject on all the municipality's domains.",
      },
      attestable: false,
    },
    {
      id: "3",
      text: {
        da: "SPF og DKIM er implementeret på alle kommunens domæner.",
        en: "SPF and DKIM are implemented on all the municipality's domains.",
      },
      attestable: false,
    },
  ],
  messages,
  terms: { ...bogusTerms, ...spfTerms, ...dkimTerms },
  checks: [...dmarcChecks, spfCheck, dkimCheck],
});
