import { defineMessages } from "../../core/messages.ts";

/** What S17 says of one name outside .dk at one address whose visitors do not end up under .dk. */
export const failureMessages = defineMessages({
  S17_CONTENT: {
    outcome: "fail",
    text: {
      da: "{start} ({address}) omdirigeres ikke til .dk: {final} viser en side (status {status}).",
      en: "{start} ({address}) is not redirected to .dk: {final} shows a page (status {status}).",
    },
    remedy: {
      da: "Svar på {start} med 301 eller 308 til .dk-navnet, på alle stier. Er siden for udlandet, så registrér en dispensation med slutdato.",
      en: "Answer {start} with 301 or 308 to the .dk name, on every path. If the page is for people abroad, record an exemption with an end date.",
    },
  },
  S17_SERVICE_OUTSIDE_DK: {
    outcome: "fail",
    text: {
      da: "Tjenesten {start} ({address}) er ikke under .dk: {final} viser en side (status {status}).",
      en: "The service {start} ({address}) is not under .dk: {final} shows a page (status {status}).",
    },
    remedy: {
      da: "Giv tjenesten et navn under .dk, og omdirigér {start} dertil. Er den for udlandet, så registrér en dispensation med slutdato.",
      en: "Give the service a name under .dk and redirect {start} to it. If it is for people abroad, record an exemption with an end date.",
    },
  },
  S17_SCRIPT_ONLY: {
    outcome: "fail",
    text: {
      da: "{start} ({address}) omdirigeres ikke til .dk: {final} sender højst videre med et script.",
      en: "{start} ({address}) is not redirected to .dk: {final} sends visitors on by script at most.",
    },
    remedy: {
      da: "Erstat scriptet på {final} med 301 eller 308 til .dk-navnet. Ikke alle klienter kører scripts.",
      en: "Replace the script at {final} by 301 or 308 to the .dk name. Not every client runs scripts.",
    },
  },
  S17_REFRESH_DELAYED: {
    outcome: "fail",
    text: {
      da: "{start} ({address}) viser en side på {final}, der først sender videre efter {seconds} sekunder.",
      en: "{start} ({address}) shows a page at {final} that sends visitors on only after {seconds} seconds.",
    },
    remedy: {
      da: "Erstat siden på {final} med 301 eller 308 til .dk-navnet. En refresh tæller kun med 0 sekunder.",
      en: "Replace the page at {final} by 301 or 308 to the .dk name. A refresh counts only with 0 seconds.",
    },
  },
  S17_ERROR_PAGE: {
    outcome: "fail",
    text: {
      da: "{start} ({address}) omdirigeres ikke til .dk: {final} svarer {status}.",
      en: "{start} ({address}) is not redirected to .dk: {final} answers {status}.",
    },
    remedy: {
      da: "Svar på {start} med 301 eller 308 til .dk-navnet. Bruges navnet ikke, så fjern dets adresse fra DNS.",
      en: "Answer {start} with 301 or 308 to the .dk name. If the name is not used, remove its address from DNS.",
    },
  },
  S17_LOCATION_UNUSABLE: {
    outcome: "fail",
    text: {
      da: "{start} ({address}) når ikke .dk. Location på {final}: {problem}.",
      en: "{start} ({address}) does not reach .dk. Location at {final}: {problem}.",
    },
    remedy: {
      da: "Send ét Location-felt fra {final} med .dk-navnet som en hel URL, der begynder med https://.",
      en: "Send one Location field from {final} with the .dk name as a whole URL that begins with https://.",
    },
  },
  S17_LOOP: {
    outcome: "fail",
    text: {
      da: "{start} ({address}) når ikke .dk: omdirigeringen går i ring ved {final}.",
      en: "{start} ({address}) does not reach .dk: the redirect goes round in a ring at {final}.",
    },
    remedy: {
      da: "Bryd ringen ved {final}: svar med 301 eller 308 direkte til .dk-navnet.",
      en: "Break the ring at {final}: answer with 301 or 308 straight to the .dk name.",
    },
  },
  S17_CERTIFICATE_STOPS: {
    outcome: "fail",
    text: {
      da: "{start} ({address}) når ikke .dk: browsere afviser certifikatet på {final} ({code}).",
      en: "{start} ({address}) does not reach .dk: browsers refuse {final} ({code}).",
    },
    remedy: {
      da: "Forny certifikatet på {final}, eller omdirigér fra http direkte til .dk-navnet uden om {final}.",
      en: "Renew the certificate at {final}, or redirect from http straight to the .dk name, past {final}.",
    },
  },
  S17_LED_NOWHERE: {
    outcome: "fail",
    about: "final",
    text: {
      da: "{start} ({address}) når ikke .dk: der sendes til {final}, som internettet ikke kan nå.",
      en: "{start} ({address}) does not reach .dk: it leads to {final}, which the internet cannot reach.",
    },
    remedy: {
      da: "Lad Location på {start} pege på .dk-navnet i stedet for {final}.",
      en: "Let Location at {start} point to the .dk name instead of {final}.",
    },
  },
});
