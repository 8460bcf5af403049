import { defineRequirement } from "../../core/requirement.ts";
import { gatewaysCheck } from "./gateways-check.ts";
import { messages } from "./messages.ts";
import { terms } from "./terms.ts";

/** S19, inbound mail gateways in signed domains. The rows it implements are in SPEC.md beside this file. */
export const s19 = defineRequirement({
  id: "S19",
  version: 1,
  title: { da: "Mailgateways i DNSSEC-signerede domæner", en: "Mail gateways in DNSSEC-signed domains" },
  wording: "Det skal sikres, at indgående mailgateways ligger i DNSSEC-signerede domæner.",
  fulfilledWhen:
    "Anbefalingen er opfyldt, hvis alle indgående mailgateways, der håndterer mails for kommunen, ligger i DNSSEC-signerede domæner.",
  appliesTo: ["domain"],
  clauses: [
    {
      id: "1",
      text: {
        da: "Alle indgående mailgateways, der håndterer mail for kommunen, ligger i DNSSEC-signerede domæner.",
        en: "All inbound mail gateways that handle mail for the municipality lie in DNSSEC-signed domains.",
      },
      attestable: false,
    },
  ],
  messages,
  terms,
  checks: [gatewaysCheck],
});
