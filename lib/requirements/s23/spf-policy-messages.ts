import { defineMessages } from "../../core/messages.ts";

/** What S23 can say of whom SPF lets through, and of names below the domain (rows 23.13 to 23.16). */
export const spfPolicyMessages = defineMessages({
  S23_SPF_PASSES_ALL: {
    outcome: "fail",
    about: "owner",
    text: {
      da: "SPF for {domain} godkender enhver afsender: posten på {owner} har {term}.",
      en: "SPF for {domain} passes every sender: the record at {owner} has {term}.",
    },
    remedy: {
      da: "Fjern {term}, og lad posten slutte med -all. Sørg først for, at alle jeres afsendere er nævnt.",
      en: "Remove {term} and let the record end in -all. Make sure first that all your senders are named.",
    },
  },
  S23_SPF_NEUTRAL: {
    outcome: "fail",
    about: "owner",
    text: {
      da: "SPF for {domain} siger intet om fremmede afsendere: posten på {owner} har {term}.",
      en: "SPF for {domain} says nothing of foreign senders: the record at {owner} has {term}.",
    },
    remedy: {
      da: "Fjern {term}, og lad posten slutte med -all (eller ~all). Sørg først for, at alle jeres afsendere er nævnt.",
      en: "Remove {term} and let the record end in -all (or ~all). Make sure first that all your senders are named.",
    },
  },
  S23_SPF_FOREIGN_PASSES: {
    outcome: "fail",
    text: {
      da: "En fremmed afsender får {result} af SPF for {domain}, fordi {term} afhænger af afsenderen.",
      en: "A foreign sender gets {result} from SPF for {domain} because {term} depends on the sender.",
    },
    remedy: {
      da: "Erstat {term} med led uden makroer, eller få leverandøren til at rette sine poster. Prøvet som {senders}.",
      en: "Replace {term} with terms without macros, or have the provider correct its records. Tried as {senders}.",
    },
  },
  S23_SPF_FOREIGN_ERROR: {
    outcome: "fail",
    text: {
      da: "SPF for {domain} afviser ikke fremmede afsendere: {term} giver dem en fejl (permerror).",
      en: "SPF for {domain} does not reject foreign senders: {term} gives them an error (permerror).",
    },
    remedy: {
      da: "Fjern {term}, hvis leverandøren ikke bruges mere; spørg den ellers om det rette led. Prøvet som {senders}.",
      en: "Remove {term} if the provider is used no more; else ask it for the right term. Tried as {senders}.",
    },
  },
  S23_SPF_OPEN_END: {
    outcome: "fail",
    about: "owner",
    text: {
      da: "SPF for {domain} siger intet om fremmede afsendere: posten på {owner} slutter uden all.",
      en: "SPF for {domain} says nothing of foreign senders: the record at {owner} ends without all.",
    },
    remedy: {
      da: "Skriv -all (eller ~all) til sidst i posten på {owner}. Sørg først for, at alle jeres afsendere er nævnt.",
      en: "Write -all (or ~all) at the end of the record at {owner}. Make sure first that all your senders are named.",
    },
  },
  S23_SPF_EVERY_ADDRESS: {
    outcome: "fail",
    text: {
      da: "SPF for {domain} afviser ingen {family}-adresse: {terms} dækker alle afsendere.",
      en: "SPF for {domain} rejects no {family} address: {terms} covers all senders.",
    },
    remedy: {
      da: "Erstat {terms} med adresserne på de servere, der sender for domænet.",
      en: "Replace {terms} with the addresses of the servers that send for the domain.",
    },
  },
  S23_SPF_WIDE: {
    outcome: "warn",
    text: {
      da: "SPF for {domain} godkender et meget stort net: {term} i posten på {owner}.",
      en: "SPF for {domain} passes a very large network: {term} in the record at {owner}.",
    },
    remedy: {
      da: "Nævn de servere, der sender, og ikke hele nettet. Spørg leverandøren, hvis posten er dens.",
      en: "Name the servers that send, not the whole network. Ask the provider if the record is its own.",
    },
  },
  S23_SPF_PTR: {
    outcome: "warn",
    text: {
      da: "SPF-posten på {owner} bruger {term}. ptr er frarådet (RFC 7208 afsnit 5.5), og flere modtagere ser bort fra det.",
      en: "The SPF record at {owner} uses {term}. ptr is discouraged (RFC 7208 section 5.5) and several receivers skip it.",
    },
    remedy: {
      da: "Erstat {term} med adresserne på de servere, der sender (ip4 og ip6).",
      en: "Replace {term} with the addresses of the servers that send (ip4 and ip6).",
    },
  },
  S23_SPF_NEIGHBOURS: {
    outcome: "warn",
    text: {
      da: "{term} i SPF-posten på {owner} godkender også adresser ved siden af værtens egne.",
      en: "{term} in the SPF record at {owner} also passes addresses beside the host's own.",
    },
    remedy: {
      da: "Skriv leddet uden præfikslængde, eller nævn jeres eget net med ip4 og ip6.",
      en: "Write the term without a prefix length, or name your own network with ip4 and ip6.",
    },
  },
  S23_SPF_SHARED_HOST: {
    outcome: "warn",
    text: {
      da: "{term} i SPF for {domain} fører til en vært hos andre. Andre kunder på den godkendes måske også.",
      en: "{term} of SPF for {domain} leads to a host of somebody else's. Other customers on it may pass as well.",
    },
    remedy: {
      da: "Fjern leddet, hvis værten ikke sender mail for jer; brug ellers leverandørens include-navn.",
      en: "Remove the term if the host sends no mail for you; else use the provider's include name.",
    },
  },
  S23_SPF_MISTYPED: {
    outcome: "warn",
    text: {
      da: "{term} i SPF-posten på {owner} har ingen virkning: led skrives med kolon, ikke med lighedstegn.",
      en: "{term} in the SPF record at {owner} has no effect: terms are written with a colon, not with an equals sign.",
    },
    remedy: {
      da: "Skriv leddet med kolon, hvis afsenderen bruges, og slet det ellers. Tjek, at posten holder sig under 10 opslag.",
      en: "Write the term with a colon if the sender is used, else delete it. Check that the record keeps to 10 lookups.",
    },
  },
  S23_SPF_IGNORED: {
    outcome: "warn",
    text: {
      da: "{term} i SPF-posten på {owner} har ingen virkning, fordi posten også har all.",
      en: "{term} in the SPF record at {owner} has no effect because the record also has all.",
    },
    remedy: {
      da: "Flyt leddet frem foran all, eller slet det. Et redirect virker kun i en post uden all.",
      en: "Move the term before all, or delete it. A redirect only works in a record without all.",
    },
  },
  S23_SPF_NO_MAIL_WIDER: {
    outcome: "warn",
    text: {
      da: '{domain} sender ikke mail, men SPF siger andet end "v=spf1 -all".',
      en: '{domain} sends no mail, but SPF says something else than "v=spf1 -all".',
    },
    remedy: {
      da: 'Skift posten til "v=spf1 -all". Sender domænet alligevel mail, så ret det i fortegnelsen.',
      en: 'Change the record to "v=spf1 -all". If the domain sends mail after all, correct the inventory.',
    },
  },
  S23_SPF_BELOW_MISSING: {
    outcome: "fail",
    text: {
      da: "{name} modtager mail, men har ingen SPF-post. Posten på {domain} gælder ikke for navne under det.",
      en: "{name} receives mail but has no SPF record. The record at {domain} does not cover names below it.",
    },
    remedy: {
      da: 'Opret en TXT-post på {name}, der nævner dets afsendere; sender det aldrig, så "v=spf1 -all".',
      en: 'Create a TXT record at {name} that names its senders; if it never sends, "v=spf1 -all".',
    },
  },
  S23_SPF_BELOW_MISSING_STATE: {
    outcome: "fail",
    text: {
      da: "Navne under {domain} uden SPF-post: {names}. Posten på {domain} gælder ikke for navne under det.",
      en: "Names below {domain} without an SPF record: {names}. The record at {domain} does not cover names below it.",
    },
    remedy: {
      da: 'Opret en TXT-post "v=spf1 -all" på hvert navn, der ikke sender mail, og en med afsenderne på resten.',
      en: 'Create a TXT record "v=spf1 -all" at each name that sends no mail, and one with the senders at the others.',
    },
  },
  S23_SPF_BELOW_WITHOUT: {
    outcome: "warn",
    text: {
      da: "Navne under {domain}, der ikke modtager mail og ikke har en SPF-post: {names}.",
      en: "Names below {domain} that receive no mail and have no SPF record: {names}.",
    },
    remedy: {
      da: 'Opret en TXT-post "v=spf1 -all" på hvert af navnene.',
      en: 'Create a TXT record "v=spf1 -all" at each of the names.',
    },
  },
  S23_SPF_BELOW_UNKNOWN: {
    outcome: "warn",
    text: {
      da: "DNS svarer ikke på, om disse navne under {domain} modtager mail: {names}.",
      en: "DNS does not answer whether these names below {domain} receive mail: {names}.",
    },
    remedy: {
      da: "Få DNS-operatøren til at svare på MX for navnene. Modtager et af dem mail, skal det have sin egen SPF-post.",
      en: "Have the DNS operator answer MX for the names. One that receives mail needs an SPF record of its own.",
    },
  },
  S23_SPF_BELOW_FAULTY: {
    outcome: "warn",
    text: {
      da: "SPF-posten på {name} er uden virkning: {fault}.",
      en: "The SPF record at {name} has no effect: {fault}.",
    },
    remedy: {
      da: 'Skift posten til "v=spf1 -all", hvis navnet ikke sender mail; ret den ellers.',
      en: 'Change the record to "v=spf1 -all" if the name sends no mail; else correct it.',
    },
  },
});
