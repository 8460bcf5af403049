import { defineRequirement } from "../../core/requirement.ts";
import { chainCheck } from "./chain-check.ts";
import { childrenCheck } from "./children-check.ts";
import { messages } from "./messages.ts";
import { serversCheck } from "./servers-check.ts";
import { bogusTerms as terms } from "../bogus-terms.ts";

/** S18, DNSSEC on every domain name. The rows it implements are in SPEC.md beside this file. */
export const s18 = defineRequirement({
  id: "S18",
  version: 1,
  title: { da: "DNSSEC på alle domæner", en: "DNSSEC on all domains" },
  wording: "DNSSEC skal tilknyttes alle domænenavne tilhørende kommunen.",
  fulfilledWhen: "Anbefalingen er opfyldt, hvis alle kommunens domæner er DNSSEC-signerede.",
  appliesTo: ["domain"],
  clauses: [
    {
      id: "1",
      text: {
        da: "Alle kommunens domæner er DNSSEC-signerede.",
        en: "All the municipality's domains are DNSSEC-signed.",
      },
      attestable: false,
    },
  ],
  messages,
  terms,
  checks: [chainCheck, serversCheck, childrenCheck],
});
