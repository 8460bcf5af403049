import { PRACTICE_SELECTOR, type PracticeCase } from "../practice-case.ts";

/** Where mail goes: into signed zones, unsigned ones, or nowhere. */
export const MAIL_ROUTE_CASES: readonly PracticeCase[] = [
  {
    domain: "brevdue-oevelse.dk",
    class: "mail-well",
    what: {
      da: "Posten er i orden: gateway, DANE, DMARC, SPF og DKIM.",
      en: "The mail is in order: gateway, DANE, DMARC, SPF and DKIM.",
    },
    verdict: "pass",
    mail: { S19: { verdict: "pass" }, S20: { verdict: "pass" }, S23: { verdict: "pass" } },
    dkimSelectors: [PRACTICE_SELECTOR],
    sendsMail: true,
    reason: "RFC 7672 section 2.2, RFC 9989 section 4.10, RFC 7208, RFC 6376",
    chain: "secure",
  },
  {
    domain: "skypost-oevelse.dk",
    class: "mx-unsigned-provider",
    what: {
      da: "Gatewayen ligger i en leverandørs zone, som ikke er signeret.",
      en: "The gateway lies in a provider's zone, which is not signed.",
    },
    verdict: "pass",
    mail: {
      S19: { verdict: "fail", tags: ["S19_GATEWAY_UNSIGNED"] },
      S20: { verdict: "fail", tags: ["S20_GATEWAY_INSECURE"] },
      S23: { verdict: "pass" },
    },
    dkimSelectors: [PRACTICE_SELECTOR],
    sendsMail: true,
    reason: "requirements 19.5; RFC 7672 section 2.2.1: without a secure MX host there is no DANE",
    chain: "secure",
  },
  {
    domain: "omdeling-oevelse.dk",
    class: "mx-cname-insecure",
    what: {
      da: "Gatewayens navn er et alias ind i en usigneret zone.",
      en: "The gateway's name is an alias into an unsigned zone.",
    },
    verdict: "pass",
    mail: {
      S19: { verdict: "fail", tags: ["S19_GATEWAY_UNSIGNED"] },
      S20: { verdict: "fail", tags: ["S20_GATEWAY_INSECURE"] },
      S23: { verdict: "pass", underState: "fail" },
    },
    dkimSelectors: [PRACTICE_SELECTOR],
    sendsMail: true,
    reason: "requirements 19.5; RFC 7672 section 2.2.2",
    chain: "secure",
  },
  {
    domain: "returpost-oevelse.dk",
    class: "null-mx",
    what: {
      da: "Domænet siger, at det hverken modtager eller sender post.",
      en: "The domain says that it neither receives nor sends mail.",
    },
    verdict: "pass",
    mail: {
      S19: { verdict: "not-applicable", tags: ["S19_NULL_MX"] },
      S20: { verdict: "not-applicable", tags: ["S20_NULL_MX"] },
      S23: { verdict: "pass" },
    },
    sendsMail: false,
    reason: "RFC 7505 section 3; RFC 7208 section 10.1.2",
    chain: "secure",
  },
  {
    domain: "brevsprakke-oevelse.dk",
    class: "no-mail",
    what: { da: "Domænet har hverken MX eller adresse.", en: "The domain has neither MX nor address." },
    verdict: "pass",
    mail: {
      S19: { verdict: "not-applicable", tags: ["S19_NO_MAIL"] },
      S20: { verdict: "not-applicable", tags: ["S20_NO_MAIL"] },
      S23: { verdict: "pass" },
    },
    sendsMail: false,
    reason: "RFC 5321 section 5.1: without MX and address nothing can be delivered",
    chain: "secure",
  },
];
