import type { WebCase } from "../web-case.ts";

/** Mail stores: IMAP with and without TLS from the first octet. */
export const SERVICE_CASES: readonly WebCase[] = [
  {
    asset: { service: "imaps://mail.jobcenter-oevelse.dk" },
    class: "imap-over-tls",
    what: { da: "Postkassen kan kun nås over TLS.", en: "The mailbox can be reached over TLS only." },
    web: { S27: { verdict: "pass" } },
    reason: "RFC 8314 section 3.2",
  },
  {
    asset: { service: "imap://mail.jobcenter-oevelse.dk" },
    class: "imap-login-disabled",
    what: {
      da: "Postkassen kræver STARTTLS, før nogen kan logge ind.",
      en: "The mailbox wants STARTTLS before anybody can log in.",
    },
    web: { S27: { verdict: "pass" } },
    reason: "requirements 27.2; RFC 9051 section 6.2.3: LOGINDISABLED",
  },
  {
    asset: { service: "imap://mail.miljoe-oevelse.dk" },
    class: "imap-login-in-clear",
    what: {
      da: "Postkassen lader brugere logge ind uden kryptering.",
      en: "The mailbox lets users log in without encryption.",
    },
    web: { S27: { verdict: "fail", tags: ["S27_SERVICE_PLAIN_LOGIN"] } },
    reason: "requirements 27.2",
  },
];
