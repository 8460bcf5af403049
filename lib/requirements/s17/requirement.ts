import { defineRequirement } from "../../core/requirement.ts";
import { messages } from "./messages.ts";
import { nameCheck } from "./name-check.ts";
import { redirectsCheck, unvisitedCheck } from "./redirects-check.ts";
import { terms } from "./terms.ts";

/** S17, services under .dk. The rows it implements are in SPEC.md beside this file. */
export const s17 = defineRequirement({
  id: "S17",
  version: 1,
  title: { da: "Internetvendte tjenester under .dk", en: "Internet-facing services under .dk" },
  wording: "Internetvendte tjenester tilhørende kommunen skal registreres under .dk-domæner.",
  fulfilledWhen:
    "Anbefalingen er opfyldt, hvis 1) alle internetvendte tjenester tilhørende kommunen er registreret under .dk-domæner, og " +
    "2) såfremt kommunen ejer domæner under andre Top-level-domains (TLD's), skal trafik omdirigeres til .dk-domænet. Det er " +
    "tilladt at anvende andre TLD's uden omdirigering, hvis indholdet på disse tjenester primært er målrettet borgere, " +
    "myndigheder og virksomheder uden for Danmark.",
  appliesTo: ["domain", "host", "url"],
  clauses: [
    {
      id: "1",
      text: {
        da: "Alle internetvendte tjenester er registreret under .dk.",
        en: "Every internet-facing service is registered under .dk.",
      },
      attestable: false,
    },
    {
      id: "2",
      text: {
        da: "Trafik til navne under andre topdomæner omdirigeres til .dk.",
        en: "Traffic to names under other top-level domains is redirected to .dk.",
      },
      attestable: false,
    },
  ],
  messages,
  terms,
  checks: [nameCheck, unvisitedCheck, redirectsCheck],
});
