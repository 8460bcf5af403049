import { defineMessages } from "../../core/messages.ts";

/** What S17 says of one name outside .dk at one address, where all is well, nothing is there, or something is worth knowing. */
export const visitMessages = defineMessages({
  S17_REDIRECTED: {
    outcome: "pass",
    text: {
      da: "{host} ({address}) sender besøgende videre til {final}, der er under .dk.",
      en: "{host} ({address}) sends visitors on to {final}, which is under .dk.",
    },
  },
  S17_CLOSED: {
    outcome: "not-applicable",
    text: {
      da: "{host} ({address}) afviser forbindelser på {ports}, så der er intet at omdirigere.",
      en: "{host} ({address}) refuses connections on {ports}, so there is nothing to redirect.",
    },
  },
  S17_ADDRESS_LEFT: {
    outcome: "warn",
    text: {
      da: "{host} peger stadig på {address}, hvor intet svarer på {ports}.",
      en: "{host} still points to {address}, where nothing answers on {ports}.",
    },
    remedy: {
      da: "Fjern adressen fra DNS, hvis {host} ikke bruges. Overtager andre adressen, svarer de for navnet.",
      en: "Remove the address from DNS if {host} is not used. Whoever takes over the address answers for the name.",
    },
  },
  S17_ADDRESS_NOT_SEEN: {
    outcome: "warn",
    text: {
      da: "{host} ({address}) er ikke besøgt: der er ingen {family}-rute herfra. En anden adresse er bedømt.",
      en: "{host} ({address}) was not visited: there is no {family} route from here. Another address was judged.",
    },
    remedy: {
      da: "Mål fra et sted med {family}. Der kan være en anden side på den adresse.",
      en: "Measure from a place with {family}. There may be another page at that address.",
    },
  },
  S17_META_REFRESH: {
    outcome: "warn",
    text: {
      da: "{start} ({address}) når først .dk, når en side er hentet: den sender videre med refresh.",
      en: "{start} ({address}) reaches .dk only when a page has been loaded: it sends visitors on by refresh.",
    },
    remedy: {
      da: "Svar på {start} med 301 eller 308 i stedet. Ikke alle klienter følger en refresh.",
      en: "Answer {start} with 301 or 308 instead. Not every client follows a refresh.",
    },
  },
  S17_THIRD_HOST: {
    outcome: "warn",
    text: {
      da: "{start} ({address}) når .dk over {between}, der ikke er under .dk.",
      en: "{start} ({address}) reaches .dk by way of {between}, which is not under .dk.",
    },
    remedy: {
      da: "Omdirigér {start} direkte til .dk-navnet. Ellers ser {between} alle besøgende og kan sende dem et andet sted hen.",
      en: "Redirect {start} straight to the .dk name. Otherwise {between} sees every visitor and can send them elsewhere.",
    },
  },
  S17_START_BROKEN: {
    outcome: "warn",
    text: {
      da: "Browsere kommer ikke igennem {start} ({address}): {code}. En anden vej fører til .dk.",
      en: "Browsers do not get through at {start} ({address}): {code}. Another way leads to .dk.",
    },
    remedy: {
      da: "Giv {start} et gyldigt certifikat, og omdirigér også dér. TLS bedømmes under S27.",
      en: "Give {start} a valid certificate, and redirect there, too. TLS is judged under S27.",
    },
  },
  S17_DK_ERROR: {
    outcome: "warn",
    text: {
      da: "{start} ({address}) ender på {final}, der er under .dk, men svarer {status}.",
      en: "{start} ({address}) ends at {final}, which is under .dk but answers {status}.",
    },
    remedy: {
      da: "Lad omdirigeringen pege på en side, der findes på {final}. Kravet er opfyldt, men besøgende ser en fejl.",
      en: "Let the redirect point to a page that exists on {final}. The requirement is fulfilled, but visitors see an error.",
    },
  },
  S17_BLOCKED: {
    outcome: "indeterminate",
    cause: "vantage-blocked",
    about: "final",
    text: {
      da: "{final} afviser os (svar {status}), så det kan ikke ses, hvor {start} ({address}) fører hen.",
      en: "{final} turns us away (reply {status}), so it cannot be seen where {start} ({address}) leads.",
    },
    remedy: {
      da: "Lad {final} svare vores adresse, eller mål fra et andet sted.",
      en: "Let {final} answer our address, or measure from another place.",
    },
  },
  S17_TOO_MANY_REDIRECTS: {
    outcome: "indeterminate",
    cause: "tool-limit",
    text: {
      da: "{start} ({address}) er ikke nået frem efter {limit} omdirigeringer; den sidste var på {final}.",
      en: "{start} ({address}) has not arrived after {limit} redirects; the last was at {final}.",
    },
    remedy: {
      da: "Omdirigér {start} direkte til .dk-navnet.",
      en: "Redirect {start} straight to the .dk name.",
    },
  },
  S17_LOOP_UNDER_DK: {
    outcome: "indeterminate",
    cause: "protocol-error",
    about: "final",
    text: {
      da: "{start} ({address}) når .dk, men går så i ring ved {final}. Vi har ingen cookies med.",
      en: "{start} ({address}) reaches .dk, then goes round in a ring at {final}. We carry no cookies.",
    },
    remedy: {
      da: "Lad {final} vise siden for besøgende uden cookies. Så kan det ses, at de bliver under .dk.",
      en: "Let {final} show its page to visitors without cookies. Then it can be seen that they stay under .dk.",
    },
  },
});
