import { defineRequirement } from "../../core/requirement.ts";
import { otherEntryCheck, ownEntryCheck } from "./entry-checks.ts";
import { headersCheck, wildcardCheck } from "./header-checks.ts";
import { messages } from "./messages.ts";
import { entryStrengthCheck, strengthCheck } from "./strength-checks.ts";
import { terms } from "./terms.ts";

/** K11, HSTS everywhere. The rows it implements are in SPEC.md beside this file. */
export const k11 = defineRequirement({
  id: "K11",
  version: 1,
  title: { da: "HSTS på alle hjemmesider og tjenester", en: "HSTS on all web sites and services" },
  wording: "Alle hjemmesider og internetvendte services bør via HSTS sikre, at der kun anvendes HTTPS-forbindelser.",
  fulfilledWhen:
    "Anbefalingen er opfyldt, hvis 1) Strict-Transport-Security-headeren er tilføjet i alle kommunens webserversvar og 2) det sikres at brugere kun tilgår HTTPS-beskyttede hjemmesider med HTTPS, uden at forlade sig på redirection fra HTTP.",
  appliesTo: ["host", "url"],
  clauses: [
    {
      id: "1",
      text: {
        da: "Strict-Transport-Security-headeren er tilføjet i alle kommunens webserversvar.",
        en: "The Strict-Transport-Security header is added to all answers of the municipality's web servers.",
      },
      attestable: false,
    },
    {
      id: "2",
      text: {
        da: "Det sikres, at brugere kun tilgår HTTPS-beskyttede hjemmesider med HTTPS, uden at forlade sig på redirection fra HTTP.",
        en: "It is ensured that users reach HTTPS-protected sites by HTTPS only, without relying on redirection from HTTP.",
      },
      attestable: false,
    },
  ],
  messages,
  terms,
  checks: [headersCheck, wildcardCheck, ownEntryCheck, otherEntryCheck, strengthCheck, entryStrengthCheck],
});
