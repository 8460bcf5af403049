import { defineMessages } from "../../core/messages.ts";

/** What clause (a) says of a host's plain HTTP at one address, where it is not what it must be. */
export const plainRedirectMessages = defineMessages({
  S27_PLAIN_CONTENT: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{page} ({address}) leverer indhold ukrypteret (status {status}) i stedet for at omdirigere til HTTPS.",
      en: "{page} ({address}) delivers content in clear (status {status}) instead of redirecting to HTTPS.",
    },
    remedy: {
      da: "Svar 301 eller 308 med Location: https:// på enhver sti over HTTP. Et script i siden er ikke en omdirigering.",
      en: "Answer 301 or 308 with Location: https:// at every path over HTTP. A script in the page is not a redirect.",
    },
  },
  S27_PLAIN_REFRESH: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{page} ({address}) leverer ukrypteret en side, som selv går videre. Det er ikke en omdirigering.",
      en: "{page} ({address}) delivers in clear a page that moves on by itself. That is not a redirect.",
    },
    remedy: {
      da: "Lad serveren svare 301 eller 308 med Location: https:// i stedet for at sende en side med refresh.",
      en: "Let the server answer 301 or 308 with Location: https:// instead of sending a page with a refresh.",
    },
  },
  S27_PLAIN_PATHS: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{page} ({address}) giver indhold ukrypteret. Andre sider omdirigeres.",
      en: "{page} ({address}) gives content in clear. Other pages redirect.",
    },
    remedy: {
      da: "Lad omdirigeringen gælde alle stier, ikke kun forsiden. Undtag højst /.well-known/acme-challenge/.",
      en: "Let the redirect apply to every path, not to the front page alone. Exempt /.well-known/acme-challenge/ at most.",
    },
  },
  S27_PLAIN_LOGIN: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{page} ({address}) beder om login over ukrypteret HTTP (status {status}).",
      en: "{page} ({address}) asks for a login over HTTP in clear (status {status}).",
    },
    remedy: {
      da: "Omdirigér til HTTPS, før der bedes om login. Skift adgangskoder, der kan være sendt i klartekst.",
      en: "Redirect to HTTPS before a login is asked for. Change passwords that may have been sent in clear.",
    },
  },
  S27_PLAIN_THIRD_PARTY: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{site} ({address}) sender videre over ukrypteret HTTP til en anden vært, {target}.",
      en: "{site} ({address}) sends visitors on over HTTP in clear to another host, {target}.",
    },
    remedy: {
      da: "Omdirigér direkte til https://. Kender den anden vært ikke HTTPS, så peg på en, der gør.",
      en: "Redirect straight to https://. If the other host has no HTTPS, point to one that does.",
    },
  },
  S27_PLAIN_DETOUR: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{page} ({address}) når ikke HTTPS inden for {limit} omdirigeringer.",
      en: "{page} ({address}) does not reach HTTPS within {limit} redirects.",
    },
    remedy: {
      da: "Lad det første svar over HTTP omdirigere direkte til https://.",
      en: "Let the first answer over HTTP redirect straight to https://.",
    },
  },
  S27_PLAIN_ASTRAY: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{page} ({address}) svarer {status}, men fører ikke til HTTPS: {problem}.",
      en: "{page} ({address}) answers {status} but does not lead to HTTPS: {problem}.",
    },
    remedy: {
      da: "Svar 301 eller 308 med ét Location-felt, der begynder med https:// og peger på en side, der findes.",
      en: "Answer 301 or 308 with a single Location field that begins with https:// and names a page that exists.",
    },
  },
  S27_PLAIN_TARGET_INSECURE: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{site} ({address}) leder til {target}, hvis TLS fejler ({code}).",
      en: "{site} ({address}) leads to {target}, whose TLS fails ({code}).",
    },
    remedy: {
      da: "Giv {target} et gyldigt certifikat med hele kæden, eller omdirigér til en vært, der har det.",
      en: "Give {target} a valid certificate with its whole chain, or redirect to a host that has one.",
    },
  },
  S27_PLAIN_TARGET_CLOSED: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{page} ({address}) omdirigerer til {target}, men der er ingen HTTPS ({problem}).",
      en: "{page} ({address}) redirects to {target}, but there is no HTTPS ({problem}).",
    },
    remedy: {
      da: "Åbn HTTPS på {target} med et gyldigt certifikat, eller ret omdirigeringen.",
      en: "Open HTTPS at {target} with a valid certificate, or mend the redirect.",
    },
  },
  S27_PLAIN_DOWNGRADE: {
    outcome: "fail",
    about: "site",
    text: {
      da: "{page} ({address}) fører tilbage til ukrypteret HTTP på {target}.",
      en: "{page} ({address}) leads back to HTTP in clear at {target}.",
    },
    remedy: {
      da: "Ret omdirigeringen, så den peger på https://. Ofte tror en applikation bag en proxy, at den taler HTTP.",
      en: "Mend the redirect so that it names https://. Often an application behind a proxy believes that it speaks HTTP.",
    },
  },
});
