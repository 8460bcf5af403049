import { defineMessages } from "../../core/messages.ts";

/** What S20 says of the records alone. None of these is a pass: only what a gateway presents can be. */
export const dnsMessages = defineMessages({
  S20_NULL_MX: {
    outcome: "not-applicable",
    text: {
      da: "{domain} tager ikke imod mail: det siger dets MX-post (null MX).",
      en: "{domain} does not accept mail: its MX record says so (null MX).",
    },
  },
  S20_NO_MAIL: {
    outcome: "not-applicable",
    text: {
      da: "{domain} kan ikke modtage mail: der er hverken MX-poster eller adresser.",
      en: "{domain} cannot receive mail: it has neither MX records nor addresses.",
    },
  },
  S20_NOT_REGISTERED: {
    outcome: "indeterminate",
    cause: "asset-not-found",
    text: {
      da: "{domain} findes ikke i DNS, så der er ingen mailgateway at bedømme.",
      en: "{domain} does not exist in DNS, so there is no mail gateway to judge.",
    },
    remedy: {
      da: "Ret navnet i fortegnelsen, eller genregistrér domænet, før andre gør det.",
      en: "Correct the name in the inventory, or register the domain again before others do.",
    },
  },
  S20_IMPLICIT_GATEWAY: {
    outcome: "indeterminate",
    cause: "not-observable",
    text: {
      da: "{domain} har ingen MX-post, men en adresse, som mail kan leveres til. DNS viser ikke, om den tager imod.",
      en: "{domain} has no MX record, but an address that mail may be delivered to. DNS does not show whether it accepts any.",
    },
    remedy: {
      da: "Læg MX-posten «0 .» (null MX), hvis domænet ikke skal modtage mail. Skal det, så læg en MX-post og TLSA-poster for dens gateway.",
      en: 'Publish the MX record "0 ." (null MX) if the domain is to receive no mail. If it is, publish an MX record and TLSA records for its gateway.',
    },
  },
  S20_NULL_MX_BESIDES: {
    outcome: "warn",
    text: {
      da: "{domain} har både null MX og andre MX-poster. Det er ikke tilladt (RFC 7505), og de andre er bedømt.",
      en: "{domain} has both a null MX and other MX records. That is not allowed (RFC 7505); the others were judged.",
    },
    remedy: {
      da: "Fjern MX-posten «0 .», hvis domænet modtager mail; ellers fjern de andre.",
      en: 'Remove the MX record "0 ." if the domain receives mail; otherwise remove the others.',
    },
  },
  S20_MX_INSECURE: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "MX for {domain} er ikke beskyttet af DNSSEC: {zone} ({reason}). DANE virker ikke uden.",
      en: "MX of {domain} is not protected by DNSSEC: {zone} ({reason}). DANE does not work without.",
    },
    remedy: {
      da: "Få {zone} beskyttet med DNSSEC: signér den med en algoritme i brug, og læg så DS-posten i zonen over den, aldrig før.",
      en: "Have {zone} protected by DNSSEC: sign it with an algorithm in use, then publish its DS record in the zone above, never before.",
    },
  },
  S20_MX_BOGUS: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "MX for {domain} kan ikke valideres: DNSSEC er i stykker i {zone}. Afsendere, der validerer, holder mailen tilbage.",
      en: "MX of {domain} does not validate because DNSSEC is broken in {zone}. Senders that validate hold the mail back.",
    },
    remedy: {
      da: "Ret signaturerne i {zone}. S18 viser, hvad der er galt, når zonen er kommunens egen.",
      en: "Repair the signatures in {zone}. S18 shows what is wrong when the zone is the municipality's own.",
    },
  },
  S20_WILDCARD_UNPROVEN: {
    outcome: "indeterminate",
    cause: "dns-servfail",
    text: {
      da: "Om {domain} har MX, kan ikke afgøres, for DNSSEC-beviset fra {zone} holder ikke.",
      en: "Whether {domain} has MX cannot be decided, for the DNSSEC proof from {zone} does not hold.",
    },
    remedy: {
      da: "Få den, der driver {zone}, til at signere zonen på ny med fuld NSEC- eller NSEC3-kæde.",
      en: "Have whoever runs {zone} sign the zone again with a complete NSEC or NSEC3 chain.",
    },
  },
  S20_GATEWAYS_WITHOUT_ADDRESS: {
    outcome: "fail",
    text: {
      da: "Ingen gateway i MX for {domain} har en adresse ({gateways}). Ingen kan levere mail.",
      en: "No gateway in the MX of {domain} has an address ({gateways}). Nobody can deliver mail.",
    },
    remedy: {
      da: "Ret MX-posterne, så de nævner gateways, der findes. Skal domænet ikke modtage mail, så læg null MX.",
      en: "Correct the MX records so that they name gateways that exist. If the domain is to receive no mail, publish a null MX.",
    },
  },
  S20_DECLARED_NOT_FOUND: {
    outcome: "indeterminate",
    cause: "asset-not-found",
    text: {
      da: "Fortegnelsen nævner mailgateways for {domain}, som ikke har nogen adresse: {gateways}.",
      en: "The inventory names mail gateways of {domain} that have no address: {gateways}.",
    },
    remedy: {
      da: "Ret navnet under mailGateways i fortegnelsen, eller fjern det, hvis gatewayen ikke er i brug.",
      en: "Correct the name under mailGateways in the inventory, or remove it if the gateway is not in use.",
    },
  },
  S20_GATEWAY_WITHOUT_ADDRESS: {
    outcome: "warn",
    text: {
      da: "{gateway} står i MX for {domain}, men har ingen adresse. De øvrige er bedømt.",
      en: "{gateway} stands in the MX of {domain} but has no address. The others were judged.",
    },
    remedy: {
      da: "Fjern {gateway} fra MX-posterne, eller giv den en adresse og TLSA-poster.",
      en: "Remove {gateway} from the MX records, or give it an address and TLSA records.",
    },
  },
  S20_GATEWAY_DEAD_UNSIGNED: {
    outcome: "fail",
    about: "gateway",
    certain: true,
    text: {
      da: "{gateway} har ingen adresse, og andre kan opdigte en: {zone} ({reason}).",
      en: "{gateway} has no address, and others can make one up: {zone} ({reason}).",
    },
    remedy: {
      da: "Fjern {gateway} fra MX, når du har set efter, at den ikke er i brug.",
      en: "Remove {gateway} from MX once you have made sure that it is not in use.",
    },
  },
  S20_GATEWAY_INSECURE: {
    outcome: "fail",
    about: "gateway",
    certain: true,
    text: {
      da: "Adresserne på {gateway} er ikke beskyttet af DNSSEC: {zone} ({reason}).",
      en: "The addresses of {gateway} have no DNSSEC protection: {zone} ({reason}).",
    },
    remedy: {
      da: "Få {zone} beskyttet med DNSSEC, eller bed leverandøren om et MX-navn i en signeret zone. Uden det virker DANE ikke.",
      en: "Have {zone} protected by DNSSEC, or ask the provider for an MX name in a signed zone. DANE does not work without.",
    },
  },
  S20_GATEWAY_BOGUS: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "Adresserne på {gateway} kan ikke valideres i {zone}. Afsendere holder mailen tilbage.",
      en: "The addresses of {gateway} do not validate in {zone}. Senders hold the mail back.",
    },
    remedy: {
      da: "Ret signaturerne i {zone}, eller bed leverandøren om det. Indtil da udebliver mail fra afsendere, der validerer.",
      en: "Repair the signatures in {zone}, or ask the provider to. Until then mail from senders that validate stays away.",
    },
  },
  S20_TLSA_MISSING: {
    outcome: "fail",
    about: "gateway",
    certain: true,
    text: {
      da: "{gateway} har ingen TLSA-post: {owner} findes ikke i DNS.",
      en: "{gateway} has no TLSA record: {owner} is not in DNS.",
    },
    remedy: {
      da: "Læg en TLSA-post «3 1 1» for nøglen på {gateway} ved {owner}, eller bed leverandøren om det. Læg fremover næste nøgles post, før nøglen skiftes.",
      en: 'Publish a TLSA record "3 1 1" for the key of {gateway} at {owner}, or ask the provider to. From then on publish the next key\'s record before the key changes.',
    },
  },
  S20_TLSA_INSECURE: {
    outcome: "fail",
    about: "gateway",
    certain: true,
    text: {
      da: "TLSA for {gateway} er ikke beskyttet af DNSSEC: {zone} ({reason}).",
      en: "TLSA of {gateway} is not protected by DNSSEC: {zone} ({reason}).",
    },
    remedy: {
      da: "Få {zone} beskyttet med DNSSEC, eller bed leverandøren om det. Afsendere ser bort fra TLSA-poster uden.",
      en: "Have {zone} protected by DNSSEC, or ask the provider to. Senders disregard TLSA records without it.",
    },
  },
  S20_TLSA_BOGUS: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "TLSA for {gateway} kan ikke valideres i {zone}. Afsendere med DANE holder mailen tilbage.",
      en: "TLSA of {gateway} does not validate in {zone}. Senders with DANE hold the mail back.",
    },
    remedy: {
      da: "Ret signaturen eller beviset for {owner} i {zone} nu, eller bed leverandøren om det. Mail fra afsendere med DANE kommer ikke frem imens.",
      en: "Repair the signature or the proof for {owner} in {zone} now, or ask the provider to. Mail from senders with DANE does not arrive meanwhile.",
    },
  },
  S20_TLSA_SERVFAIL: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "Navneserverne svarer med fejl på TLSA-opslaget for {gateway}. Afsendere med DANE holder al mail til den tilbage.",
      en: "The name servers answer the TLSA lookup for {gateway} with an error. Senders with DANE hold back all mail to it.",
    },
    remedy: {
      da: "Ret navneserverne for {zone}, så de svarer på TLSA ved {owner}, også uden poster, eller bed leverandøren om det.",
      en: "Repair the name servers of {zone} so that they answer for TLSA at {owner}, also without records, or ask the provider to.",
    },
  },
  S20_TLSA_UNUSABLE: {
    outcome: "fail",
    about: "gateway",
    certain: true,
    text: {
      da: "Ingen TLSA-post for {gateway} kan bruges til mail ({records}: {reason}).",
      en: "No TLSA record of {gateway} can be used for mail ({records}: {reason}).",
    },
    remedy: {
      da: "Læg en post «3 1 1» med SHA-256 af nøglen på {gateway}, og fjern de ubrugelige, eller bed leverandøren om det.",
      en: 'Publish a record "3 1 1" with SHA-256 of the key of {gateway} and remove the unusable ones, or ask the provider to.',
    },
  },
  S20_TLSA_UNUSABLE_BESIDE: {
    outcome: "warn",
    text: {
      da: "{gateway} har TLSA-poster, som ikke kan bruges til mail ({records}: {reason}), ved siden af brugbare.",
      en: "{gateway} has TLSA records that cannot be used for mail ({records}: {reason}) beside usable ones.",
    },
    remedy: {
      da: "Fjern de ubrugelige poster ved {owner}. De brugbare skal blive.",
      en: "Remove the unusable records at {owner}. The usable ones must stay.",
    },
  },
  S20_DENIAL_WRONG: {
    outcome: "warn",
    text: {
      da: "DNS benægter {name}, selv om der er TLSA-poster. Nogle afsendere finder dem derfor ikke.",
      en: "DNS denies {name} although there are TLSA records. Some senders therefore do not find them.",
    },
    remedy: {
      da: "Få navneserverne til at svare «ingen data» for {name}, ikke NXDOMAIN (RFC 8020). Nye poster kan give det samme i få timer.",
      en: 'Have the name servers answer "no data" for {name}, not NXDOMAIN (RFC 8020). New records can cause the same for a few hours.',
    },
  },
});
