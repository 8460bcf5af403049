import { defineMessages } from "../../core/messages.ts";

/** What the head clause says of a web host at one address, and what it shares with clause (a). */
export const accessMessages = defineMessages({
  S27_ACCESS_ENCRYPTED: {
    outcome: "pass",
    text: {
      da: "{site} ({address}) svarer over HTTPS, og intet af det sete kan anvendes ukrypteret.",
      en: "{site} ({address}) answers over HTTPS, and nothing that was seen can be used in clear.",
    },
  },
  S27_ACCESS_HTTP_ONLY: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{site} ({address}) svarer kun ukrypteret: HTTP er åben, og der er ingen HTTPS.",
      en: "{site} ({address}) answers in clear only: HTTP is open, and there is no HTTPS.",
    },
    remedy: {
      da: "Åbn HTTPS med et gyldigt certifikat, og omdirigér alt fra HTTP dertil. Bruges værten ikke, så luk for HTTP.",
      en: "Open HTTPS with a valid certificate, and redirect everything from HTTP to it. If the host is not used, close HTTP.",
    },
  },
  S27_ACCESS_ALSO_PLAIN: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{site} ({address}) kan anvendes ukrypteret: HTTP har indhold, beder om login eller leder videre i klartekst.",
      en: "{site} ({address}) can be used in clear: HTTP has content, asks for a login or leads on in clear.",
    },
    remedy: {
      da: "Omdirigér alle stier fra HTTP direkte til HTTPS, eller luk for HTTP.",
      en: "Redirect every path from HTTP straight to HTTPS, or close HTTP.",
    },
  },
  S27_ACCESS_UNTRUSTED: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{site} ({address}) viser over HTTPS et certifikat, som browsere afviser ({code}).",
      en: "{site} ({address}) presents a certificate over HTTPS that browsers turn down ({code}).",
    },
    remedy: {
      da: "Installér et gyldigt certifikat til {site} med hele kæden.",
      en: "Install a valid certificate for {site} with its whole chain.",
    },
  },
  S27_ACCESS_TLS_FAILS: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{site} ({address}) kan ikke nås over HTTPS: TLS kommer ikke i stand ({code}).",
      en: "{site} ({address}) cannot be reached over HTTPS: no TLS comes about ({code}).",
    },
    remedy: {
      da: "Ret TLS på HTTPS-porten, så en browser kan forbinde, og se efter, at certifikatet er gyldigt.",
      en: "Mend TLS at the HTTPS port so that a browser can connect, and see that the certificate is valid.",
    },
  },
  S27_ACCESS_ELSEWHERE: {
    outcome: "not-applicable",
    text: {
      da: "{site} ({address}) viser intet selv: HTTP leder kun videre til HTTPS et andet sted.",
      en: "{site} ({address}) shows nothing itself: HTTP only leads on to HTTPS elsewhere.",
    },
  },
  S27_WEB_CLOSED: {
    outcome: "not-applicable",
    text: {
      da: "{site} ({address}) har ingen åben webport.",
      en: "{site} ({address}) has no open web port.",
    },
  },
  S27_WEB_UNUSED: {
    outcome: "warn",
    text: {
      da: "{site} ({address}) svarer hverken over HTTP eller HTTPS, men står i fortegnelsen.",
      en: "{site} ({address}) answers neither over HTTP nor over HTTPS, but is in the inventory.",
    },
    remedy: {
      da: "Tag aktivet ud af fortegnelsen, hvis det er nedlagt. Er det i drift, så se efter, om en firewall afviser os.",
      en: "Take the asset out of the inventory if it is gone. If it is in use, see whether a firewall turns us away.",
    },
  },
  S27_NO_ADDRESS: {
    outcome: "not-applicable",
    text: {
      da: "{name} har ingen adresse i DNS, så der er intet at få adgang til.",
      en: "{name} has no address in DNS, so that there is nothing to get access to.",
    },
  },
  S27_IPV6_SILENT: {
    outcome: "warn",
    text: {
      da: "{name} ({address}) svarer ikke. Værten er bedømt på IPv4, som browsere så bruger.",
      en: "{name} ({address}) does not answer. The host was judged over IPv4, which browsers then use.",
    },
    remedy: {
      da: "Få serveren til at svare på IPv6, eller fjern AAAA-posten. Besøgende på IPv6 venter, før de får siden.",
      en: "Have the server answer over IPv6, or remove the AAAA record. Visitors over IPv6 wait before they get the page.",
    },
  },
  S27_ADDRESS_NOT_SEEN: {
    outcome: "warn",
    text: {
      da: "{name} ({address}) er ikke besøgt: der er ingen {family}-rute herfra. En anden adresse er bedømt.",
      en: "{name} ({address}) was not visited: there is no {family} route from here. Another address was judged.",
    },
    remedy: {
      da: "Mål fra et sted med {family}. Serveren på den adresse kan svare anderledes.",
      en: "Measure from a place with {family}. The server at that address may answer otherwise.",
    },
  },
});
