import { defineMessages } from "../../core/messages.ts";

/** What S20 says of one address of one gateway. */
export const visitMessages = defineMessages({
  S20_GATEWAY_MATCHES: {
    outcome: "pass",
    text: {
      da: "{gateway} ({address}) viser et certifikat, som TLSA-posten {records} dækker.",
      en: "{gateway} ({address}) presents a certificate that TLSA record {records} covers.",
    },
  },
  S20_ADDRESS_NOT_SEEN: {
    outcome: "warn",
    text: {
      da: "{gateway} ({address}) er ikke besøgt: der er ingen {family}-rute herfra. En anden adresse er bedømt.",
      en: "{gateway} ({address}) was not visited: there is no {family} route from here. Another address was judged.",
    },
    remedy: {
      da: "Mål fra et sted med {family}. Certifikatet på den adresse kan være et andet.",
      en: "Measure from a place with {family}. The certificate at that address may be another one.",
    },
  },
  S20_GREETING_TEMPORARY: {
    outcome: "indeterminate",
    cause: "greylisted",
    about: "gateway",
    text: {
      da: "{gateway} ({address}) bad os komme igen senere (svar {code}), før TLS kunne prøves.",
      en: "{gateway} ({address}) asked us to come back later (reply {code}) before TLS could be tried.",
    },
    remedy: {
      da: "Vent på næste måling. Bliver det ved, så lad gatewayen tale med vores adresse.",
      en: "Wait for the next measurement. If it goes on, let the gateway talk to our address.",
    },
  },
  S20_GREETING_REFUSED: {
    outcome: "indeterminate",
    cause: "vantage-blocked",
    about: "gateway",
    text: {
      da: "{gateway} ({address}) afviser os (svar {code}), så dens certifikat kan ikke ses herfra.",
      en: "{gateway} ({address}) turns us away (reply {code}), so its certificate cannot be seen from here.",
    },
    remedy: {
      da: "Tillad vores adresse hos gatewayen, eller mål fra et andet sted.",
      en: "Allow our address at the gateway, or measure from another place.",
    },
  },
  S20_STARTTLS_MISSING: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "{gateway} ({address}) tilbyder ikke STARTTLS. Afsendere med DANE holder al mail til den tilbage.",
      en: "{gateway} ({address}) does not offer STARTTLS. Senders with DANE hold back all mail to it.",
    },
    remedy: {
      da: "Slå STARTTLS til på {gateway}, også for denne adresse. Se efter en firewall, der fjerner tilbuddet.",
      en: "Enable STARTTLS on {gateway}, at this address, too. Look for a firewall that removes the offer.",
    },
  },
  S20_STARTTLS_REFUSED: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "{gateway} ({address}) afviser STARTTLS (svar {code}). Afsendere med DANE holder mailen tilbage.",
      en: "{gateway} ({address}) refuses STARTTLS (reply {code}). Senders with DANE hold the mail back.",
    },
    remedy: {
      da: "Ret TLS-opsætningen på {gateway}. Ofte kan den ikke læse sin nøgle eller sit certifikat.",
      en: "Repair the TLS set-up of {gateway}. Often it cannot read its key or certificate.",
    },
  },
  S20_STARTTLS_TEMPORARY: {
    outcome: "indeterminate",
    cause: "greylisted",
    about: "gateway",
    text: {
      da: "{gateway} ({address}) kunne ikke begynde TLS lige nu (svar {code}).",
      en: "{gateway} ({address}) could not begin TLS just now (reply {code}).",
    },
    remedy: {
      da: "Vent på næste måling. Bliver det ved, så ret TLS-opsætningen på {gateway}.",
      en: "Wait for the next measurement. If it goes on, repair the TLS set-up of {gateway}.",
    },
  },
  S20_INJECTED: {
    outcome: "warn",
    text: {
      da: "{gateway} ({address}) sendte data i klartekst mellem STARTTLS og TLS. Det kan narre afsendere.",
      en: "{gateway} ({address}) sent data in clear between STARTTLS and TLS. Senders may be deceived by that.",
    },
    remedy: {
      da: "Opdatér mailserveren på {gateway}. Ser du det kun herfra, så undersøg, om nogen griber ind på vejen.",
      en: "Update the mail server of {gateway}. If it is seen only from here, find out whether somebody interferes on the way.",
    },
  },
  S20_HANDSHAKE_FAILED: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "{gateway} ({address}) afbryder enhver TLS-forbindelse. Afsendere med DANE holder mailen tilbage.",
      en: "{gateway} ({address}) breaks off every TLS connection. Senders with DANE hold back all mail to it.",
    },
    remedy: {
      da: "Ret TLS-opsætningen på {gateway}: et RSA- eller ECDSA-certifikat med nøgle, og TLS 1.2 eller 1.3.",
      en: "Repair the TLS set-up of {gateway}: an RSA or ECDSA certificate with its key, and TLS 1.2 or 1.3.",
    },
  },
  S20_CERTIFICATE_MISMATCH: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "{gateway} ({address}): {certificate}-certifikatet passer ikke til nogen TLSA-post ({records}).",
      en: "{gateway} ({address}): the {certificate} certificate matches none of the TLSA records ({records}).",
    },
    remedy: {
      da: "Læg en TLSA-post «3 1 1» for nøglen i {certificate}-certifikatet ved {owner}. Fjern først den gamle, når den nye har været ude i to TTL.",
      en: 'Publish a TLSA record "3 1 1" for the key of the {certificate} certificate at {owner}. Remove the old one only after the new has been out for two TTLs.',
    },
  },
  S20_ANCHOR_ABSENT: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "{gateway} ({address}) viser ikke den udsteder af {certificate}, som TLSA peger på ({records}).",
      en: "{gateway} ({address}) does not present the issuer of {certificate} that TLSA names ({records}).",
    },
    remedy: {
      da: "Send hele kæden op til den udsteder, som posten ved {owner} peger på, også en rod. Har udstederen skiftet, så læg en ny post.",
      en: "Send the whole chain up to the issuer that the record at {owner} names, even a root. If the issuer has changed, publish a new record.",
    },
  },
  S20_NAME_MISMATCH: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "{gateway} ({address}): {certificate}-certifikatet gælder ikke for navnet, som TLSA-posten {records} kræver.",
      en: "{gateway} ({address}): the {certificate} certificate is not for the name, as TLSA record {records} demands.",
    },
    remedy: {
      da: "Udsted et certifikat til {serverName}, eller brug en TLSA-post «3 1 1», som ikke ser på navnet.",
      en: 'Issue a certificate for {serverName}, or use a TLSA record "3 1 1", which does not look at the name.',
    },
  },
  S20_CHAIN_OUT_OF_DATE: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "{gateway} ({address}): {certificate} eller udstederen er ude af dato, og {records} ser på datoen.",
      en: "{gateway} ({address}): {certificate} or its issuer is outside its dates, and {records} looks at them.",
    },
    remedy: {
      da: "Forny certifikatet på {gateway}, og send en kæde, hvor alle led gælder.",
      en: "Renew the certificate of {gateway}, and send a chain of which every link is in date.",
    },
  },
  S20_CHAIN_INVALID: {
    outcome: "fail",
    about: "gateway",
    text: {
      da: "{gateway} ({address}): kæden fra {certificate} til {records} holder ikke ({reason}).",
      en: "{gateway} ({address}): the chain from {certificate} to {records} does not hold ({reason}).",
    },
    remedy: {
      da: "Send den kæde, som udstederen har leveret, eller brug en TLSA-post «3 1 1» for serverens egen nøgle.",
      en: 'Send the chain that the issuer has supplied, or use a TLSA record "3 1 1" for the server\'s own key.',
    },
  },
  S20_CHAIN_NOT_UNDERSTOOD: {
    outcome: "indeterminate",
    cause: "tool-limit",
    about: "gateway",
    text: {
      da: "{gateway} ({address}): {certificate}-certifikatet kan vi ikke bedømme mod TLSA-posterne ({records}).",
      en: "{gateway} ({address}): we cannot judge the {certificate} certificate against the TLSA records ({records}).",
    },
    remedy: {
      da: "Læg en TLSA-post «3 1 1» for serverens egen nøgle. Certifikatet eller en udsteder har en udvidelse, vi ikke kender.",
      en: 'Publish a TLSA record "3 1 1" for the server\'s own key. The certificate or an issuer has an extension that we do not know.',
    },
  },
});
