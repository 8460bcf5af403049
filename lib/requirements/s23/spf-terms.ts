import type { Bilingual } from "../../core/messages.ts";
import type { SpfProblem } from "../../parsers/spf.ts";

/** What the faults of a term are called in a sentence, between brackets. */
export const spfTerms: Readonly<Record<SpfProblem | "target" | SpfFault, Bilingual>> = {
  macro: { da: "fejl i en makro", en: "a macro is malformed" },
  "macro-letter": { da: "makroen må kun stå i forklaringer", en: "the macro is for explanations only" },
  characters: { da: "tegn, der ikke må være der", en: "characters that must not be there" },
  domain: { da: "det er ikke et domænenavn", en: "that is not a domain name" },
  target: { da: "navnet kan ikke slås op", en: "the name cannot be looked up" },
  mechanism: { da: "ukendt led", en: "unknown term" },
  argument: { da: "der må intet stå efter leddets navn", en: "nothing may follow the term's name" },
  "no-argument": { da: "der mangler en værdi", en: "a value is missing" },
  prefix: { da: "præfikslængden er forkert", en: "the prefix length is wrong" },
  address: { da: "det er ikke en IP-adresse", en: "that is not an IP address" },
  "repeated-modifier": { da: "leddet står der to gange", en: "the term stands there twice" },
  "too-many-terms": { da: "for mange led", en: "too many terms" },
  "spf-error": { da: "modtagere kan ikke bruge den", en: "receivers cannot use it" },
  "spf-open": { da: "den afviser ikke fremmede afsendere", en: "it does not reject foreign senders" },
};

/** Why the record of a name below is of no use. */
export type SpfFault = "spf-error" | "spf-open";
