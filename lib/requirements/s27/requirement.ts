import { defineRequirement } from "../../core/requirement.ts";
import { messages } from "./messages.ts";
import { plainChecks } from "./plain-checks.ts";
import { serviceCheck } from "./service-check.ts";
import { terms } from "./terms.ts";
import { tlsChecks } from "./tls-checks.ts";

/** S27, encrypted access to every internet-facing service. The rows it implements are in SPEC.md beside this file. */
export const s27 = defineRequirement({
  id: "S27",
  version: 1,
  title: { da: "Kun krypteret adgang", en: "Encrypted access only" },
  wording: "Adgang til kommunens internetvendte tjenester skal ske over en krypteret forbindelse.",
  fulfilledWhen:
    "Anbefalingen er opfyldt, hvis alle kommunens internetvendte tjenester kun kan anvendes over en krypteret forbindelse, " +
    "herunder at: a) HTTP-tilgængelige tjenester automatisk omdirigerer til en HTTPS forbindelse og b) HTTPS-baserede " +
    "tjenester kun understøtter TLS 1.2 eller højere og c) TLS-krypterede forbindelser er baseret på " +
    "konfigurationsparametrene jævnfør De Tekniske minimumskrav for statslige myndigheder 2024 bilag 1",
  appliesTo: ["host", "url", "service"],
  clauses: [
    {
      id: "head",
      text: {
        da: "Tjenesten kan kun anvendes over en krypteret forbindelse.",
        en: "The service can only be used over an encrypted connection.",
      },
      attestable: false,
    },
    {
      id: "a",
      text: {
        da: "HTTP-tilgængelige tjenester omdirigerer automatisk til en HTTPS-forbindelse.",
        en: "Services available over HTTP redirect to an HTTPS connection automatically.",
      },
      attestable: false,
    },
    {
      id: "b",
      text: {
        da: "HTTPS-baserede tjenester understøtter kun TLS 1.2 eller højere.",
        en: "HTTPS-based services support TLS 1.2 or higher only.",
      },
      attestable: false,
    },
    {
      id: "c",
      text: {
        da: "TLS-forbindelser følger konfigurationsparametrene i minimumskravenes bilag 1.",
        en: "TLS connections follow the configuration parameters of annex 1 of the minimum requirements.",
      },
      attestable: false,
    },
  ],
  usesTlsProfile: true,
  messages,
  terms,
  checks: [...plainChecks, serviceCheck, ...tlsChecks],
});
