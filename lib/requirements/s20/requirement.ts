import { defineRequirement } from "../../core/requirement.ts";
import { daneCheck } from "./dane-check.ts";
import { gatewayCheck } from "./gateway-check.ts";
import { messages } from "./messages.ts";
import { terms } from "./terms.ts";

/** S20, DANE for every inbound mail gateway. The rows it implements are in SPEC.md beside this file. */
export const s20 = defineRequirement({
  id: "S20",
  version: 1,
  title: { da: "DANE på alle indgående mailgateways", en: "DANE on all inbound mail gateways" },
  wording: "Der skal anvendes DANE for alle indgående mailgateways.",
  fulfilledWhen:
    "Anbefalingen er opfyldt, hvis kommunen har publiceret gyldige TLSA-records for alle indgående mailgateways i domæner, der kan modtage mails.",
  appliesTo: ["domain"],
  clauses: [
    {
      id: "1",
      text: {
        da: "Alle indgående mailgateways har gyldige TLSA-poster.",
        en: "Every inbound mail gateway has valid TLSA records.",
      },
      attestable: false,
    },
  ],
  messages,
  terms,
  checks: [daneCheck, gatewayCheck],
});
