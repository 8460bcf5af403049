import { defineMessages } from "../../core/messages.ts";

/** What K11 says of the very first visit, which HSTS itself does not cover (clause 2, level strong). */
export const strengthMessages = defineMessages({
  K11_STRONG: {
    outcome: "pass",
    text: {
      da: "{target}: også det første besøg er beskyttet: {way}.",
      en: "{target}: the first visit is protected, too: {way}.",
    },
  },
  K11_NOT_STRONG: {
    outcome: "fail",
    text: {
      da: "{target}: ubeskyttet første besøg: ikke på browserlisten, port 80 åben, ingen signeret HTTPS-post.",
      en: "{target}: the first visit is open: not on browsers' list, port 80 open, no signed HTTPS record.",
    },
    remedy: {
      da: "Opret en HTTPS-post for {host} i en DNSSEC-signeret zone (fx 1 . alpn=h2), eller luk port 80. Kun niveauet strong kræver det.",
      en: "Make an HTTPS record for {host} in a zone signed with DNSSEC (such as 1 . alpn=h2), or close port 80. Only the level strong asks for it.",
    },
  },
  K11_PRELOAD_UNLISTED: {
    outcome: "warn",
    text: {
      da: "{target} sender preload, men er ikke på browsernes liste ({listing}).",
      en: "{target} sends preload, but is not on browsers' list ({listing}).",
    },
    remedy: {
      da: "Fjern preload, medmindre I har besluttet at søge optagelse: enhver kan tilmelde et domæne, der sender det, og det er svært at komme af listen igen. Alle navne under domænet skal da have HTTPS.",
      en: "Remove preload unless you have decided to apply: anybody can submit a domain that sends it, and it is hard to get off the list again. All names below the domain then need HTTPS.",
    },
  },
});
