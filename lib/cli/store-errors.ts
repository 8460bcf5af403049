import type { Bilingual } from "../core/messages.ts";
import { StoreError, type StoreProblem } from "../ports.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";

/** What each problem is in the user's words, and what to do about it. `{path}` is the file or folder concerned. */
const WORDS: Readonly<Record<StoreProblem, Bilingual>> = {
  "not-ours": {
    da: "{path} er ikke en datamappe fra Kravvagt. Peg på en anden med --data, eller på en tom mappe, hvis den skal laves.",
    en: "{path} is not a data folder of Kravvagt. Name another with --data, or an empty folder if one is to be made.",
  },
  newer: {
    da: "{path} er skrevet af en nyere udgave af Kravvagt. Brug den udgave; denne kan ikke læse den uden at gætte.",
    en: "{path} was written by a newer version of Kravvagt. Use that version; this one cannot read it without guessing.",
  },
  locked: {
    da: "{path} er i brug af et andet program, som ikke deler den. Stop det, eller brug en anden datamappe med --data.",
    en: "{path} is in use by another program that does not share it. Stop that, or use another data folder with --data.",
  },
  corrupt: {
    da: "{path} er beskadiget. Intet er ændret. Tag en kopi af mappen, og gendan den fra en sikkerhedskopi.",
    en: "{path} is damaged. Nothing was changed. Take a copy of the folder, and restore it from a backup.",
  },
  "read-only": {
    da: "{path} kan ikke skrives. Giv skriveadgang til mappen, eller brug en anden med --data.",
    en: "{path} cannot be written to. Allow writing to the folder, or use another with --data.",
  },
  full: {
    da: "Der er ikke plads til at skrive {path}. Frigør plads på disken, og prøv igen.",
    en: "There is no room to write {path}. Free some space on the disk, and try again.",
  },
  unreadable: {
    da: "{path} findes ikke eller kan ikke læses. Kontrollér stien og rettighederne, eller angiv datamappen med --data.",
    en: "{path} does not exist or cannot be read. Check the path and its permissions, or name the data folder with --data.",
  },
  "too-large": {
    da: "Det, der skulle gemmes i {path}, er for stort. Det er en fejl hos os: intet er skåret af, og intet er gemt.",
    en: "What was to be kept in {path} is too large. That is a fault of ours: nothing was cut off, and nothing was kept.",
  },
  unavailable: {
    da: "Datamappen {path} svarer ikke. Stop tjenesten, der har den åben, og prøv igen.",
    en: "The data folder {path} does not answer. Stop the service that has it open, and try again.",
  },
};

/** Exit 74 with words for the user, where the store itself failed; anything else is thrown as it is. For `.catch`. */
export function storeFailed(error: unknown): never {
  throw error instanceof StoreError ? fromStoreError(error) : error;
}

/** A store's failure in both languages, with its own English line after it for whoever must dig. */
export function fromStoreError({ problem, path, message }: StoreError): CliError {
  const fill = (template: string): string => template.replaceAll("{path}", () => path);
  const { da, en } = WORDS[problem];
  return new CliError(EXIT.data, { da: fill(da), en: fill(en) }, { da: `(${message})`, en: `(${message})` });
}
