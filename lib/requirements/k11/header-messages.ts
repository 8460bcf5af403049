import { defineMessages } from "../../core/messages.ts";

/** What K11 says of the answers of one host at one address (clause 1). */
export const headerMessages = defineMessages({
  K11_HEADER_ON_ALL: {
    outcome: "pass",
    text: {
      da: "{target}: alle {total} HTTPS-svar, vi har set, har en gyldig Strict-Transport-Security.",
      en: "{target}: all {total} HTTPS answers that we saw have a valid Strict-Transport-Security.",
    },
  },
  K11_HEADER_MISSING: {
    outcome: "fail",
    text: {
      da: "{target}: {count} af {total} HTTPS-svar mangler Strict-Transport-Security, bl.a. {answer}.",
      en: "{target}: {count} of {total} HTTPS answers lack Strict-Transport-Security, as does {answer}.",
    },
    remedy: {
      da: "Tilføj headeren, hvor alle svar passerer (også omdirigeringer og fejlsider): Strict-Transport-Security: max-age=31536000. Det virker i hver browser i et år, så HTTPS skal blive.",
      en: "Add the header where all answers pass (redirects and error pages too): Strict-Transport-Security: max-age=31536000. Every browser keeps to it for a year, so HTTPS must stay.",
    },
  },
  K11_HEADER_INVALID: {
    outcome: "fail",
    text: {
      da: "{target}: HSTS tæller ikke i {count} af {total} svar: {problem}.",
      en: "{target}: HSTS is void in {count} of {total} answers: {problem}.",
    },
    remedy: {
      da: "Send feltet i denne form: max-age=31536000, eventuelt med ; includeSubDomains. Kun det første felt i et svar tæller, så ret det, der står først.",
      en: "Send the field in this form: max-age=31536000, with ; includeSubDomains if wanted. Only the first field of an answer counts, so correct the one that stands first.",
    },
  },
  K11_HEADER_OFF: {
    outcome: "fail",
    text: {
      da: "{target}: {count} af {total} HTTPS-svar slår HSTS fra med max-age=0, bl.a. {answer}.",
      en: "{target}: {count} of {total} HTTPS answers end HSTS with max-age=0, as does {answer}.",
    },
    remedy: {
      da: "Sæt max-age til mindst 31536000 i alle svar. Så længe et enkelt svar siger 0, glemmer browsere HSTS, når de møder det.",
      en: "Set max-age to at least 31536000 in all answers. As long as a single one says 0, browsers forget HSTS when they meet it.",
    },
  },
  K11_HEADER_DISTRUSTED: {
    outcome: "fail",
    text: {
      da: "{target}: certifikatet godtages ikke ({code}), så HSTS tæller ikke.",
      en: "{target}: the certificate is not accepted ({code}): HSTS is void.",
    },
    remedy: {
      da: "Sæt et gyldigt certifikat til navnet med hele kæden på denne adresse. HSTS læres først af en forbindelse uden fejl.",
      en: "Install a valid certificate for the name, with its whole chain, at this address. HSTS is learned from a connection without errors only.",
    },
  },
  K11_HEADER_SHORT: {
    outcome: "warn",
    text: {
      da: "{target}: HSTS gælder under et år ({seconds} s) i {count} af {total} svar, bl.a. {answer}.",
      en: "{target}: HSTS lasts under a year ({seconds} s) in {count} of {total} answers: {answer}.",
    },
    remedy: {
      da: "Hæv max-age til 31536000, gerne i trin. Browsere holder fast i HTTPS så længe, også hvis HTTPS går i stykker.",
      en: "Raise max-age to 31536000, in steps if you like. Browsers hold on to HTTPS for as long, even if HTTPS breaks.",
    },
  },
  K11_HEADER_REPEATED: {
    outcome: "warn",
    text: {
      da: "{target}: {count} af {total} HTTPS-svar har HSTS-feltet flere gange, bl.a. {answer}.",
      en: "{target}: {count} of {total} HTTPS answers repeat the HSTS field, as does {answer}.",
    },
    remedy: {
      da: "Lad kun ét led sende feltet, serveren eller det, der står foran den. Browsere læser det første og ser bort fra resten.",
      en: "Let one party alone send the field, the server or what stands before it. Browsers read the first and ignore the rest.",
    },
  },
  K11_HEADER_ON_HTTP: {
    outcome: "warn",
    text: {
      da: "{target}: HSTS sendes også over HTTP, hvor det ikke virker ({answer}).",
      en: "{target}: HSTS is sent over HTTP too, where it does nothing ({answer}).",
    },
    remedy: {
      da: "Send kun feltet over HTTPS (RFC 6797 afsnit 7.2). Svar over HTTP skal blot omdirigere.",
      en: "Send the field over HTTPS only (RFC 6797 section 7.2). Answers over HTTP should just redirect.",
    },
  },
  K11_ONLY_REFUSALS: {
    outcome: "indeterminate",
    cause: "vantage-blocked",
    text: {
      da: "{target} afviser os i alle {total} HTTPS-svar ({answer}), så siderne er ikke set.",
      en: "{target} turns us away in all {total} HTTPS answers ({answer}): no pages were seen.",
    },
    remedy: {
      da: "Tillad vores adresse i firewallen, eller mål fra et andet sted.",
      en: "Allow our address in the firewall, or measure from another place.",
    },
  },
  K11_WILDCARD_DISTRUSTED: {
    outcome: "warn",
    text: {
      da: "{target} rammes af et wildcard, hvis certifikat ikke godtages ({code}).",
      en: "{target} is caught by a wildcard, its certificate not accepted ({code}).",
    },
    remedy: {
      da: "Fjern wildcard-posten i DNS, hvis den ikke bruges. Sender domænet includeSubDomains, kan ingen komme ind på de navne.",
      en: "Remove the wildcard record in DNS if it is not used. If the domain sends includeSubDomains, nobody gets in by those names.",
    },
  },
  K11_WILDCARD_TURNED_DOWN: {
    outcome: "warn",
    text: {
      da: "{target} rammes af et wildcard, men HTTPS afvises for det navn.",
      en: "{target} is caught by a wildcard, but HTTPS is turned down for that name.",
    },
    remedy: {
      da: "Fjern wildcard-posten i DNS, hvis den ikke bruges. Så længe den er der, fører alle navne under domænet til serveren.",
      en: "Remove the wildcard record in DNS if it is not used. As long as it is there, all names below the domain lead to the server.",
    },
  },
  K11_NO_HTTPS: {
    outcome: "not-applicable",
    text: {
      da: "{target} giver ingen HTTPS-svar, der kunne have HSTS. Del 2 og S27 bedømmer det.",
      en: "{target} gives no HTTPS answers that could have HSTS. Part 2 and S27 judge that.",
    },
  },
  K11_NO_WEB_SERVER: {
    outcome: "not-applicable",
    text: {
      da: "{target} afviser forbindelser på webportene: der er ingen webserver.",
      en: "{target} refuses connections at its web ports: there is no web server.",
    },
  },
  K11_NO_ADDRESS: {
    outcome: "not-applicable",
    text: {
      da: "{host} har ingen adresse i DNS og altså intet websted.",
      en: "{host} has no address in DNS, and so no web site.",
    },
  },
  K11_IP_LITERAL: {
    outcome: "not-applicable",
    text: {
      da: "{host} er en IP-adresse. HSTS gælder kun for navne (RFC 6797 afsnit 8.1.1).",
      en: "{host} is an IP address. HSTS is for names only (RFC 6797 section 8.1.1).",
    },
  },
  K11_IPV6_SILENT: {
    outcome: "warn",
    text: {
      da: "{target} svarer ikke. Værten er bedømt på IPv4, som browsere så bruger.",
      en: "{target} does not answer. The host was judged over IPv4, which browsers then use.",
    },
    remedy: {
      da: "Få serveren til at svare på IPv6, eller fjern AAAA-posten. Besøgende på IPv6 venter, før de får siden.",
      en: "Have the server answer over IPv6, or remove the AAAA record. Visitors over IPv6 wait before they get the page.",
    },
  },
  K11_ADDRESS_NOT_SEEN: {
    outcome: "warn",
    text: {
      da: "{target} er ikke besøgt: der er ingen {family}-rute herfra. En anden adresse er bedømt.",
      en: "{target} was not visited: there is no {family} route from here. Another address was judged.",
    },
    remedy: {
      da: "Mål fra et sted med {family}. Svarene på den adresse kan være andre.",
      en: "Measure from a place with {family}. The answers at that address may be others.",
    },
  },
});
