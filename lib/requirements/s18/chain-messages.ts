import { defineMessages } from "../../core/messages.ts";

/** What S18 says of the chain of trust to a domain, and of signatures and denials in it. */
export const chainMessages = defineMessages({
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
});
