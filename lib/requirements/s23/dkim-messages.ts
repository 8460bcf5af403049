import { defineMessages } from "../../core/messages.ts";
import { dkimKeyMessages } from "./dkim-key-messages.ts";

/** What more than one remedy asks for. */
const DECLARE = {
  da: "Skriv selektoren fra en afsendt mails DKIM-Signature (s=) som dkimSelectors i fortegnelsen. Gæt den ikke: en forkert selektor hjælper ingen.",
  en: "Enter the selector from a sent mail's DKIM-Signature (s=) as dkimSelectors in the inventory. Do not guess it: a wrong one helps nobody.",
} as const;

/** What to do about a domain that may send and has no key. */
const SIGN = {
  da: "Slå DKIM til i mailsystemet, og udgiv nøglen, før signeringen begynder. Sender domænet ikke mail: skriv sendsMail: false i fortegnelsen, og udgiv v=spf1 -all.",
  en: "Switch DKIM on in the mail system, and publish the key before signing begins. If the domain sends no mail: enter sendsMail: false in the inventory, and publish v=spf1 -all.",
} as const;

/** Everything that S23 says of DKIM (clause 3). */
export const dkimMessages = defineMessages({
  ...dkimKeyMessages,
  S23_DKIM_REPORTED: {
    outcome: "pass",
    text: {
      da: "Mail fra {domain} er DKIM-signeret: rapporter har set selektoren {selector} bestå, senest {day}, og nøglen gælder (bevis B).",
      en: "Mail from {domain} is DKIM-signed: reports saw selector {selector} pass, last on {day}, and the key is valid (evidence B).",
    },
  },
  S23_DKIM_DECLARED: {
    outcome: "pass",
    text: {
      da: "{domain} har en gyldig DKIM-nøgle ved fortegnelsens selektor {selector} (bevis C). Om mails signeres, ses ikke herfra.",
      en: "{domain} has a valid DKIM key at the inventory's selector {selector} (evidence C). Whether mail is signed cannot be seen.",
    },
  },
  S23_DKIM_FOUND: {
    outcome: "pass",
    text: {
      da: "{domain} har en gyldig DKIM-nøgle ved {selector}, som hører til {provider} (bevis D). Om mails signeres, ses ikke herfra.",
      en: "{domain} has a valid DKIM key at {selector}, which belongs to {provider} (evidence D). Whether mail is signed cannot be seen.",
    },
  },
  S23_DKIM_GUESSED: {
    outcome: "pass",
    text: {
      da: "{domain} har en gyldig DKIM-nøgle ved den almindelige selektor {selector} (bevis D). Om mails signeres, ses ikke herfra.",
      en: "{domain} has a valid DKIM key at the common selector {selector} (evidence D). Whether mail is signed cannot be seen.",
    },
  },
  S23_DKIM_HINT: {
    outcome: "pass",
    text: {
      da: "Noget er udgivet under _domainkey.{domain}, men ved hvilken selektor vides ikke (bevis E, det svageste).",
      en: "Something is published below _domainkey.{domain}, but at which selector is not known (evidence E, the weakest).",
    },
  },
  S23_DKIM_SELECTOR_WANTED: {
    outcome: "warn",
    text: {
      da: "Ingen DKIM-nøgle for {domain} er fundet ved en kendt selektor, så den kan ikke efterprøves.",
      en: "No DKIM key of {domain} was found at a known selector, so it cannot be verified.",
    },
    remedy: DECLARE,
  },
  S23_DKIM_MISSING: {
    outcome: "fail",
    text: {
      da: "{domain} kan sende mail ifølge {source}, men har ingen DKIM-nøgle: {zone} beviser, at intet er under _domainkey.",
      en: "{domain} may send mail according to {source} but has no DKIM key: {zone} proves that nothing exists below _domainkey.",
    },
    remedy: SIGN,
  },
  S23_DKIM_MISSING_UNSIGNED: {
    outcome: "fail",
    text: {
      da: "{domain} kan sende mail ifølge {source}, men har ingen DKIM-nøgle: {servers} navneservere siger, at intet er under _domainkey.",
      en: "{domain} may send mail according to {source} but has no DKIM key: {servers} name servers say that nothing exists below _domainkey.",
    },
    remedy: SIGN,
  },
  S23_DKIM_UNKNOWN: {
    outcome: "indeterminate",
    cause: "no-inventory",
    text: {
      da: "Om {domain} har DKIM, kan ikke afgøres: ingen af de {tried} selektorer, der er spurgt om, har en nøgle.",
      en: "Whether {domain} has DKIM cannot be decided: none of the {tried} selectors asked about has a key.",
    },
    remedy: DECLARE,
  },
  S23_DKIM_DECLARED_MISSING: {
    outcome: "indeterminate",
    cause: "no-inventory",
    text: {
      da: "Fortegnelsens selektor {selector} findes ikke i DNS for {domain}. Om mail signeres med en anden nøgle, vides ikke.",
      en: "The inventory's selector {selector} does not exist in DNS for {domain}. Whether mail is signed with another key is unknown.",
    },
    remedy: {
      da: "Ret {selector} i fortegnelsen til den selektor, der står i en afsendt mails DKIM-Signature (s=), eller udgiv dens nøgle igen.",
      en: "Correct {selector} in the inventory to the selector in a sent mail's DKIM-Signature (s=), or publish its key again.",
    },
  },
  S23_DKIM_SENDING_UNKNOWN: {
    outcome: "indeterminate",
    cause: "no-inventory",
    text: {
      da: "{domain} har ingen DKIM-nøgle, men om domænet sender mail, siger hverken fortegnelsen eller SPF.",
      en: "{domain} has no DKIM key, but whether the domain sends mail neither the inventory nor SPF says.",
    },
    remedy: {
      da: "Skriv sendsMail: true eller false for {domain} i fortegnelsen. Sender det, mangler DKIM.",
      en: "Enter sendsMail: true or false for {domain} in the inventory. If it does send, DKIM is missing.",
    },
  },
  S23_DKIM_SENDING_UNDECLARED: {
    outcome: "indeterminate",
    cause: "no-inventory",
    text: {
      da: "SPF og DMARC siger, at {domain} ikke sender mail, men det gør fortegnelsen ikke, og ingen DKIM-nøgle er fundet.",
      en: "SPF and DMARC say that {domain} sends no mail, but the inventory does not, and no DKIM key was found.",
    },
    remedy: {
      da: "Skriv sendsMail: false for {domain} i fortegnelsen, eller selektoren, hvis domænet sender.",
      en: "Enter sendsMail: false for {domain} in the inventory, or the selector if the domain does send.",
    },
  },
  S23_DKIM_SENDING_CONTRADICTED: {
    outcome: "indeterminate",
    cause: "no-inventory",
    text: {
      da: "Fortegnelsen siger, at {domain} ikke sender mail, men SPF er ikke præcis v=spf1 -all, eller DMARC afviser ikke.",
      en: "The inventory says that {domain} sends no mail, but SPF is not exactly v=spf1 -all, or DMARC does not reject.",
    },
    remedy: {
      da: "Udgiv v=spf1 -all og DMARC p=reject for {domain}. Sender domænet alligevel, så ret fortegnelsen først.",
      en: "Publish v=spf1 -all and DMARC p=reject for {domain}. If it does send, correct the inventory first.",
    },
  },
  S23_DKIM_NULL_KEY: {
    outcome: "pass",
    text: {
      da: "{domain} sender ikke mail, og *._domainkey siger det med en tom DKIM-nøgle, så ingen signatur kan gælde.",
      en: "{domain} sends no mail, and *._domainkey says so with an empty DKIM key, so that no signature can be valid.",
    },
  },
  S23_DKIM_NOT_SENDING: {
    outcome: "not-applicable",
    text: {
      da: "{domain} sender ikke mail (fortegnelsen, SPF og DMARC er enige), så DKIM er ikke nødvendigt her.",
      en: "{domain} sends no mail (inventory, SPF and DMARC agree), so DKIM is not necessary here.",
    },
  },
  S23_DKIM_REQUIRED: {
    outcome: "fail",
    text: {
      da: "{domain} har ikke DKIM. Teksten siger alle domæner, og fortegnelsen vælger den strenge læsning (strict).",
      en: "{domain} has no DKIM. The text says all domains, and the inventory chooses the strict reading (strict).",
    },
    remedy: {
      da: "Udgiv *._domainkey.{domain} TXT »v=DKIM1; p=«. Gør det kun, hvis domænet aldrig sender mail.",
      en: 'Publish *._domainkey.{domain} TXT "v=DKIM1; p=". Only do so if the domain never sends mail.',
    },
  },
});
