import { defineMessages } from "../../core/messages.ts";

/** What S23 can say of whether there is one SPF record that receivers can evaluate (rows 23.11 and 23.12). */
export const spfRecordMessages = defineMessages({
  S23_SPF_SOUND: {
    outcome: "pass",
    text: {
      da: "{domain} har én SPF-post, som modtagere kan bruge. Den slutter med {ending} og kræver {lookups} af højst 10 opslag.",
      en: "{domain} has one SPF record that receivers can use. It ends in {ending} and takes {lookups} of at most 10 lookups.",
    },
  },
  S23_SPF_MISSING: {
    outcome: "fail",
    text: {
      da: "{domain} har ingen SPF-post, så modtagere kan ikke se, hvem der må sende for domænet.",
      en: "{domain} has no SPF record, so receivers cannot see who may send for the domain.",
    },
    remedy: {
      da: 'Opret én TXT-post på {domain}, der nævner alle jeres afsendere og slutter med -all; sender domænet aldrig, så "v=spf1 -all".',
      en: 'Create one TXT record at {domain} that names all your senders and ends in -all; if the domain never sends, "v=spf1 -all".',
    },
  },
  S23_SPF_SEVERAL: {
    outcome: "fail",
    text: {
      da: "{domain} har {count} SPF-poster. Så kan modtagere ikke bruge nogen af dem.",
      en: "{domain} has {count} SPF records. Receivers can then use none of them.",
    },
    remedy: {
      da: "Saml afsenderne fra alle posterne i én, og slet de andre. Glem ingen afsender undervejs.",
      en: "Put the senders of all the records into one and delete the others. Lose no sender on the way.",
    },
  },
  S23_SPF_SYNTAX: {
    outcome: "fail",
    about: "owner",
    text: {
      da: "SPF for {domain} kan ikke bruges. Fejl i {term} i posten på {owner}: {problem}.",
      en: "SPF for {domain} cannot be used. Fault in {term} in the record at {owner}: {problem}.",
    },
    remedy: {
      da: "Ret leddet i posten på {owner}, eller fjern det. Er posten en leverandørs, så bed leverandøren om det.",
      en: "Correct the term in the record at {owner}, or remove it. If the record is a provider's, ask the provider.",
    },
  },
  S23_SPF_LOOKUPS: {
    outcome: "fail",
    text: {
      da: "SPF for {domain} kræver {lookups} opslag, hvor højst 10 er tilladt. Så kan modtagere ikke bruge posten.",
      en: "SPF for {domain} takes {lookups} lookups where at most 10 are allowed. Receivers then cannot use the record.",
    },
    remedy: {
      da: "Fjern include-led for afsendere, I ikke bruger, eller giv store afsendere et underdomæne. Opslag inde i et include tæller med.",
      en: "Remove includes of senders that you do not use, or give big senders a subdomain. Lookups inside an include count too.",
    },
  },
  S23_SPF_VOIDS: {
    outcome: "fail",
    text: {
      da: "SPF for {domain} kan ikke bruges. {voids} led finder intet, og højst 2 må: {terms}.",
      en: "SPF for {domain} cannot be used. {voids} terms find nothing, and at most 2 may: {terms}.",
    },
    remedy: {
      da: "Fjern de led, hvis navne ikke findes længere.",
      en: "Remove the terms whose names are there no more.",
    },
  },
  S23_SPF_MX_NAMES: {
    outcome: "fail",
    about: "target",
    text: {
      da: "SPF for {domain} slår MX for {target} op, som har {count} navne, hvor højst 10 er tilladt.",
      en: "SPF for {domain} looks up MX of {target}, which has {count} names where at most 10 are allowed.",
    },
    remedy: {
      da: "Erstat mx-leddet med adresserne på de servere, der sender (ip4 og ip6).",
      en: "Replace the mx term with the addresses of the servers that send (ip4 and ip6).",
    },
  },
  S23_SPF_TARGET_MISSING: {
    outcome: "fail",
    about: "target",
    text: {
      da: "SPF for {domain} kan ikke bruges. Posten på {owner} henviser til {target}, der ikke har en SPF-post.",
      en: "SPF for {domain} cannot be used. The record at {owner} points to {target}, which has no SPF record.",
    },
    remedy: {
      da: "Fjern henvisningen til {target}, eller få posten oprettet dér. Spørg leverandøren, om navnet er skiftet.",
      en: "Remove what points to {target}, or have the record created there. Ask the provider whether the name has changed.",
    },
  },
  S23_SPF_TARGET_SEVERAL: {
    outcome: "fail",
    about: "target",
    text: {
      da: "SPF for {domain} kan ikke bruges. Posten på {owner} henviser til {target}, der har {count} SPF-poster.",
      en: "SPF for {domain} cannot be used. The record at {owner} points to {target}, which has {count} SPF records.",
    },
    remedy: {
      da: "Få posterne på {target} samlet i én, eller fjern henvisningen, hvis afsenderen ikke bruges.",
      en: "Have the records at {target} made into one, or remove what points there if the sender is not used.",
    },
  },
  S23_SPF_LOOP: {
    outcome: "fail",
    about: "target",
    text: {
      da: "SPF for {domain} kan ikke bruges. Den går i ring: posten på {owner} fører tilbage til {target}.",
      en: "SPF for {domain} cannot be used. It runs in a circle: the record at {owner} leads back to {target}.",
    },
    remedy: {
      da: "Fjern henvisningen til {target} fra posten på {owner}.",
      en: "Remove what points to {target} from the record at {owner}.",
    },
  },
  S23_SPF_BOGUS: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "{record}, som SPF for {domain} bygger på, kan ikke valideres i {zone}: {reason}.",
      en: "{record}, which SPF for {domain} rests on, does not validate in {zone}: {reason}.",
    },
    remedy: {
      da: "Få DNS-operatøren til at rette {zone} og signere den på ny.",
      en: "Have the DNS operator correct {zone} and sign it again.",
    },
  },
  S23_SPF_VOIDS_SOME: {
    outcome: "warn",
    text: {
      da: "SPF for {domain} giver {voids} opslag uden svar for nogle afsendere. Nogle modtagere tåler højst 2.",
      en: "SPF for {domain} makes {voids} lookups that find nothing for some senders. Some receivers put up with 2.",
    },
    remedy: {
      da: "Erstat a- og mx-led, hvis værter kun har IPv4 eller kun IPv6, med ip4- og ip6-led.",
      en: "Replace a and mx terms whose hosts have only IPv4 or only IPv6 with ip4 and ip6 terms.",
    },
  },
  S23_SPF_SENDER_DEPENDENT: {
    outcome: "warn",
    text: {
      da: "Led i SPF for {domain} afhænger af afsenderen og kan ikke prøves helt: {terms}.",
      en: "Terms of SPF for {domain} depend on the sender and cannot be tried in full: {terms}.",
    },
    remedy: {
      da: "Prøv leddene med en mail fra hver afsender, eller erstat dem med include-led uden makroer.",
      en: "Try the terms with a mail from each sender, or replace them with includes without macros.",
    },
  },
  S23_SPF_VOIDS_UNKNOWN: {
    outcome: "indeterminate",
    cause: "not-observable",
    text: {
      da: "Om SPF for {domain} giver over 2 tomme opslag, afhænger af afsenderen: {terms}.",
      en: "Whether SPF for {domain} makes over 2 lookups that find nothing depends on the sender: {terms}.",
    },
    remedy: {
      da: "Nøjes med højst to led, der afhænger af afsenderen. Prøv først med en mail fra hver afsender.",
      en: "Make do with at most two terms that depend on the sender. Try first with a mail from each sender.",
    },
  },
  S23_SPF_ENDING_UNKNOWN: {
    outcome: "indeterminate",
    cause: "not-observable",
    text: {
      da: "Hvad SPF for {domain} svarer fremmede afsendere, afhænger af dem: {terms}.",
      en: "What SPF for {domain} answers foreign senders depends on them: {terms}.",
    },
    remedy: {
      da: "Erstat redirect med include af samme navn, og slut posten med -all.",
      en: "Replace the redirect with an include of the same name and end the record in -all.",
    },
  },
  S23_SPF_LONG: {
    outcome: "warn",
    text: {
      da: "SPF-posten på {domain} fylder {octets} oktetter. Over 512 kan svaret gå tabt på vejen.",
      en: "The SPF record at {domain} has {octets} octets. Above 512 the answer may be lost on the way.",
    },
    remedy: {
      da: "Læg adresserne i poster på egne navne, og henvis til dem med include. Hvert include-led koster ét opslag.",
      en: "Put the addresses into records at names of their own and include these. Each include takes one lookup.",
    },
  },
});
