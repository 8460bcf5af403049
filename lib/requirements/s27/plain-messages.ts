import { defineMessages } from "../../core/messages.ts";
import { accessMessages } from "./plain-access-messages.ts";
import { plainRedirectMessages } from "./plain-redirect-messages.ts";

/** What clauses (a) and the head say of a web host at one address. */
export const plainMessages = {
  ...defineMessages({
    S27_PLAIN_REDIRECTS: {
      outcome: "pass",
      text: {
        da: "{site} ({address}) omdirigerer fra HTTP til HTTPS ({pages} af {tried} prøvede stier).",
        en: "{site} ({address}) redirects from HTTP to HTTPS ({pages} of {tried} paths tried).",
      },
    },
    S27_PLAIN_REFUSED: {
      outcome: "pass",
      text: {
        da: "{site} ({address}) kan ikke anvendes over HTTP: alle {tried} prøvede stier giver fejl.",
        en: "{site} ({address}) cannot be used over HTTP: all {tried} paths tried give errors.",
      },
    },
    S27_PLAIN_CLOSED: {
      outcome: "not-applicable",
      text: {
        da: "{site} ({address}) har ingen HTTP at omdirigere: port {port} er {state}, og HTTPS er åben.",
        en: "{site} ({address}) has no HTTP to redirect: port {port} is {state}, and HTTPS is open.",
      },
    },
    S27_PLAIN_NOT_ASKED: {
      outcome: "not-applicable",
      text: {
        da: "{site} er angivet med HTTPS på sin egen port. Der er ingen HTTP, som hører til.",
        en: "{site} is declared with HTTPS at a port of its own. There is no HTTP that belongs to it.",
      },
    },
    S27_NOT_WEB: {
      outcome: "not-applicable",
      text: {
        da: "{name} er ikke en webtjeneste, så der er ingen HTTP at omdirigere.",
        en: "{name} is no web service, so there is no HTTP to redirect.",
      },
    },
    ...plainRedirectMessages,
    S27_PLAIN_BLOCKED: {
      outcome: "indeterminate",
      cause: "vantage-blocked",
      about: "site",
      text: {
        da: "{page} ({address}) afviser os over HTTP (status {status}). Vi ved ikke, hvad andre besøgende får.",
        en: "{page} ({address}) turns us away over HTTP (status {status}). We do not know what other visitors get.",
      },
      remedy: {
        da: "Omdirigér til HTTPS, før en firewall afviser, eller tillad vores adresse.",
        en: "Redirect to HTTPS before a firewall turns visitors away, or allow our address.",
      },
    },
    S27_PLAIN_ERROR_PAGE: {
      outcome: "indeterminate",
      cause: "not-observable",
      about: "site",
      text: {
        da: "{page} ({address}) giver fejl {status} med {octets} byte, måske indhold.",
        en: "{page} ({address}) gives error {status} with {octets} octets: content, perhaps.",
      },
      remedy: {
        da: "Omdirigér også fejlsiden til HTTPS, så intet indhold sendes i klartekst.",
        en: "Redirect the error page to HTTPS as well, so that no content is sent in clear.",
      },
    },
    S27_PLAIN_OTHER_HOST: {
      outcome: "warn",
      text: {
        da: "{site} ({address}) omdirigerer direkte til {target} og kan ikke nå at sætte HSTS.",
        en: "{site} ({address}) redirects straight to {target} and cannot set HSTS before.",
      },
      remedy: {
        da: "Omdirigér først til https://{host} og derfra videre. Det kræver et certifikat til {host}.",
        en: "Redirect to https://{host} first and on from there. That takes a certificate for {host}.",
      },
    },
    S27_PLAIN_HOPS: {
      outcome: "warn",
      text: {
        da: "{page} ({address}) når først HTTPS efter {count} ukrypterede svar.",
        en: "{page} ({address}) reaches HTTPS only after {count} answers in clear.",
      },
      remedy: {
        da: "Lad det første svar omdirigere direkte til https://. Hvert ukrypteret svar kan ændres undervejs.",
        en: "Let the first answer redirect straight to https://. Every answer in clear can be changed on its way.",
      },
    },
    S27_PLAIN_ERRORS: {
      outcome: "warn",
      text: {
        da: "{page} ({address}) giver fejl over HTTP (status {status}) i stedet for at omdirigere til HTTPS.",
        en: "{page} ({address}) gives an error over HTTP (status {status}) instead of redirecting to HTTPS.",
      },
      remedy: {
        da: "Omdirigér alle stier til HTTPS, eller luk porten. En fejl i dag kan være indhold i morgen.",
        en: "Redirect every path to HTTPS, or close the port. What is an error today may be content tomorrow.",
      },
    },
  }),
  ...accessMessages,
} as const;
