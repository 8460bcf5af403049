import { defineMessages } from "../../core/messages.ts";

/** What K11 says of the names by which visitors enter (clause 2). */
export const entryMessages = defineMessages({
  K11_ENTRY_HOLDS: {
    outcome: "pass",
    text: {
      da: "{target} svarer selv over HTTPS med HSTS i {seconds} sekunder, før nogen sendes videre.",
      en: "{target} itself answers over HTTPS with HSTS for {seconds} seconds before anyone is sent elsewhere.",
    },
  },
  K11_ENTRY_REDIRECT_ONLY: {
    outcome: "fail",
    text: {
      da: "{target} omdirigerer kun fra HTTP (til {location}) og svarer ikke selv over HTTPS.",
      en: "{target} only redirects from HTTP (to {location}): no HTTPS answer of its own.",
    },
    remedy: {
      da: "Lad {host} svare på port 443 med et gyldigt certifikat og HSTS, og omdirigér først derfra. Gælder navnet kun som alias, skal det stadig selv have HTTPS.",
      en: "Let {host} answer at port 443 with a valid certificate and HSTS, and redirect from there. A name that is just an alias still needs HTTPS of its own.",
    },
  },
  K11_ENTRY_PLAIN_ONLY: {
    outcome: "fail",
    text: {
      da: "{target} svarer kun over HTTP (status {status}). Ingen kan komme ind over HTTPS.",
      en: "{target} answers over HTTP only (status {status}). Nobody can enter over HTTPS.",
    },
    remedy: {
      da: "Lad {host} svare over HTTPS med et gyldigt certifikat og HSTS, eller luk for HTTP, hvis navnet ikke bruges.",
      en: "Let {host} answer over HTTPS with a valid certificate and HSTS, or close HTTP if the name is not used.",
    },
  },
  K11_ENTRY_NO_TLS: {
    outcome: "fail",
    text: {
      da: "{target}: TLS kommer ikke i stand ({code}), så ingen kommer ind.",
      en: "{target}: TLS does not come about ({code}), so nobody gets in.",
    },
    remedy: {
      da: "Sæt {host} op på denne adresse med TLS 1.2 eller nyere, et certifikat for navnet og HSTS, også hvis navnet kun omdirigerer.",
      en: "Set up {host} at this address with TLS 1.2 or later, a certificate for the name, and HSTS, even if the name only redirects.",
    },
  },
  K11_ENTRY_DISTRUSTED: {
    outcome: "fail",
    text: {
      da: "{target}: certifikatet godtages ikke ({code}), så HSTS læres ikke.",
      en: "{target}: the certificate is not accepted ({code}): HSTS is not learned.",
    },
    remedy: {
      da: "Sæt et certifikat, der gælder for {host}, med hele kæden på denne adresse, også hvis navnet kun omdirigerer.",
      en: "Install a certificate that is valid for {host}, with its whole chain, at this address, even if the name only redirects.",
    },
  },
  K11_ENTRY_WITHOUT_POLICY: {
    outcome: "fail",
    text: {
      da: "{target}: det første HTTPS-svar ({answer}) mangler Strict-Transport-Security.",
      en: "{target}: the first HTTPS answer ({answer}) lacks Strict-Transport-Security.",
    },
    remedy: {
      da: "Send Strict-Transport-Security: max-age=31536000 i svaret fra {host} selv, også når det er en omdirigering. Headeren på målet gælder ikke for {host}.",
      en: "Send Strict-Transport-Security: max-age=31536000 in the answer of {host} itself, redirects included. The target's header does not count for {host}.",
    },
  },
  K11_ENTRY_POLICY_INVALID: {
    outcome: "fail",
    text: {
      da: "{target}: HSTS i det første HTTPS-svar tæller ikke: {problem}.",
      en: "{target}: HSTS in the first HTTPS answer is void: {problem}.",
    },
    remedy: {
      da: "Lad {host} sende feltet i denne form: max-age=31536000, eventuelt med ; includeSubDomains. Kun det første felt i svaret tæller.",
      en: "Let {host} send the field in this form: max-age=31536000, with ; includeSubDomains if wanted. Only the first field of the answer counts.",
    },
  },
  K11_ENTRY_SHORT: {
    outcome: "fail",
    text: {
      da: "{target}: HSTS gælder kun {seconds} sekunder. Del 2 kræver mindst et år (31536000).",
      en: "{target}: HSTS lasts {seconds} seconds only. Part 2 asks for a year at least (31536000).",
    },
    remedy: {
      da: "Hæv max-age på {host} til 31536000, gerne i trin. Browsere holder fast i HTTPS så længe, også hvis HTTPS går i stykker.",
      en: "Raise max-age at {host} to 31536000, in steps if you like. Browsers hold on to HTTPS for as long, even if HTTPS breaks.",
    },
  },
  K11_APEX_ALONE: {
    outcome: "fail",
    text: {
      da: "{target}: HSTS gælder ikke for navnene under {host}: includeSubDomains mangler.",
      en: "{target}: HSTS does not cover the names below {host}: includeSubDomains is missing.",
    },
    remedy: {
      da: "Tilføj ; includeSubDomains på {host}. Gennemgå først alle navne under {host}, også interne: dem, der kun har HTTP, kan ingen browser åbne bagefter (RFC 6797 afsnit 11.4.1).",
      en: "Add ; includeSubDomains at {host}. First go through all names below {host}, internal ones too: no browser can open those that have HTTP only afterwards (RFC 6797 section 11.4.1).",
    },
  },
  K11_PLAIN_REFERENCES: {
    outcome: "fail",
    text: {
      da: "{target}: egne sider henviser til egne navne over http ({count}), bl.a. {reference}.",
      en: "{target}: own pages refer to own names by http ({count}), such as {reference}.",
    },
    remedy: {
      da: "Skriv https i links, formularer og canonical-adresser til egne navne. Se efter faste adresser i skabeloner og menuer.",
      en: "Write https in links, forms and canonical addresses of own names. Look for fixed addresses in templates and menus.",
    },
  },
  K11_REDIRECT_ELSEWHERE: {
    outcome: "warn",
    text: {
      da: "{target} omdirigerer fra HTTP direkte til {location}, så HSTS ikke læres her.",
      en: "{target} redirects from HTTP directly to {location}: HSTS is not learned here.",
    },
    remedy: {
      da: "Omdirigér fra http til https på {host} først, og derfra videre. Det koster ét ekstra svar ved første besøg.",
      en: "Redirect from http to https at {host} first, and on from there. It costs one more answer at the first visit.",
    },
  },
});
