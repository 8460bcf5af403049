import { defineMessages } from "../../core/messages.ts";

/** What more than one remedy asks for. */
const NEW_KEY = {
  da: "Lav en RSA-nøgle på 2048 bit under en ny selektor, udgiv den, og skift signeringen. Fjern først den gamle, når ingen mail bruger den.",
  en: "Make a 2048-bit RSA key under a new selector, publish it, and switch signing. Remove the old one only when no mail uses it.",
} as const;

/** What S23 says of DKIM keys that were found. */
export const dkimKeyMessages = defineMessages({
  S23_DKIM_KEY_SHORT: {
    outcome: "fail",
    text: {
      da: "DKIM-nøglen ved {selector} for {domain} er på {bits} bit. Under 1024 må modtagere ikke godtage signaturen (RFC 8301).",
      en: "The DKIM key at {selector} of {domain} has {bits} bits. Below 1024 receivers must not accept it (RFC 8301).",
    },
    remedy: NEW_KEY,
  },
  S23_DKIM_SHA1_ONLY: {
    outcome: "fail",
    text: {
      da: "DKIM-nøglen ved {selector} for {domain} tillader kun SHA-1 (h=sha1), som modtagere ikke må godtage (RFC 8301).",
      en: "The DKIM key at {selector} of {domain} allows only SHA-1 (h=sha1), which receivers must not accept (RFC 8301).",
    },
    remedy: {
      da: "Fjern h= fra nøgleposten, eller skriv h=sha256. Sørg for, at mailsystemet signerer med rsa-sha256.",
      en: "Remove h= from the key record, or make it h=sha256. See that the mail system signs with rsa-sha256.",
    },
  },
  S23_DKIM_REVOKED: {
    outcome: "fail",
    text: {
      da: "DKIM-nøglen ved {selector} for {domain} er trukket tilbage (tom p=), og ingen anden nøgle er kendt.",
      en: "The DKIM key at {selector} of {domain} is revoked (empty p=), and no other key is known.",
    },
    remedy: {
      da: "Udgiv en gyldig nøgle, eller skriv den selektor, der bruges nu, i fortegnelsen. Genbrug aldrig en tilbagetrukket nøgle.",
      en: "Publish a valid key, or enter the selector in use now in the inventory. Never use a revoked key again.",
    },
  },
  S23_DKIM_ALIAS_BROKEN: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{selector}._domainkey.{domain} peger på {target}, hvor der ingen nøgle er.",
      en: "{selector}._domainkey.{domain} points to {target}, where there is no key.",
    },
    remedy: {
      da: "Slå DKIM til for {domain} hos leverandøren, så nøglen lægges dér, eller ret CNAME-posten efter leverandørens anvisning.",
      en: "Switch DKIM on for {domain} with the provider, so that the key is put there, or correct the CNAME as the provider says.",
    },
  },
  S23_DKIM_KEY_UNREADABLE: {
    outcome: "fail",
    text: {
      da: "Det, der står ved {selector}._domainkey.{domain}, kan modtagere ikke bruge som DKIM-nøgle ({problem}).",
      en: "What is at {selector}._domainkey.{domain} cannot be used as a DKIM key by receivers ({problem}).",
    },
    remedy: {
      da: "Kopiér nøgleposten fra mailsystemet igen, hel og uden ændringer. Del den i strenge på højst 255 tegn.",
      en: "Copy the key record from the mail system again, whole and unchanged. Split it into strings of at most 255 characters.",
    },
  },
  S23_DKIM_BOGUS: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Nøglen ved {selector}._domainkey.{domain} kan ikke valideres i {zone}. Modtagere, der validerer, kan ikke læse den.",
      en: "The key at {selector}._domainkey.{domain} does not validate in {zone}. Receivers that validate cannot read it.",
    },
    remedy: {
      da: "Få {zone} signeret rigtigt; se under S18, når zonen er kommunens egen. Slå ikke DNSSEC fra for at løse det: fjern i så fald DS-posten først.",
      en: "Have {zone} signed rightly; see under S18 where the zone is the municipality's own. Do not switch DNSSEC off to solve it: if you must, remove the DS first.",
    },
  },
  S23_DKIM_CUT_OFF: {
    outcome: "fail",
    text: {
      da: "DNS siger, at _domainkey.{domain} ikke findes, men {selector} under det gør. Nogle modtagere mister nøglen (RFC 8020).",
      en: "DNS says that _domainkey.{domain} does not exist, but {selector} below it does. Some receivers lose the key (RFC 8020).",
    },
    remedy: {
      da: "Få DNS-operatøren til at svare NOERROR uden poster for _domainkey.{domain}. En TXT-post på navnet er en nødløsning.",
      en: "Have the DNS operator answer NOERROR without records for _domainkey.{domain}. A TXT record there is a stopgap.",
    },
  },
  S23_DKIM_KEY_WEAK: {
    outcome: "warn",
    text: {
      da: "DKIM-nøglen ved {selector} for {domain} er på {bits} bit. RFC 8301 anbefaler mindst 2048.",
      en: "The DKIM key at {selector} of {domain} has {bits} bits. RFC 8301 recommends at least 2048.",
    },
    remedy: NEW_KEY,
  },
  S23_DKIM_KEY_LONG: {
    outcome: "warn",
    text: {
      da: "DKIM-nøglen ved {selector} for {domain} er på {bits} bit. Modtagere behøver ikke kunne mere end 4096 (RFC 8301).",
      en: "The DKIM key at {selector} of {domain} has {bits} bits. Receivers need not manage more than 4096 (RFC 8301).",
    },
    remedy: NEW_KEY,
  },
  S23_DKIM_TESTING: {
    outcome: "warn",
    text: {
      da: "DKIM-nøglen ved {selector} for {domain} er mærket som prøve (t=y). Modtagere må se bort fra fejlede signaturer.",
      en: "The DKIM key at {selector} of {domain} is marked as a test (t=y). Receivers may disregard failed signatures.",
    },
    remedy: {
      da: "Fjern t=y fra nøgleposten, når signeringen virker.",
      en: "Remove t=y from the key record once signing works.",
    },
  },
  S23_DKIM_ED25519_ALONE: {
    outcome: "warn",
    text: {
      da: "{domain} har kun DKIM-nøgler af typen Ed25519. Mange modtagere kan kun RSA og ser mailen som usigneret.",
      en: "{domain} has only DKIM keys of type Ed25519. Many receivers know RSA only and see the mail as unsigned.",
    },
    remedy: {
      da: "Signér også med en RSA-nøgle på 2048 bit under en anden selektor (RFC 8463, afsnit 3).",
      en: "Sign with an RSA key of 2048 bits under another selector, too (RFC 8463, section 3).",
    },
  },
  S23_DKIM_SEVERAL_RECORDS: {
    outcome: "warn",
    text: {
      da: "Der er {records} TXT-poster ved {selector}._domainkey.{domain}. Hvilken en modtager bruger, er tilfældigt.",
      en: "There are {records} TXT records at {selector}._domainkey.{domain}. Which one a receiver uses is chance.",
    },
    remedy: {
      da: "Lad kun nøgleposten stå. Kontrollér først, hvilken nøgle mailsystemet signerer med.",
      en: "Leave only the key record. Check first which key the mail system signs with.",
    },
  },
  S23_DKIM_SELECTOR_MISSING: {
    outcome: "warn",
    text: {
      da: "Selektoren {selector} står i fortegnelsen, men findes ikke i DNS for {domain}.",
      en: "The selector {selector} is in the inventory but does not exist in DNS for {domain}.",
    },
    remedy: {
      da: "Fjern selektoren fra fortegnelsen, eller udgiv dens nøgle igen, hvis mail stadig signeres med den.",
      en: "Remove the selector from the inventory, or publish its key again if mail is still signed with it.",
    },
  },
  S23_DKIM_SELECTOR_UNUSABLE: {
    outcome: "warn",
    text: {
      da: "Selektoren {selector} står i fortegnelsen, men dens nøgle for {domain} kan ikke bruges ({problem}).",
      en: "The selector {selector} is in the inventory, but its key of {domain} cannot be used ({problem}).",
    },
    remedy: {
      da: "Fjern selektoren fra fortegnelsen, hvis ingen mail signeres med den længere; ellers udgiv en ny nøgle.",
      en: "Remove the selector from the inventory if no mail is signed with it any more; else publish a new key.",
    },
  },
  S23_DKIM_SELECTOR_UNANSWERED: {
    outcome: "warn",
    text: {
      da: "Selektoren {selector} for {domain} gav intet brugbart svar. En anden nøgle er set og tæller.",
      en: "The selector {selector} of {domain} gave no usable answer. Another key was seen and counts.",
    },
    remedy: {
      da: "Ret navneserverne for _domainkey.{domain}, så de svarer. Målingen gentages af sig selv.",
      en: "Mend the name servers of _domainkey.{domain} so that they answer. The measurement is repeated.",
    },
  },
});
