import { defineMessages } from "../../core/messages.ts";

/** Everything S19 can say. `hosts` names a few gateways and counts the rest; the findings' evidence lists them all. */
export const messages = defineMessages({
  S19_GATEWAYS_SECURE: {
    outcome: "pass",
    text: {
      da: "Mailgateways for {domain} er DNSSEC-signeret, mindst til {expires}: {hosts}.",
      en: "Mail gateways of {domain} are DNSSEC-signed, at least until {expires}: {hosts}.",
    },
  },
  S19_NULL_MX: {
    outcome: "not-applicable",
    text: {
      da: "{domain} siger i DNS, at det ikke modtager mail (null MX). Der er ingen mailgateway at bedømme.",
      en: "{domain} says in the DNS that it accepts no mail (null MX). There is no mail gateway to judge.",
    },
  },
  S19_NO_MAIL: {
    outcome: "not-applicable",
    text: {
      da: "{domain} har hverken MX, A eller AAAA og kan derfor ikke modtage mail.",
      en: "{domain} has neither MX, A nor AAAA and can therefore receive no mail.",
    },
  },
  S19_NULL_MX_PREFERENCE: {
    outcome: "warn",
    text: {
      da: "{domain} siger »ingen mail« med præferencen {preferences} i MX. Den skal være 0 (RFC 7505, afsnit 3).",
      en: '{domain} says "no mail" with the preference {preferences} in MX. It must be 0 (RFC 7505 section 3).',
    },
    remedy: {
      da: "Ret MX for {domain} til »0 .«.",
      en: 'Change the MX of {domain} to "0 .".',
    },
  },
  S19_NULL_MX_BESIDE_OTHERS: {
    outcome: "warn",
    text: {
      da: "{domain} har både »ingen mail« (null MX) og mailgateways i MX. Det ene udelukker det andet (RFC 7505, afsnit 3).",
      en: '{domain} has both "no mail" (null MX) and mail gateways in MX. One rules out the other (RFC 7505 section 3).',
    },
    remedy: {
      da: "Fjern »0 .« fra MX, hvis {domain} modtager mail. Fjern ellers de andre MX-poster.",
      en: 'Remove "0 ." from MX if {domain} receives mail. Otherwise remove the other MX records.',
    },
  },
  S19_IMPLICIT_MX: {
    outcome: "warn",
    text: {
      da: "{domain} har ingen MX-post. Afsendere leverer derfor mail til domænets egne adresser.",
      en: "{domain} has no MX record. Senders therefore deliver mail to the domain's own addresses.",
    },
    remedy: {
      da: "Læg »0 .« (null MX) i MX for {domain}, hvis det ikke modtager mail. Nævn ellers gatewayen i MX.",
      en: 'Publish "0 ." (null MX) as the MX of {domain} if it receives no mail. Otherwise name the gateway in MX.',
    },
  },
  S19_IMPLICIT_UNPROTECTED: {
    outcome: "indeterminate",
    cause: "not-observable",
    text: {
      da: "{domain} har ingen MX og ubeskyttede adresser: {zone} ({reason}). Om det modtager mail, kan ikke ses.",
      en: "{domain} has no MX and unprotected addresses: {zone} ({reason}). Whether it receives mail cannot be seen.",
    },
    remedy: {
      da: "Læg »0 .« (null MX) i MX for {domain}, hvis det ikke modtager mail. Nævn ellers en gateway i en signeret zone.",
      en: 'Publish "0 ." (null MX) as the MX of {domain} if it receives no mail. Otherwise name a gateway in a signed zone.',
    },
  },
  S19_IMPLICIT_UNPROTECTED_IN_USE: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "{domain} modtager mail uden MX, og adresserne er ikke beskyttet af DNSSEC: {zone} ({reason}).",
      en: "{domain} receives mail without MX, and its addresses are not protected by DNSSEC: {zone} ({reason}).",
    },
    remedy: {
      da: "Nævn gatewayen i MX for {domain}, og få {zone} signeret.",
      en: "Name the gateway in the MX of {domain}, and have {zone} signed.",
    },
  },
  S19_MX_UNSIGNED: {
    outcome: "warn",
    text: {
      da: "MX for {domain} er ikke beskyttet af DNSSEC: {zone} ({reason}). Mailgatewayene er bedømt for sig.",
      en: "The MX of {domain} is not protected by DNSSEC: {zone} ({reason}). The mail gateways are judged by themselves.",
    },
    remedy: {
      da: "Få {zone} signeret. Indtil da kan andre pege mail til {domain} på deres egne gateways.",
      en: "Have {zone} signed. Until then others can point mail for {domain} at gateways of their own.",
    },
  },
  S19_MX_UNSIGNED_STATE: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "MX for {domain} er ikke beskyttet af DNSSEC: {zone} ({reason}). Den statslige ordlyd kræver det.",
      en: "The MX of {domain} is not protected by DNSSEC: {zone} ({reason}). The state wording requires it.",
    },
    remedy: {
      da: "Få {zone} signeret, og læg derefter DS-posten i zonen over den. Læg den aldrig, før zonen er signeret.",
      en: "Have {zone} signed, then publish its DS record in the zone above. Never publish it before the zone is signed.",
    },
  },
  S19_MX_BOGUS: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "MX for {domain} kan ikke valideres: {zone} ({reason}). Validerende afsendere kan ikke levere mail.",
      en: "The MX of {domain} does not validate: {zone} ({reason}). Validating senders cannot deliver mail.",
    },
    remedy: {
      da: "Få den, der driver {zone}, til at rette zonen og signere den på ny.",
      en: "Have whoever runs {zone} correct the zone and sign it again.",
    },
  },
  S19_GATEWAY_UNSIGNED: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "{hosts} afhænger af {zone}, som ikke er beskyttet af DNSSEC ({reason}).",
      en: "{hosts} depends on {zone}, which is not protected by DNSSEC ({reason}).",
    },
    remedy: {
      da: "Få den, der driver {zone}, til at signere den, eller brug en gateway i en signeret zone. Luk ikke den gamle, før cachede svar er udløbet.",
      en: "Have whoever runs {zone} sign it, or use a gateway in a signed zone. Do not close the old one before cached answers have expired.",
    },
  },
  S19_SUPPLIER_UNSIGNED: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "{hosts} hos {supplier} er ikke beskyttet af DNSSEC: {zone} ({reason}).",
      en: "{hosts} at {supplier} is not protected by DNSSEC: {zone} ({reason}).",
    },
    remedy: {
      da: "Bed {supplier} om gateways i en signeret zone, og nævn dem i MX. Luk ikke de gamle, før cachede svar er udløbet.",
      en: "Ask {supplier} for gateways in a signed zone and name them in MX. Do not close the old ones before cached answers have expired.",
    },
  },
  S19_SUPPLIER_SIGNED_ELSEWHERE: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "{hosts} er uden DNSSEC ({zone}). {supplier} har signerede navne i {signed}.",
      en: "{hosts} is without DNSSEC ({zone}). {supplier} has signed names in {signed}.",
    },
    remedy: {
      da: "Slå det signerede navn under {signed} til hos {supplier}, og nævn så det i MX. Behold det gamle, til cachede svar er udløbet.",
      en: "Switch on the signed name under {signed} at {supplier}, then name that in MX. Keep the old one until cached answers have expired.",
    },
  },
  S19_GATEWAY_BOGUS: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Adresserne på {hosts} kan ikke valideres: {zone} ({reason}).",
      en: "The addresses of {hosts} do not validate: {zone} ({reason}).",
    },
    remedy: {
      da: "Få den, der driver {zone}, til at rette zonen og signere den på ny. Indtil da kan afsendere, der validerer, ikke levere mail dertil.",
      en: "Have whoever runs {zone} correct the zone and sign it again. Until then senders that validate cannot deliver mail there.",
    },
  },
  S19_NO_GATEWAY_RESOLVES: {
    outcome: "fail",
    text: {
      da: "Ingen af mailgatewayene i MX for {domain} har en adresse ({hosts}). Ingen kan levere mail.",
      en: "No mail gateway in the MX of {domain} has an address ({hosts}). Nobody can deliver mail.",
    },
    remedy: {
      da: "Ret MX for {domain} til navne, der har adresser, eller læg »0 .« (null MX), hvis domænet ikke modtager mail.",
      en: 'Change the MX of {domain} to names that have addresses, or to "0 ." (null MX) if the domain receives no mail.',
    },
  },
  S19_GATEWAY_DEAD: {
    outcome: "warn",
    text: {
      da: "{hosts} står i MX for {domain}, men har ingen adresse.",
      en: "{hosts} stands in the MX of {domain} but has no address.",
    },
    remedy: {
      da: "Fjern navnet fra MX, eller giv det en adresse, hvis gatewayen er i brug.",
      en: "Remove the name from MX, or give it an address if the gateway is in use.",
    },
  },
  S19_GATEWAY_DEAD_UNSIGNED: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "{hosts} i MX har ingen adresse, og andre kan opdigte en: {zone} ({reason}).",
      en: "{hosts} in MX has no address, and others can make one up: {zone} ({reason}).",
    },
    remedy: {
      da: "Fjern navnet fra MX, når du har set efter, at gatewayen ikke er i brug.",
      en: "Remove the name from MX once you have made sure that the gateway is not in use.",
    },
  },
  S19_MX_IS_ADDRESS: {
    outcome: "warn",
    text: {
      da: "MX for {domain} nævner {hosts}, en adresse, hvor der skal stå et navn. Ingen kan levere dertil.",
      en: "The MX of {domain} names {hosts}, an address where a name belongs. Nobody can deliver there.",
    },
    remedy: {
      da: "Giv gatewayen et navn med en A- eller AAAA-post, og nævn det navn i MX.",
      en: "Give the gateway a name with an A or AAAA record, and name that in MX.",
    },
  },
  S19_MX_IS_ALIAS: {
    outcome: "warn",
    text: {
      da: "{host} i MX er et alias for {target}. Det må MX ikke (RFC 2181, afsnit 10.3).",
      en: "{host} in MX is an alias of {target}. MX must not name one (RFC 2181 section 10.3).",
    },
    remedy: {
      da: "Nævn {target} direkte i MX, når leverandøren har bekræftet, at navnet er varigt.",
      en: "Name {target} itself in MX once the supplier has confirmed that the name is there to stay.",
    },
  },
  S19_DECLARED_NOT_FOUND: {
    outcome: "indeterminate",
    cause: "asset-not-found",
    text: {
      da: "{hosts} er opført som mailgateway for {domain}, men har ingen adresse i DNS.",
      en: "{hosts} is listed as a mail gateway of {domain} but has no address in the DNS.",
    },
    remedy: {
      da: "Ret navnet under mailGateways i fortegnelsen, eller fjern det, hvis gatewayen ikke er i brug.",
      en: "Correct the name under mailGateways in the inventory, or remove it if the gateway is not in use.",
    },
  },
  S19_NOT_REGISTERED: {
    outcome: "indeterminate",
    cause: "asset-not-found",
    text: {
      da: "{domain} findes ikke i DNS, så der er ingen mailgateway at bedømme.",
      en: "{domain} does not exist in the DNS, so there is no mail gateway to judge.",
    },
    remedy: {
      da: "Ret navnet i fortegnelsen, eller genregistrér domænet, før andre gør det.",
      en: "Correct the name in the inventory, or register the domain again before others do.",
    },
  },
  S19_WILDCARD_UNPROVEN: {
    outcome: "indeterminate",
    cause: "dns-servfail",
    text: {
      da: "Om {domain} har MX, kan ikke afgøres, for {zone} kan ikke bevise det ({reason}).",
      en: "Whether {domain} has MX cannot be decided, for {zone} cannot prove it ({reason}).",
    },
    remedy: {
      da: "Få den, der driver {zone}, til at signere zonen på ny med fuld NSEC- eller NSEC3-kæde.",
      en: "Have whoever runs {zone} sign the zone again with a complete NSEC or NSEC3 chain.",
    },
  },
  S19_SOURCE_DISCARDED: {
    outcome: "warn",
    text: {
      da: "{discarded} gav data om mail til {domain}, der ikke kan valideres. Afgørelsen bygger i stedet på {source}.",
      en: "{discarded} gave data about mail for {domain} that does not validate. The verdict rests on {source} instead.",
    },
    remedy: {
      da: "Undersøg, om en navneserver svarer forkert, eller om resolveren ændrer eller fjerner DNSSEC-data undervejs.",
      en: "Find out whether a name server answers wrongly or the resolver alters or strips DNSSEC data on the way.",
    },
  },
});
