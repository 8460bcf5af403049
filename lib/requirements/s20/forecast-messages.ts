import { defineMessages } from "../../core/messages.ts";

/** What S20 says of a match that holds today (20.7): warnings, for a verdict is about today. */
export const forecastMessages = defineMessages({
  S20_RENEWAL_BREAKS: {
    outcome: "warn",
    text: {
      da: "{gateway} ({address}): næste fornyelse af {certificate} bryder DANE ({records}), senest {expires}.",
      en: "{gateway} ({address}): the next {certificate} renewal breaks DANE ({records}), by {expires}.",
    },
    remedy: {
      da: "Posten dækker kun selve certifikatet: læg en «3 1 1» for nøglen, og behold nøglen ved fornyelse. Ellers læg det næste certifikats post mindst to TTL før.",
      en: 'The record covers the certificate alone: publish a "3 1 1" for the key and keep the key when renewing. Otherwise publish the next certificate\'s record at least two TTLs before.',
    },
  },
  S20_KEY_MUST_STAY: {
    outcome: "warn",
    text: {
      da: "{gateway} ({address}): skifter {certificate} nøgle inden {expires}, brydes DANE ({records}).",
      en: "{gateway} ({address}): a new {certificate} key before {expires} breaks DANE ({records}).",
    },
    remedy: {
      da: "Læg posten for den næste nøgle nu, mindst to TTL før den tages i brug, eller behold nøglen (certbot: --reuse-key).",
      en: "Publish the next key's record now, at least two TTLs before it is used, or keep the key (certbot: --reuse-key).",
    },
  },
  S20_CHAIN_ENDS_SOON: {
    outcome: "warn",
    text: {
      da: "{gateway} ({address}): kæden fra {certificate} til {records} udløber {expires} og afvises så.",
      en: "{gateway} ({address}): the chain from {certificate} to {records} ends {expires} and is rejected then.",
    },
    remedy: {
      da: "Forny certifikatet. Er det udstederen, der udløber, så læg den nye udsteders post mindst to TTL før skiftet.",
      en: "Renew the certificate. If it is the issuer that ends, publish the new issuer's record at least two TTLs before the change.",
    },
  },
  S20_CERTIFICATE_OUT_OF_DATE: {
    outcome: "warn",
    text: {
      da: "{gateway} ({address}): {certificate} er ude af dato (til {expires}). DANE ser bort fra det.",
      en: "{gateway} ({address}): {certificate} is outside its dates (until {expires}). DANE ignores that.",
    },
    remedy: {
      da: "Forny certifikatet, og behold nøglen, eller læg den nye nøgles post først. Afsendere uden DANE kan afvise det.",
      en: "Renew the certificate and keep the key, or publish the new key's record first. Senders without DANE may reject it.",
    },
  },
  S20_FORM_UNMATCHED: {
    outcome: "warn",
    text: {
      da: "{gateway} ({address}): ingen TLSA-post {records} passer til {certificate}-certifikatet. En anden post gør.",
      en: "{gateway} ({address}): no TLSA record {records} matches the {certificate} certificate. Another record does.",
    },
    remedy: {
      da: "Ret eller fjern posterne {records}: hver slags skal passe til det, serveren viser (RFC 7671 afsnit 8.4).",
      en: "Correct or remove the records {records}: each kind must match what the server presents (RFC 7671 section 8.4).",
    },
  },
});
