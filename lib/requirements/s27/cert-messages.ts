import { defineMessages } from "../../core/messages.ts";

/** What S27 says of certificates: whether whoever enters can know where they are. */
export const certificateMessages = defineMessages({
  S27_CERTIFICATE_VALID: {
    outcome: "pass",
    text: {
      da: "{target} viser et gyldigt certifikat ({certificate}), som gælder til {expires}.",
      en: "{target} presents a valid certificate ({certificate}), which ends {expires}.",
    },
  },
  S27_CERTIFICATE_TRUST_NOT_NEEDED: {
    outcome: "not-applicable",
    text: {
      da: "{target} tager imod mail fra andre servere. De krypterer, uden at certifikatet skal være godkendt.",
      en: "{target} takes in mail from other servers. They encrypt without a certificate that anybody vouches for.",
    },
  },
  S27_CERTIFICATE_NONE_SEEN: {
    outcome: "indeterminate",
    cause: "tls-failed",
    about: "target",
    text: {
      da: "{target} har TLS, men vi fik ikke noget certifikat at se.",
      en: "{target} has TLS, but we got to see no certificate.",
    },
    remedy: {
      da: "Sæt et certifikat op med dets nøgle. Anonyme ciphersuiter har intet og skal slås fra.",
      en: "Set up a certificate with its key. Anonymous cipher suites have none and must be disabled.",
    },
  },
  S27_CERTIFICATE_NOT_UNDERSTOOD: {
    outcome: "indeterminate",
    cause: "tool-limit",
    about: "target",
    text: {
      da: "{target}: {certificate}-certifikatet eller en udsteder kan vi ikke bedømme.",
      en: "{target}: we cannot judge the {certificate} certificate or an issuer of it.",
    },
    remedy: {
      da: "Udsted et certifikat uden kritiske udvidelser, som browsere ikke kender, og send kun dets egen kæde.",
      en: "Issue a certificate without critical extensions that browsers do not know, and send its own chain only.",
    },
  },
  S27_CERTIFICATE_EXPIRED: {
    outcome: "fail",
    about: "target",
    certain: true,
    text: {
      da: "{target}: {certificate}-certifikatet udløb {expires}. Browsere advarer mod siden.",
      en: "{target}: the {certificate} certificate ended {expires}. Browsers warn of the page.",
    },
    remedy: {
      da: "Forny certifikatet, og genindlæs serveren. Er det fornyet, så bruger serveren stadig det gamle.",
      en: "Renew the certificate and reload the server. If it has been renewed, the server still uses the old one.",
    },
  },
  S27_CERTIFICATE_NOT_YET_VALID: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target}: {certificate}-certifikatet gælder først fra {begins}.",
      en: "{target}: the {certificate} certificate is not valid before {begins}.",
    },
    remedy: {
      da: "Brug det forrige certifikat, til det nye gælder. Stod uret forkert, da det blev udstedt, så udsted et nyt.",
      en: "Use the former certificate until the new one is valid. If the clock was wrong when it was issued, issue a new one.",
    },
  },
  S27_CERTIFICATE_ENDS_SOON: {
    outcome: "warn",
    text: {
      da: "{target}: {certificate}-certifikatet eller en udsteder udløber {expires}.",
      en: "{target}: the {certificate} certificate or an issuer of it ends {expires}.",
    },
    remedy: {
      da: "Forny det nu, og gør fornyelsen automatisk: certifikaters længste levetid sættes ned til 47 dage i 2029.",
      en: "Renew it now, and make renewal automatic: the longest life of certificates falls to 47 days by 2029.",
    },
  },
  S27_CERTIFICATE_REVOKED: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target}: {certificate}-certifikatet er spærret af udstederen. Det står i OCSP-svaret, som serveren selv sender.",
      en: "{target}: the {certificate} certificate has been revoked by its issuer. So says the OCSP response that the server sends.",
    },
    remedy: {
      da: "Udsted et nyt certifikat med en ny nøgle, og find ud af, hvorfor det gamle blev spærret.",
      en: "Issue a new certificate with a new key, and find out why the old one was revoked.",
    },
  },
  S27_CERTIFICATE_WRONG_NAME: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target}: {certificate}-certifikatet gælder for {names}, ikke for {name}.",
      en: "{target}: the {certificate} certificate is for {names}, not for {name}.",
    },
    remedy: {
      da: "Udsted et certifikat med {name} i subjectAltName. Er det et andet websteds, så ret serverens valg efter navn (SNI).",
      en: "Issue a certificate with {name} in subjectAltName. If it is another site's, correct the server's choice by name (SNI).",
    },
  },
  S27_CERTIFICATE_NO_NAMES: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target}: {certificate}-certifikatet har ingen navne i subjectAltName. CN alene tæller ikke.",
      en: "{target}: the {certificate} certificate has no names in subjectAltName. CN alone does not count.",
    },
    remedy: {
      da: "Udsted et certifikat med {name} i subjectAltName (RFC 9525).",
      en: "Issue a certificate with {name} in subjectAltName (RFC 9525).",
    },
  },
  S27_CERTIFICATE_SELF_SIGNED: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target}: {certificate}-certifikatet er signeret af sig selv, så ingen kan vide, at det er ægte.",
      en: "{target}: the {certificate} certificate is signed by itself, so nobody can know that it is genuine.",
    },
    remedy: {
      da: "Hent et certifikat hos en udsteder, som browsere kender, for eksempel med ACME.",
      en: "Get a certificate from an authority that browsers know, for example by ACME.",
    },
  },
  S27_CERTIFICATE_UNKNOWN_AUTHORITY: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target}: {certificate}-certifikatet ender hos {issuer}, som ikke er blandt rødderne i {roots}.",
      en: "{target}: the {certificate} certificate ends at {issuer}, which is not among the roots of {roots}.",
    },
    remedy: {
      da: "Hent et certifikat hos en udsteder, som browsere kender, eller send det led, der mangler. Er tjenesten kun for egne klienter, så registrér en dispensation med slutdato.",
      en: "Get a certificate from an authority that browsers know, or send the link that is missing. If the service is for your own clients only, record an exemption with an end date.",
    },
  },
  S27_CERTIFICATE_CHAIN_INCOMPLETE: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} sender {certificate}-certifikatet uden udstederen {issuer}, og den er ikke blandt rødderne i {roots}.",
      en: "{target} sends the {certificate} certificate without its issuer {issuer}, which is not among the roots of {roots}.",
    },
    remedy: {
      da: "Send hele kæden (fullchain) fra serveren. Er {issuer} jeres egen, så hent et certifikat hos en udsteder, som browsere kender.",
      en: "Send the whole chain (fullchain) from the server. If {issuer} is your own, get a certificate from an authority that browsers know.",
    },
  },
  S27_CERTIFICATE_ISSUER_OUT_OF_DATE: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target}: en udsteder af {certificate}-certifikatet er ude af dato: {issuer}.",
      en: "{target}: an issuer of the {certificate} certificate is outside its dates: {issuer}.",
    },
    remedy: {
      da: "Send udstederens nye kæde, eller forny certifikatet hos en udsteder, der gælder.",
      en: "Send the issuer's new chain, or renew the certificate with an issuer that is in date.",
    },
  },
  S27_CERTIFICATE_CHAIN_INVALID: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target}: kæden fra {certificate}-certifikatet holder ikke: {reason}.",
      en: "{target}: the chain from the {certificate} certificate does not hold: {reason}.",
    },
    remedy: {
      da: "Udsted certifikatet igen til en webserver, og send den kæde, som udstederen leverer med.",
      en: "Issue the certificate again, for a web server, and send the chain that the issuer supplies with it.",
    },
  },
});
