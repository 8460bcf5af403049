import { defineMessages } from "../../core/messages.ts";

/** What S18 says of delegated zones and of each name server, and where it doubts what it was told. */
export const zoneMessages = defineMessages({
  S18_CHILD_INSECURE: {
    outcome: "warn",
    text: {
      da: "Den delegerede zone {child} under {domain} er ikke DNSSEC-signeret. Den kommunale ordlyd kræver det ikke.",
      en: "The delegated zone {child} below {domain} is not DNSSEC-signed. The municipal wording does not require it.",
    },
    remedy: {
      da: "Få {child} signeret, og læg DS-posten i zonen over den.",
      en: "Have {child} signed and publish its DS record in the zone above it.",
    },
  },
  S18_CHILD_INSECURE_STATE: {
    outcome: "fail",
    about: "child",
    text: {
      da: "Den delegerede zone {child} under {domain} er ikke DNSSEC-signeret. Det kræver den statslige ordlyd.",
      en: "The delegated zone {child} below {domain} is not DNSSEC-signed. The state wording requires it.",
    },
    remedy: {
      da: "Få {child} signeret, og læg DS-posten i zonen over den.",
      en: "Have {child} signed and publish its DS record in the zone above it.",
    },
  },
  S18_CHILD_BOGUS: {
    outcome: "warn",
    text: {
      da: "Den delegerede zone {child} under {domain} kan ikke valideres ({reason}), så dens navne kan ikke slås op.",
      en: "The delegated zone {child} below {domain} does not validate ({reason}), so its names cannot be looked up.",
    },
    remedy: {
      da: "Ret DS-posten for {child}, eller få {child} signeret på ny.",
      en: "Correct the DS record of {child}, or have {child} signed again.",
    },
  },
  S18_CHILD_BOGUS_STATE: {
    outcome: "fail",
    about: "child",
    text: {
      da: "Den delegerede zone {child} under {domain} kan ikke valideres ({reason}). Den statslige ordlyd omfatter den.",
      en: "The delegated zone {child} below {domain} does not validate ({reason}). The state wording covers it.",
    },
    remedy: {
      da: "Ret DS-posten for {child}, eller få {child} signeret på ny.",
      en: "Correct the DS record of {child}, or have {child} signed again.",
    },
  },
  S18_SERVER_UNSIGNED: {
    outcome: "fail",
    about: "server",
    text: {
      da: "{server} ({address}) svarer for {zone} uden signaturer. Opslag fejler, når netop den bliver spurgt.",
      en: "{server} ({address}) serves {zone} without signatures. Look-ups fail whenever it is the one asked.",
    },
    remedy: {
      da: "Få {server} til at hente den signerede zone, eller fjern den blandt navneserverne.",
      en: "Have {server} fetch the signed zone, or remove it from the name servers.",
    },
  },
  S18_SERVER_BOGUS: {
    outcome: "fail",
    about: "server",
    text: {
      da: "{server} ({address}) giver svar om {record}, der ikke kan valideres ({reason}). Opslag fejler, når den bliver spurgt.",
      en: "{server} ({address}) gives answers about {record} that do not validate ({reason}). Look-ups fail when it is asked.",
    },
    remedy: {
      da: "Få {server} til at hente den aktuelle signerede zone. Fjern den blandt navneserverne, hvis det ikke kan lade sig gøre.",
      en: "Have {server} fetch the current signed zone. Remove it from the name servers if that cannot be done.",
    },
  },
  S18_SERVER_INCOMPLETE: {
    outcome: "warn",
    text: {
      da: "{server} ({address}) svarede for {zone}, men ikke på spørgsmålet om {record}.",
      en: "{server} ({address}) answered for {zone}, but not the question about {record}.",
    },
    remedy: {
      da: "Undersøg, om en firewall eller et filter stopper store svar eller bestemte posttyper fra {server}.",
      en: "Find out whether a firewall or filter stops large answers or certain record types from {server}.",
    },
  },
  S18_SERVER_LAME: {
    outcome: "warn",
    text: {
      da: "{server} ({address}) er navneserver for {zone}, men svarer ikke for den ({reply}).",
      en: "{server} ({address}) is a name server of {zone} but does not answer for it ({reply}).",
    },
    remedy: {
      da: "Sæt zonen op på {server}, eller fjern den blandt navneserverne.",
      en: "Configure the zone on {server}, or remove it from the name servers.",
    },
  },
  S18_SERVER_SILENT: {
    outcome: "warn",
    text: {
      da: "{server} ({address}) svarede ikke om {zone}. De øvrige navneservere er bedømt.",
      en: "{server} ({address}) did not answer about {zone}. The other name servers have been judged.",
    },
    remedy: {
      da: "Undersøg, om {server} kører og kan nås på UDP- og TCP-port 53.",
      en: "Find out whether {server} runs and can be reached on UDP and TCP port 53.",
    },
  },
  S18_SERVER_UNREACHABLE: {
    outcome: "warn",
    text: {
      da: "{server} ({address}) er ikke spurgt, fordi der ingen rute er til den herfra.",
      en: "{server} ({address}) was not asked because there is no route to it from here.",
    },
    remedy: {
      da: "Mål også fra et sted, der har både IPv4 og IPv6.",
      en: "Measure from a place that has both IPv4 and IPv6 as well.",
    },
  },
  S18_SERVER_WITHOUT_ADDRESS: {
    outcome: "warn",
    text: {
      da: "{zone} har {server} som navneserver, men dens adresser kunne ikke alle findes ({why}).",
      en: "{zone} names {server} as a name server, but not all its addresses could be found ({why}).",
    },
    remedy: {
      da: "Ret navnet, eller fjern {server} blandt navneserverne.",
      en: "Correct the name, or remove {server} from the name servers.",
    },
  },
  S18_SERVERS_DIFFER: {
    outcome: "warn",
    text: {
      da: "Navneserverne for {zone} har forskellige udgaver af zonen (serienumre {serials}).",
      en: "The name servers of {zone} hold different versions of the zone (serials {serials}).",
    },
    remedy: {
      da: "Undersøg zoneoverførslen, hvis forskellen varer ved.",
      en: "Examine the zone transfer if the difference lasts.",
    },
  },
  S18_SERVERS_KEYS_DIFFER: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Navneserverne for {zone} har hver deres nøgler ({servers}). Opslag fejler, når nøgler og svar kommer hver sit sted fra.",
      en: "The name servers of {zone} have keys of their own ({servers}). Look-ups fail when keys and answers come from different ones.",
    },
    remedy: {
      da: "Lad hver operatør offentliggøre også de andres nøgler (RFC 8901), eller lad én signere zonen.",
      en: "Have each operator publish the others' keys as well (RFC 8901), or have one of them sign the zone.",
    },
  },
  S18_DELEGATION_ABSENT: {
    outcome: "warn",
    text: {
      da: "{child} er opført som delegeret zone, men {zone} delegerer den ikke.",
      en: "{child} is listed as a delegated zone, but {zone} does not delegate it.",
    },
    remedy: {
      da: "Ret navnet under delegations i fortegnelsen, eller fjern det.",
      en: "Correct the name under delegations in the inventory, or remove it.",
    },
  },
  S18_NS_MISMATCH: {
    outcome: "warn",
    text: {
      da: "{parent} og {zone} nævner ikke de samme navneservere. Kun det ene sted: {onlyOneSide}.",
      en: "{parent} and {zone} do not name the same name servers. On one side only: {onlyOneSide}.",
    },
    remedy: {
      da: "Ret navneserverne hos registratoren eller i zonen, så de to lister er ens.",
      en: "Correct the name servers at the registrar or in the zone so that the two lists agree.",
    },
  },
  S18_SERVERS_LAME: {
    outcome: "indeterminate",
    cause: "dns-servfail",
    text: {
      da: "Ingen navneserver svarer for {zone}: {replies}.",
      en: "No name server answers for {zone}: {replies}.",
    },
    remedy: {
      da: "Sæt zonen op på navneserverne, eller ret listen af navneservere hos registratoren.",
      en: "Configure the zone on its name servers, or correct the list of name servers at the registrar.",
    },
  },
  S18_NOT_REGISTERED: {
    outcome: "indeterminate",
    cause: "asset-not-found",
    text: {
      da: "{domain} findes ikke i DNS: {parent} svarer NXDOMAIN.",
      en: "{domain} does not exist in the DNS: {parent} answers NXDOMAIN.",
    },
    remedy: {
      da: "Ret navnet i fortegnelsen, eller genregistrér domænet, før andre gør det.",
      en: "Correct the name in the inventory, or register the domain again before others do.",
    },
  },
  S18_SOURCE_DISCARDED: {
    outcome: "warn",
    text: {
      da: "{discarded} gav data om {domain}, der ikke kan valideres. Afgørelsen bygger i stedet på {source}.",
      en: "{discarded} gave data about {domain} that does not validate. The verdict rests on {source} instead.",
    },
    remedy: {
      da: "Undersøg, om en navneserver svarer forkert, eller om resolveren ændrer eller fjerner DNSSEC-data undervejs.",
      en: "Find out whether a name server answers wrongly or the resolver alters or strips DNSSEC data on the way.",
    },
  },
  S18_CROSS_CHECK_BOGUS: {
    outcome: "indeterminate",
    cause: "internal",
    text: {
      da: "Vi finder {domain} gyldigt, men {resolvers} afviser det. Vi tror ikke på os selv, før det er afklaret.",
      en: "We find {domain} valid, but {resolvers} reject it. We do not trust ourselves until that is settled.",
    },
    remedy: {
      da: "Kør »kravvagt dnssec {domain}«, og sammenlign med en anden validerende resolver. Meld det som en fejl hos os.",
      en: 'Run "kravvagt dnssec {domain}" and compare with another validating resolver. Report it as our fault.',
    },
  },
  S18_CROSS_CHECK_SECURE: {
    outcome: "warn",
    text: {
      da: "Vi afviser {domain}, men {resolvers} godkender det. Vores afgørelse står, og driften får besked.",
      en: "We reject {domain}, but {resolvers} accept it. Our verdict stands, and the operator is told.",
    },
    remedy: {
      da: "Sammenlign kæden fra »kravvagt dnssec {domain}« med en anden validerende resolver.",
      en: 'Compare the chain of "kravvagt dnssec {domain}" with that of another validating resolver.',
    },
  },
});
