import type { Cause } from "../core/cause.ts";
import type { Bilingual, Language, Outcome } from "../core/messages.ts";
import type { Judged, Verdict } from "../core/verdict.ts";

/** A verdict as people say it. */
export const VERDICT_WORDS: Readonly<Record<Verdict, Bilingual>> = {
  pass: { da: "opfyldt", en: "fulfilled" },
  fail: { da: "ikke opfyldt", en: "not fulfilled" },
  indeterminate: { da: "kan ikke afgøres", en: "not known" },
  "not-applicable": { da: "ikke relevant", en: "not applicable" },
  attested: { da: "erklæret opfyldt", en: "attested" },
};

/** What a single finding means for the verdict. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, Bilingual>> = {
  pass: { da: "i orden", en: "in order" },
  fail: { da: "fejl", en: "failure" },
  warn: { da: "advarsel", en: "warning" },
  "not-applicable": { da: "ikke relevant", en: "not applicable" },
  indeterminate: { da: "kan ikke afgøres", en: "not known" },
};

/** Why there is no answer, in a few words. */
export const CAUSE_WORDS: Readonly<Record<Cause, Bilingual>> = {
  internal: { da: "fejl hos os", en: "a fault of ours" },
  "no-authorisation": { da: "ingen gyldig tilladelse til scanning", en: "no valid authorisation to scan" },
  "no-inventory": { da: "fortegnelsen mangler det nødvendige", en: "the inventory lacks what it takes" },
  "asset-not-found": { da: "navnet findes ikke", en: "the name does not exist" },
  "vantage-blocked": { da: "kan ikke nås herfra", en: "cannot be reached from here" },
  "port25-egress-blocked": { da: "udgående port 25 er spærret her", en: "outgoing port 25 is blocked here" },
  "dns-timeout": { da: "DNS svarede ikke", en: "DNS gave no answer" },
  "dns-servfail": { da: "DNS gav intet brugbart svar", en: "DNS gave no usable answer" },
  "tcp-timeout": { da: "ingen svar over TCP", en: "no answer over TCP" },
  "connection-reset": { da: "forbindelsen blev brudt", en: "the connection was reset" },
  "connection-refused": { da: "forbindelsen blev afvist", en: "the connection was refused" },
  "tls-failed": { da: "ingen TLS-forbindelse", en: "no TLS connection" },
  "protocol-error": { da: "svaret kunne ikke læses", en: "the reply could not be read" },
  greylisted: { da: "bedt om at vente (greylisting)", en: "asked to wait (greylisting)" },
  "no-inside-probe": { da: "ingen måling indefra", en: "no probe inside" },
  "probe-stale": { da: "seneste måling er for gammel", en: "the latest measurement is too old" },
  "no-attestation": { da: "ingen erklæring", en: "no attestation" },
  "attestation-expired": { da: "en erklæring er udløbet", en: "an attestation has lapsed" },
  "not-observable": { da: "kan ikke ses udefra", en: "cannot be seen from outside" },
  "tool-limit": { da: "ud over, hvad værktøjet kan", en: "beyond what the tool can do" },
};

/** A verdict as people say it, with why when it is not known. */
export function judgedWords({ verdict, cause }: Judged, language: Language): string {
  const words = VERDICT_WORDS[verdict][language];
  return cause === null ? words : `${words} (${CAUSE_WORDS[cause][language]})`;
}
