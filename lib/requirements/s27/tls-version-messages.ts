import { defineMessages } from "../../core/messages.ts";

/** What S27 says of versions (clause b), and of endpoints without TLS to judge. */
export const versionMessages = defineMessages({
  S27_VERSIONS_MET: {
    outcome: "pass",
    text: {
      da: "{target} tager kun imod {versions}.",
      en: "{target} accepts {versions} only.",
    },
  },
  S27_VERSION_OLD: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} tager imod {versions}. HTTPS må kun køre med TLS 1.2 eller nyere.",
      en: "{target} accepts {versions}. HTTPS may only run on TLS 1.2 or newer.",
    },
    remedy: {
      da: "Slå {versions} fra på serveren, og behold TLS 1.2 og 1.3. Klienter, der er ældre end det, kan så ikke komme ind.",
      en: "Disable {versions} on the server and keep TLS 1.2 and 1.3. Clients that are older than that can no longer enter.",
    },
  },
  S27_VERSION_MODERN_MISSING: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} tager hverken imod TLS 1.2 eller TLS 1.3.",
      en: "{target} accepts neither TLS 1.2 nor TLS 1.3.",
    },
    remedy: {
      da: "Slå TLS 1.2 og 1.3 til. Kan serveren ikke, så opdatér den, eller sæt en nyere foran.",
      en: "Enable TLS 1.2 and 1.3. If the server cannot, update it or put a newer one before it.",
    },
  },
  S27_TLS_MISSING: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} svarer, men ingen TLS-forbindelse kommer i stand.",
      en: "{target} answers, but no TLS connection comes about.",
    },
    remedy: {
      da: "Sæt TLS 1.2 og 1.3 op på porten med et certifikat og dets nøgle. Afviser en firewall os, så tillad vores adresse.",
      en: "Set up TLS 1.2 and 1.3 on the port with a certificate and its key. If a firewall rejects us, allow our address.",
    },
  },
  S27_VERSIONS_NOT_HTTPS: {
    outcome: "not-applicable",
    text: {
      da: "{target} er ikke en HTTPS-tjeneste. Dens TLS-versioner bedømmes efter profilen.",
      en: "{target} is no HTTPS service. Its TLS versions are judged by the profile.",
    },
  },
  S27_TLS_NOT_JUDGED: {
    outcome: "not-applicable",
    text: {
      da: "{target} har ingen TLS at bedømme her: {why}.",
      en: "{target} has no TLS to judge here: {why}.",
    },
  },
  S27_TLS_IPV6_SILENT: {
    outcome: "warn",
    text: {
      da: "{target} svarer ikke. TLS er bedømt på IPv4, som browsere så bruger.",
      en: "{target} does not answer. TLS was judged over IPv4, which browsers then use.",
    },
    remedy: {
      da: "Få serveren til at svare på IPv6, eller fjern AAAA-posten. Besøgende på IPv6 venter, før de får siden.",
      en: "Have the server answer over IPv6, or remove the AAAA record. Visitors over IPv6 wait before they get the page.",
    },
  },
  S27_TLS_NOT_SEEN_HERE: {
    outcome: "warn",
    text: {
      da: "{target} er ikke besøgt: der er ingen {family}-rute herfra. En anden adresse er bedømt.",
      en: "{target} was not visited: there is no {family} route from here. Another address was judged.",
    },
    remedy: {
      da: "Mål fra et sted med {family}. Serveren på den adresse kan være sat anderledes op.",
      en: "Measure from a place with {family}. The server at that address may be set up in another way.",
    },
  },
});
