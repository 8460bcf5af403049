import { defineMessages } from "../../core/messages.ts";

/** Everything S18 can say. Texts name what is so in the asset's own terms; remedies name the one change that flips the verdict. */
export const messages = defineMessages({
  S18_SECURE: {
    outcome: "pass",
    text: {
      da: "{domain} er DNSSEC-signeret, og kæden fra roden holder. Den første signatur udløber {expires}.",
      en: "{domain} is DNSSEC-signed and the chain from the root holds. The first signature expires {expires}.",
    },
  },
  S18_SERVERS_AGREE: {
    outcome: "pass",
    text: {
      da: "Alle {answered} navneserveradresser, der svarer for {zone}, giver gyldigt signerede svar.",
      en: "All {answered} name server addresses that answer for {zone} give validly signed answers.",
    },
  },
  S18_UNSIGNED: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "{zone} er ikke signeret med DNSSEC: der er ingen DS-post i {parent}.",
      en: "{zone} is not signed with DNSSEC: there is no DS record in {parent}.",
    },
    remedy: {
      da: "Få DNS-operatøren til at signere {zone}, og læg derefter DS-posten hos registratoren. Læg den aldrig, før zonen er signeret.",
      en: "Have the DNS operator sign {zone}, then publish the DS record through the registrar. Never publish it before the zone is signed.",
    },
  },
  S18_ISLAND: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "{zone} er signeret, men {parent} har ingen DS-post, så ingen kan efterprøve signaturerne.",
      en: "{zone} is signed, but {parent} has no DS record, so nobody can verify the signatures.",
    },
    remedy: {
      da: "Læg DS-posten for nøgle {keyTags} hos registratoren. Kontrollér først, at alle navneservere giver signerede svar.",
      en: "Publish the DS record for key {keyTags} through the registrar. Check first that every name server gives signed answers.",
    },
  },
  S18_PARENT_UNSIGNED: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "{domain} kan ikke beskyttes af DNSSEC, fordi zonen {zone} over det ikke er signeret.",
      en: "{domain} cannot be protected by DNSSEC because the zone {zone} above it is not signed.",
    },
    remedy: {
      da: "Få {zone} signeret, eller flyt til et domæne under et signeret topdomæne som .dk.",
      en: "Have {zone} signed, or move to a domain under a signed top-level domain such as .dk.",
    },
  },
  S18_SHA1_ALGORITHM: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "{zone} er kun signeret med algoritme {algorithms}. Det skal behandles som usigneret (RFC 9905).",
      en: "{zone} is signed only with algorithm {algorithms}. That must be treated as unsigned (RFC 9905).",
    },
    remedy: {
      da: "Skift til algoritme 13 (ECDSAP256SHA256) med et algoritmeskifte: ny nøgle og signaturer først, så ny DS, så fjern den gamle.",
      en: "Move to algorithm 13 (ECDSAP256SHA256) by an algorithm roll-over: new key and signatures first, then the new DS, then remove the old.",
    },
  },
  S18_ALGORITHM_UNSUPPORTED: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "{zone} er kun signeret med algoritme {algorithms}, som ikke giver beskyttelse. Svarene behandles som usignerede.",
      en: "{zone} is signed only with algorithm {algorithms}, which gives no protection. Its answers are treated as unsigned.",
    },
    remedy: {
      da: "Skift til algoritme 13 (ECDSAP256SHA256) med et algoritmeskifte: ny nøgle og signaturer først, så ny DS, så fjern den gamle.",
      en: "Move to algorithm 13 (ECDSAP256SHA256) by an algorithm roll-over: new key and signatures first, then the new DS, then remove the old.",
    },
  },
  S18_DIGEST_UNSUPPORTED: {
    outcome: "fail",
    about: "zone",
    certain: true,
    text: {
      da: "DS-posten for {zone} har kun digest-type {digests}, som ikke giver beskyttelse.",
      en: "The DS record of {zone} has only digest type {digests}, which gives no protection.",
    },
    remedy: {
      da: "Læg en DS-post med digest-type 2 (SHA-256) for den samme nøgle hos registratoren, og fjern derefter den gamle.",
      en: "Publish a DS record with digest type 2 (SHA-256) for the same key through the registrar, then remove the old one.",
    },
  },
  S18_DNSKEY_MISSING: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "{parent} har en DS-post for {zone}, men zonen har ingen nøgler. Validerende modtagere kan ikke slå domænet op.",
      en: "{parent} has a DS record for {zone}, but the zone has no keys. Validating resolvers cannot look the domain up.",
    },
    remedy: {
      da: "Få zonen signeret igen med nøgle {keyTags}, eller fjern DS-posten straks, og signér derefter på ny.",
      en: "Have the zone signed again with key {keyTags}, or remove the DS record at once and sign anew afterwards.",
    },
  },
  S18_DS_MISMATCH: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Ingen nøgle i {zone} passer til DS-posten i {parent} (nøgle {keyTags}). Validerende modtagere kan ikke slå domænet op.",
      en: "No key in {zone} matches the DS record in {parent} (key {keyTags}). Validating resolvers cannot look the domain up.",
    },
    remedy: {
      da: "Erstat DS-posten hos registratoren med en, der er beregnet af en nøgle, som zonen bruger nu (nøgle {published}).",
      en: "Replace the DS record at the registrar with one computed from a key the zone uses now (key {published}).",
    },
  },
  S18_SIGNATURE_MISSING: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "{record} i {zone} har ingen signatur, selv om zonen er signeret. Validerende modtagere afviser svaret.",
      en: "{record} in {zone} has no signature although the zone is signed. Validating resolvers reject the answer.",
    },
    remedy: {
      da: "Få DNS-operatøren til at signere hele zonen på ny, så hver posttype har en signatur.",
      en: "Have the DNS operator sign the whole zone again so that every record type has a signature.",
    },
  },
  S18_SIGNATURE_EXPIRED: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Signaturen på {record} i {zone} udløb {expired}. Validerende modtagere afviser svaret.",
      en: "The signature on {record} in {zone} expired {expired}. Validating resolvers reject the answer.",
    },
    remedy: {
      da: "Få DNS-operatøren til at signere zonen på ny, og find ud af, hvorfor den automatiske fornyelse stoppede.",
      en: "Have the DNS operator sign the zone again, and find out why automatic renewal stopped.",
    },
  },
  S18_SIGNATURE_NOT_YET_VALID: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Signaturen på {record} i {zone} gælder først fra {begins}. Validerende modtagere afviser svaret.",
      en: "The signature on {record} in {zone} is valid only from {begins}. Validating resolvers reject the answer.",
    },
    remedy: {
      da: "Stil uret på den server, der signerer, og signér zonen på ny.",
      en: "Set the clock of the server that signs, and sign the zone again.",
    },
  },
  S18_SIGNATURE_INVALID: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Signaturen på {record} i {zone} kan ikke efterprøves med zonens nøgler ({reason}).",
      en: "The signature on {record} in {zone} does not verify with the zone's keys ({reason}).",
    },
    remedy: {
      da: "Få DNS-operatøren til at signere zonen på ny med de nøgler, der er offentliggjort.",
      en: "Have the DNS operator sign the zone again with the keys that are published.",
    },
  },
  S18_DENIAL_BROKEN: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "{zone} kan ikke bevise, at {record} ikke findes ({reason}). Modtagere afviser svaret, og DANE virker ikke.",
      en: "{zone} cannot prove that {record} does not exist ({reason}). Resolvers reject the answer, and DANE does not work.",
    },
    remedy: {
      da: "Få DNS-operatøren til at signere zonen på ny med fuld NSEC- eller NSEC3-kæde.",
      en: "Have the DNS operator sign the zone again with a complete NSEC or NSEC3 chain.",
    },
  },
  S18_BOGUS: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "{record} i {zone} kan ikke valideres ({reason}). Validerende modtagere afviser svaret.",
      en: "{record} in {zone} does not validate ({reason}). Validating resolvers reject the answer.",
    },
    remedy: {
      da: "Få DNS-operatøren til at rette zonen og signere den på ny.",
      en: "Have the DNS operator correct the zone and sign it again.",
    },
  },
  S18_PARENT_BOGUS: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Kæden til {domain} er brudt i zonen {zone} over det ({reason}). Validerende modtagere kan ikke slå domænet op.",
      en: "The chain to {domain} is broken in the zone {zone} above it ({reason}). Validating resolvers cannot look the domain up.",
    },
    remedy: {
      da: "Fejlen skal rettes hos den, der driver {zone}. Kontakt dem, og følg med, til kæden holder igen.",
      en: "The fault must be mended by whoever runs {zone}. Contact them and watch until the chain holds again.",
    },
  },
  S18_NSEC3_ITERATIONS: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "{zone} bruger {iterations} NSEC3-iterationer. Over {limit} må modtagere behandle svarene som usignerede (RFC 9276).",
      en: "{zone} uses {iterations} NSEC3 iterations. Above {limit} resolvers may treat its answers as unsigned (RFC 9276).",
    },
    remedy: {
      da: "Sæt NSEC3-iterationer til 0 og salt til tomt i signeringen, og signér zonen på ny.",
      en: "Set NSEC3 iterations to 0 and the salt to empty in the signer, and sign the zone again.",
    },
  },
  S18_NSEC3_PARAMETERS: {
    outcome: "warn",
    text: {
      da: "{zone} bruger {iterations} NSEC3-iterationer og et salt på {saltLength} oktetter. Begge bør være 0 (RFC 9276).",
      en: "{zone} uses {iterations} NSEC3 iterations and a salt of {saltLength} octets. Both should be 0 (RFC 9276).",
    },
    remedy: {
      da: "Sæt NSEC3-iterationer til 0 og salt til tomt ved næste signering.",
      en: "Set NSEC3 iterations to 0 and the salt to empty at the next signing.",
    },
  },
  S18_KEY_TOO_SHORT: {
    outcome: "fail",
    about: "zone",
    text: {
      da: "Nøgle {keyTag} i {zone} er RSA på {bits} bit. Under 1.024 bit er den ikke beskyttelse.",
      en: "Key {keyTag} in {zone} is RSA of {bits} bits. Below 1,024 bits it is no protection.",
    },
    remedy: {
      da: "Skift nøglen ud med algoritme 13 (ECDSAP256SHA256) eller RSA på mindst 2.048 bit.",
      en: "Replace the key with algorithm 13 (ECDSAP256SHA256) or RSA of at least 2,048 bits.",
    },
  },
  S18_KEY_SHORT: {
    outcome: "warn",
    text: {
      da: "Nøgle {keyTag} i {zone} er RSA på {bits} bit. Mindst 2.048 bit anbefales.",
      en: "Key {keyTag} in {zone} is RSA of {bits} bits. At least 2,048 bits is recommended.",
    },
    remedy: {
      da: "Skift ved næste nøgleskifte til algoritme 13 (ECDSAP256SHA256) eller RSA på mindst 2.048 bit.",
      en: "Move to algorithm 13 (ECDSAP256SHA256) or RSA of at least 2,048 bits at the next roll-over.",
    },
  },
  S18_KEY_REVOKED: {
    outcome: "warn",
    text: {
      da: "Nøgle {keyTag}, som DS-posten for {zone} peger på, er mærket som tilbagekaldt.",
      en: "Key {keyTag}, which the DS record of {zone} names, is marked as revoked.",
    },
    remedy: {
      da: "Læg DS-posten for en nøgle, der ikke er tilbagekaldt, hos registratoren, før den gamle nøgle fjernes.",
      en: "Publish the DS record of a key that is not revoked through the registrar before the old key is removed.",
    },
  },
  S18_ALGORITHM_DISCOURAGED: {
    outcome: "warn",
    text: {
      da: "{zone} bruger algoritme {algorithms}, som ikke alle modtagere efterprøver eller anbefaler.",
      en: "{zone} uses algorithm {algorithms}, which not every resolver verifies or recommends.",
    },
    remedy: {
      da: "Skift ved lejlighed til algoritme 13 (ECDSAP256SHA256).",
      en: "Move to algorithm 13 (ECDSAP256SHA256) when convenient.",
    },
  },
  S18_DIGEST_SHA1_BESIDE: {
    outcome: "warn",
    text: {
      da: "{parent} har en DS-post med SHA-1 for {zone} ved siden af en stærkere. SHA-1 bruges ikke længere.",
      en: "{parent} has a SHA-1 DS record for {zone} beside a stronger one. SHA-1 is no longer used.",
    },
    remedy: {
      da: "Fjern DS-posten med digest-type 1 hos registratoren. Behold den med digest-type 2 eller 4.",
      en: "Remove the DS record with digest type 1 at the registrar. Keep the one with digest type 2 or 4.",
    },
  },
  S18_SIGNATURE_EXPIRES_SOON: {
    outcome: "warn",
    text: {
      da: "Signaturen på {record} i {zone} udløber {expires} og er ikke fornyet.",
      en: "The signature on {record} in {zone} expires {expires} and has not been renewed.",
    },
    remedy: {
      da: "Kontrollér, at den automatiske signering kører, før signaturen udløber.",
      en: "Check that automatic signing runs before the signature expires.",
    },
  },
  S18_ALIAS_INSECURE: {
    outcome: "warn",
    text: {
      da: "{name} peger på {target}, som ligger i den usignerede zone {zone}. Selve domænet er signeret.",
      en: "{name} points at {target}, which lies in the unsigned zone {zone}. The domain itself is signed.",
    },
    remedy: {
      da: "Spørg leverandøren af {target} om DNSSEC, eller peg på et signeret navn.",
      en: "Ask the supplier of {target} about DNSSEC, or point at a signed name.",
    },
  },
  S18_ALIAS_UNRESOLVED: {
    outcome: "warn",
    text: {
      da: "{name} peger på {target}, som ikke kan slås op med gyldig DNSSEC ({reason}).",
      en: "{name} points at {target}, which cannot be looked up with valid DNSSEC ({reason}).",
    },
    remedy: {
      da: "Kontakt leverandøren af {target}, eller fjern henvisningen.",
      en: "Contact the supplier of {target}, or remove the reference.",
    },
  },
  S18_NAME_UNANSWERED: {
    outcome: "warn",
    text: {
      da: "{name} kunne ikke slås op ({detail}). Selve domænet er bedømt uden.",
      en: "{name} could not be looked up ({detail}). The domain itself is judged without it.",
    },
    remedy: {
      da: "Undersøg, om navnet er i brug, og om den zone, det ligger i, svarer.",
      en: "Find out whether the name is in use and whether the zone it lies in answers.",
    },
  },
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
