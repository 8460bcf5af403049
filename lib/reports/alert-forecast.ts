import type { Bilingual, Language } from "../core/messages.ts";
import type { ForecastAlert } from "../watch/alert.ts";
import { assetWords, requirementWords } from "./alert-assets.ts";
import { type AlertParts, sayIn } from "./alert-body.ts";
import type { AlertContext } from "./alert-context.ts";
import { dateWords, durationWords, momentWords } from "./alert-time.ts";

const ASSET_ID = /^(?:domain|host|url|service|address|resolver):/u;

interface StatementWords {
  readonly one: Bilingual;
  readonly the: Bilingual;
  /** What its end means for the verdicts. */
  readonly after: Bilingual;
  readonly renew: Bilingual;
}

const STATEMENTS: Readonly<Record<ForecastAlert["what"], StatementWords>> = {
  attestation: {
    one: { da: "Erklæring", en: "Attestation" },
    the: { da: "Erklæringen", en: "The attestation" },
    after: {
      da: "Uden den er det, den står inde for, ikke længere erklæret: afgørelsen bliver »kan ikke afgøres (en erklæring er udløbet)«.",
      en: "Without it, what it vouches for is no longer attested: the verdict becomes “not known (an attestation has lapsed)”.",
    },
    renew: {
      da: "Lav en ny erklæring med ny udløbsdato i fortegnelsen, hvis det, den siger, stadig er rigtigt. Den fornys aldrig af sig selv.",
      en: "Record a new attestation with a new end date in the inventory if what it says still holds. It is never renewed by itself.",
    },
  },
  exemption: {
    one: { da: "Dispensation", en: "Exemption" },
    the: { da: "Dispensationen", en: "The exemption" },
    after: {
      da: "Uden den tæller fejlen igen: afgørelsen bliver »ikke opfyldt«, medmindre fejlen er rettet.",
      en: "Without it the failure counts again: the verdict becomes “not fulfilled” unless it has been mended.",
    },
    renew: {
      da: "Ret fejlen, eller træf en ny beslutning om dispensation med begrundelse og udløbsdato i fortegnelsen.",
      en: "Mend the failure, or decide anew on an exemption with a reason and an end date in the inventory.",
    },
  },
  authorisation: {
    one: { da: "Tilladelse til scanning", en: "Authorisation to scan" },
    the: { da: "Tilladelsen til scanning", en: "The authorisation to scan" },
    after: {
      da: "Uden den scannes adresserne ikke, og afgørelsen bliver »kan ikke afgøres (ingen gyldig tilladelse til scanning)«.",
      en: "Without it the addresses are not scanned, and the verdict becomes “not known (no valid authorisation to scan)”.",
    },
    renew: {
      da: "Indhent en ny skriftlig tilladelse, og skriv den i fortegnelsen. Scan aldrig uden.",
      en: "Obtain a new written authorisation and record it in the inventory. Never scan without one.",
    },
  },
  inventory: {
    one: { da: "Erklæring om fortegnelsen", en: "Declaration of the inventory" },
    the: { da: "Erklæringen om, at fortegnelsen er komplet,", en: "The declaration that the inventory is complete" },
    after: {
      da: "Uden den kan intet krav blive »opfyldt« for kommunen som helhed: det bliver »kan ikke afgøres (en erklæring er udløbet)«.",
      en: "Without it no requirement can be “fulfilled” for the municipality as a whole: it becomes “not known (an attestation has lapsed)”.",
    },
    renew: {
      da: "Gå fortegnelsen igennem, og skriv en ny erklæring med ny udløbsdato i den.",
      en: "Go through the inventory and put a new declaration with a new end date into it.",
    },
  },
};

/** A statement that ends soon, or has ended. */
export function forecastParts(alert: ForecastAlert, about: AlertContext, language: Language): AlertParts {
  const { what, requirement, validUntil, id } = alert;
  const say = sayIn(language);
  const { the, after, renew } = STATEMENTS[what];
  const subject = subjectOfStatement(alert, language);
  const until = momentWords(validUntil, language);
  const whole = [the[language], ...(subject === null ? [] : [subject])].join(" ");
  const left = Date.parse(validUntil) - Date.parse(alert.createdAt);
  const lead = isOver(alert)
    ? say(`${whole} udløb ${until}.`, `${whole} ended on ${until}.`)
    : say(
        `${whole} udløber ${until}, om ${durationWords(left, language)}.`,
        `${whole} ends on ${until}, in ${durationWords(left, language)}.`,
      );
  const title = requirement === null ? null : requirementWords(requirement, language);
  return {
    subject: forecastSubject(alert, language),
    lead,
    facts: title === null ? [] : [[say("Krav", "Requirement"), title]],
    sections: [
      { heading: say("Hvad det betyder", "What that means"), lines: [after[language]], isBrief: true },
      { heading: say("Gør dette", "Do this"), lines: [renew[language]], isBrief: true },
    ],
    footer: say(`${about.municipality}. Alarm ${id}.`, `${about.municipality}. Alert ${id}.`),
  };
}

/** "Dispensation udløber 1. november 2027: S17, visit-example.com". */
export function forecastSubject(alert: ForecastAlert, language: Language): string {
  const say = sayIn(language);
  const ends = isOver(alert) ? say("udløb", "ended") : say("udløber", "ends");
  const { requirement, what, validUntil } = alert;
  const name = what === "inventory" ? [] : [nameOf(alert, language)];
  const which = [...(requirement === null ? [] : [requirement]), ...name].join(", ");
  const tail = which === "" ? "" : `: ${which}`;
  return `${STATEMENTS[what].one[language]} ${ends} ${dateWords(validUntil, language)}${tail}`;
}

function isOver({ validUntil, createdAt }: ForecastAlert): boolean {
  return Date.parse(validUntil) <= Date.parse(createdAt);
}

/** "for visit-example.com fra S17", after the statement's kind. */
function subjectOfStatement(alert: ForecastAlert, language: Language): string | null {
  const { what, requirement } = alert;
  const say = sayIn(language);
  const name = nameOf(alert, language);
  const from = requirement === null ? "" : requirement;
  switch (what) {
    case "attestation":
      return say(`om ${from} (${name})`, `about ${from} (${name})`);
    case "exemption":
      return say(`fra ${from} for ${name}`, `from ${from} of ${name}`);
    case "authorisation":
      return name;
    case "inventory":
      return null;
  }
}

/** An asset by name and how many more, a clause as a clause, anything else as it is called. */
function nameOf({ name, what }: ForecastAlert, language: Language): string {
  const say = sayIn(language);
  const [, id = name, more] = /^(.*) \(\+(\d+)\)$/u.exec(name) ?? [];
  if (ASSET_ID.test(id)) {
    const first = assetWords(id, language);
    return more === undefined ? first : say(`${first} og ${more} flere`, `${first} and ${more} more`);
  }
  return what === "attestation" ? say(`punkt ${name}`, `clause ${name}`) : name;
}
