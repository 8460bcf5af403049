import type { Bilingual, Language } from "../core/messages.ts";
import { StoreError, type StoreProblem } from "../ports.ts";
import { Refusal } from "./refusal.ts";
import type { Problem } from "./renderer.ts";

/** RFC 9457 section 3. */
export const PROBLEM_TYPE = "application/problem+json";

const TYPE_PREFIX = "urn:kravvagt:problem:";

/** What is wrong with the store, as far as whoever asks over HTTP may know: no path, and nothing of what is in it. */
const STORE_WORDS: Readonly<Record<StoreProblem, Bilingual>> = {
  "not-ours": { da: "Datalageret er ikke Kravvagts.", en: "The data store is not Kravvagt's." },
  newer: {
    da: "Datalageret er skrevet af en nyere udgave af Kravvagt.",
    en: "The data store was written by a newer version of Kravvagt.",
  },
  locked: { da: "Datalageret er i brug af et andet program.", en: "The data store is in use by another program." },
  corrupt: {
    da: "Datalageret er beskadiget. Intet er ændret; gendan det fra en sikkerhedskopi.",
    en: "The data store is damaged. Nothing was changed; restore it from a backup.",
  },
  "read-only": { da: "Datalageret kan ikke skrives.", en: "The data store cannot be written to." },
  full: { da: "Der er ikke mere plads i datalageret.", en: "There is no room left in the data store." },
  unreadable: { da: "Datalageret kan ikke læses.", en: "The data store cannot be read." },
  "too-large": { da: "Noget i datalageret er for stort.", en: "Something in the data store is too large." },
  unavailable: {
    da: "Datalageret svarer ikke. Prøv igen om lidt.",
    en: "The data store does not answer. Try again in a while.",
  },
};

/** What a failure is answered with: a refusal as it is, a store that fails as 503, anything else as 500 without details. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreError) {
    return new Refusal({
      status: 503,
      kind: "store-unavailable",
      title: { da: "Data kan ikke læses nu", en: "Data cannot be read at present" },
      detail: STORE_WORDS[error.problem],
    });
  }
  return new Refusal({
    status: 500,
    kind: "internal",
    title: { da: "Fejl hos os", en: "A fault of ours" },
    detail: {
      da: "Der er sket en fejl i Kravvagt. Den er noteret; den siger intet om jeres aktiver.",
      en: "Something went wrong in Kravvagt. It has been noted; it says nothing about your assets.",
    },
  });
}

/** The body of a refusal in one language (RFC 9457 section 3.1). */
export function toldProblem({ answered }: Refusal, language: Language): Problem {
  const { status, kind, title, detail } = answered;
  return { type: `${TYPE_PREFIX}${kind}`, title: title[language], status, detail: detail[language] };
}
