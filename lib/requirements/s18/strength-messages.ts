import { defineMessages } from "../../core/messages.ts";

/** What S18 says of parameters, keys, algorithms, signature life, aliases and names of the domain. */
export const strengthMessages = defineMessages({
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
});
