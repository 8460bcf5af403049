import { defineMessages } from "../../core/messages.ts";

/** What S17 says of names and mail, from DNS and the inventory. */
export const nameMessages = defineMessages({
  S17_UNDER_DK: {
    outcome: "pass",
    text: { da: "{name} er registreret under .dk.", en: "{name} is registered under .dk." },
  },
  S17_NAME_OUTSIDE_DK: {
    outcome: "not-applicable",
    text: {
      da: "{name} er ikke under .dk. Del 2 afgør, om besøgende ender under .dk.",
      en: "{name} is not under .dk. Part 2 decides whether visitors end up under .dk.",
    },
  },
  S17_MAIL_OUTSIDE_DK: {
    outcome: "fail",
    text: {
      da: "{domain} er ikke under .dk og tager imod mail: domænet har MX-poster.",
      en: "{domain} is not under .dk and takes in mail: the domain has MX records.",
    },
    remedy: {
      da: "Flyt mailen til et domæne under .dk, og sæt så null MX (0 .) på {domain}. Er mailen for udlandet, så registrér en dispensation med slutdato.",
      en: "Move the mail to a domain under .dk, then set null MX (0 .) on {domain}. If the mail is for people abroad, record an exemption with an end date.",
    },
  },
  S17_NO_MAIL: {
    outcome: "not-applicable",
    text: {
      da: "{domain} er ikke under .dk, men tager ikke imod mail: {reason}.",
      en: "{domain} is not under .dk, but takes in no mail: {reason}.",
    },
  },
  S17_NOTHING_TO_REDIRECT: {
    outcome: "not-applicable",
    text: {
      da: "{name} er under .dk, så der er ingen trafik at omdirigere.",
      en: "{name} is under .dk, so there is no traffic to redirect.",
    },
  },
  S17_NOT_IN_USE: {
    outcome: "not-applicable",
    text: {
      da: "{name} er ikke i brug på nettet: DNS har ingen adresse, så der er ingen trafik at omdirigere.",
      en: "{name} is not in use on the web: DNS has no address, so there is no traffic to redirect.",
    },
  },
  S17_HTTPS_RECORD_ALONE: {
    outcome: "indeterminate",
    cause: "not-observable",
    text: {
      da: "{host} har en HTTPS-post i DNS, men ingen adresse. Nogle browsere kan følge den, og det kan vi ikke.",
      en: "{host} has an HTTPS record in DNS, but no address. Some browsers can follow it, and we cannot.",
    },
    remedy: {
      da: "Fjern HTTPS-posten, hvis {host} ikke bruges. Ellers giv navnet en adresse, og omdirigér det til .dk.",
      en: "Remove the HTTPS record if {host} is not used. Otherwise give the name an address and redirect it to .dk.",
    },
  },
});
