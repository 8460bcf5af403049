import { defineMessages } from "../../core/messages.ts";

/** What S23 says of the DMARC record that applies to a domain: whether there is one, and what is weak about it. */
export const dmarcRecordMessages = defineMessages({
  S23_DMARC_PRESENT: {
    outcome: "pass",
    text: {
      da: "Én gyldig DMARC-post gælder for {domain}: den i {record}.",
      en: "One valid DMARC record applies to {domain}: the one at {record}.",
    },
  },
  S23_DMARC_MISSING: {
    outcome: "fail",
    text: {
      da: "Der gælder ingen DMARC-post for {domain}: {record} har ingen.",
      en: "No DMARC record applies to {domain}: {record} has none.",
    },
    remedy: {
      da: "Udgiv {record} TXT »v=DMARC1; p=none; rua=mailto:dmarc@{domain}«, og skærp til p=reject, når rapporterne viser, at al egen mail består. Sender domænet aldrig mail, så udgiv p=reject straks.",
      en: 'Publish {record} TXT "v=DMARC1; p=none; rua=mailto:dmarc@{domain}" and tighten it to p=reject once the reports show that all your own mail passes. If the domain never sends mail, publish p=reject at once.',
    },
  },
  S23_DMARC_NOT_FOUND_BY_ALL: {
    outcome: "fail",
    text: {
      da: "Modtagere, der følger {rfc}, finder ingen DMARC-post for {domain}. Andre bruger den i {record}.",
      en: "Receivers that follow {rfc} find no DMARC record for {domain}. Others use the one at {record}.",
    },
    remedy: {
      da: "Udgiv domænets egen DMARC-post i _dmarc.{domain}, så alle modtagere finder den samme.",
      en: "Publish the domain's own DMARC record at _dmarc.{domain}, so that all receivers find the same one.",
    },
  },
  S23_DMARC_VERSION: {
    outcome: "fail",
    text: {
      da: "{record} begynder ikke med v=DMARC1; og er derfor ingen DMARC-post: {text}",
      en: "{record} does not begin with v=DMARC1; and so is no DMARC record: {text}",
    },
    remedy: {
      da: "Ret teksten, så den begynder med præcis v=DMARC1; (store bogstaver, semikolon efter). Posten virker fra da af, så se på politikken i den først.",
      en: "Correct the text so that it begins with exactly v=DMARC1; (capitals, then a semicolon). The record takes effect from then on, so look at its policy first.",
    },
  },
  S23_DMARC_SEVERAL: {
    outcome: "fail",
    text: {
      da: "{record} har {count} DMARC-poster. Når der er mere end én, ser modtagere bort fra dem alle.",
      en: "{record} has {count} DMARC records. When there is more than one, receivers discard them all.",
    },
    remedy: {
      da: "Slet alle DMARC-poster i {record} undtagen den ene, der skal gælde. Den virker straks, så se på dens politik først.",
      en: "Delete all DMARC records at {record} but the one that is to apply. It takes effect at once, so look at its policy first.",
    },
  },
  S23_DMARC_TAG_REPEATED: {
    outcome: "fail",
    text: {
      da: "DMARC-posten i {record} nævner det samme felt to gange. Det gør den ugyldig (RFC 6376, afsnit 3.2).",
      en: "The DMARC record at {record} names the same tag twice, which makes it invalid (RFC 6376 section 3.2).",
    },
    remedy: {
      da: "Skriv hvert felt i {record} én gang. Behold den værdi, der skal gælde.",
      en: "Write each tag at {record} once. Keep the value that is to apply.",
    },
  },
  S23_DMARC_SPELLING: {
    outcome: "fail",
    text: {
      da: "Store bogstaver eller mellemrum gør, at modtagere læser {record} forskelligt: {text}",
      en: "Because of capitals or white space, receivers read {record} differently: {text}",
    },
    remedy: {
      da: "Skriv felternes navne med små bogstaver, og lad posten begynde med v=DMARC1; uden noget foran.",
      en: "Write the names of the tags in lower case and let the record begin with v=DMARC1; with nothing before it.",
    },
  },
  S23_DMARC_TOO_LONG: {
    outcome: "fail",
    text: {
      da: "DMARC-posten i {record} er så lang, at modtagere ikke kan ventes at læse den.",
      en: "The DMARC record at {record} is so long that receivers cannot be expected to read it.",
    },
    remedy: {
      da: "Kort posten i {record} ned til de felter, der bruges.",
      en: "Shorten the record at {record} to the tags that are used.",
    },
  },
  S23_DMARC_ALIAS_GONE: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{record} er en CNAME til {target}, som ikke findes. Derfor er der ingen DMARC-post.",
      en: "{record} is a CNAME to {target}, which does not exist. So there is no DMARC record.",
    },
    remedy: {
      da: "Få leverandøren til at genskabe {target}, eller udgiv en TXT-post i {record} i stedet for CNAME.",
      en: "Have the provider restore {target}, or publish a TXT record at {record} instead of the CNAME.",
    },
  },
  S23_DMARC_ALIAS_LOOP: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{record} er en CNAME, der går i ring ved {target}. Derfor er der ingen DMARC-post.",
      en: "{record} is a CNAME that goes in a circle at {target}. So there is no DMARC record.",
    },
    remedy: {
      da: "Udgiv en TXT-post i {record} i stedet for CNAME, eller bryd ringen.",
      en: "Publish a TXT record at {record} instead of the CNAME, or break the circle.",
    },
  },
  S23_DMARC_BOGUS: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Svaret om {record} kan ikke valideres med DNSSEC (fejl i {zone}). Validerende modtagere finder ingen DMARC-post.",
      en: "The answer about {record} does not validate with DNSSEC (fault in {zone}). Validating receivers find no DMARC record.",
    },
    remedy: {
      da: "Få DNSSEC i {zone} rettet; se under S18, når zonen er kommunens egen. Fejlen rammer flere opslag end dette.",
      en: "Have DNSSEC in {zone} repaired; see under S18 where the zone is the municipality's own. The fault hits more lookups than this one.",
    },
  },
  S23_DMARC_UNSIGNED: {
    outcome: "warn",
    text: {
      da: "DMARC-posten i {record} er ikke beskyttet af DNSSEC, så en angriber på vejen kan skjule eller ændre den.",
      en: "The DMARC record at {record} is not protected by DNSSEC, so an attacker on the path can hide or change it.",
    },
    remedy: {
      da: "Signér zonen, som {record} ligger i. Kravet om DNSSEC er S18.",
      en: "Sign the zone that {record} is in. The requirement for DNSSEC is S18.",
    },
  },
  S23_DMARC_TEXT_IGNORED: {
    outcome: "warn",
    text: {
      da: "Modtagere ser bort fra en del af {record}, fordi den ikke kan læses: {part}",
      en: "Receivers pass over a part of {record}, because it cannot be read: {part}",
    },
    remedy: {
      da: "Ret eller fjern den del. Se efter, om den skulle have ændret politikken.",
      en: "Correct or remove that part. See whether it was meant to change the policy.",
    },
  },
  S23_DMARC_ORDER: {
    outcome: "warn",
    text: {
      da: "p står ikke lige efter v i {record}. RFC 9989 tillader det, men modtagere efter RFC 7489 kan afvise posten.",
      en: "p does not directly follow v at {record}. RFC 9989 allows that, but receivers of RFC 7489 may refuse the record.",
    },
    remedy: {
      da: "Flyt p op, så posten begynder med v=DMARC1; p=",
      en: "Move p up, so that the record begins with v=DMARC1; p=",
    },
  },
  S23_DMARC_PCT_OBSOLETE: {
    outcome: "warn",
    text: {
      da: "{record} har pct=100. Feltet er fjernet i RFC 9989 og ændrer intet.",
      en: "{record} has pct=100. RFC 9989 removed the tag, and it changes nothing.",
    },
    remedy: { da: "Fjern pct fra {record}.", en: "Remove pct from {record}." },
  },
  S23_DMARC_NO_REPORTS: {
    outcome: "warn",
    text: {
      da: "{record} beder ikke om rapporter, så ingen opdager, når egen mail afvises, eller når andre misbruger domænet.",
      en: "{record} asks for no reports, so nobody notices when your own mail is rejected or when others abuse the domain.",
    },
    remedy: {
      da: "Tilføj rua=mailto: med en postkasse, som nogen læser, eller en tjeneste, der samler rapporterne.",
      en: "Add rua=mailto: with a mailbox that somebody reads, or a service that collects the reports.",
    },
  },
  S23_DMARC_REPORTS_INVALID: {
    outcome: "warn",
    text: {
      da: "{record} har en rapportadresse, som modtagere ikke kan bruge: {address}",
      en: "{record} has a report address that receivers cannot use: {address}",
    },
    remedy: {
      da: "Skriv adressen som mailto:navn@domæne. Komma og udråbstegn skal skrives %2C og %21.",
      en: "Write the address as mailto:name@domain. Commas and exclamation marks are written %2C and %21.",
    },
  },
  S23_DMARC_REPORTS_REFUSED: {
    outcome: "warn",
    text: {
      da: "{host} har ikke sagt ja til rapporter om {domain}, så modtagere sender dem ikke.",
      en: "{host} has not agreed to reports about {domain}, so receivers do not send them.",
    },
    remedy: {
      da: "Få {host} til at udgive {domain}._report._dmarc.{host} TXT »v=DMARC1;«, eller brug en adresse under eget domæne.",
      en: 'Have {host} publish {domain}._report._dmarc.{host} TXT "v=DMARC1;", or use an address below your own domain.',
    },
  },
  S23_DMARC_REPORTS_UNANSWERED: {
    outcome: "warn",
    text: {
      da: "Det kunne ikke slås op, om {host} tager imod rapporter om {domain}.",
      en: "Whether {host} takes reports about {domain} could not be looked up.",
    },
    remedy: {
      da: "Se efter, om {host} stadig svarer i DNS. Rapporterne kan være ved at gå tabt.",
      en: "See whether {host} still answers in DNS. The reports may be getting lost.",
    },
  },
});
