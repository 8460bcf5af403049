import { firstSlotOf } from "../core/slot.ts";
import type { Bilingual, Language } from "../core/messages.ts";
import { FAMILIES, type Family } from "../inventory/inventory.ts";
import type { DoubtAlert } from "../watch/alert.ts";
import { type AlertParts, type Fact, sayIn } from "./alert-body.ts";
import type { AlertContext } from "./alert-context.ts";
import { momentWords } from "./alert-time.ts";

/** The families as people call what they look at. */
export const FAMILY_WORDS: Readonly<Record<Family, Bilingual>> = {
  domains: { da: "domæner", en: "domains" },
  mail: { da: "post", en: "mail" },
  web: { da: "web", en: "web" },
  ports: { da: "porte", en: "ports" },
  inside: { da: "målt indefra", en: "seen from inside" },
};

/** To the operator: a run that we do not believe, what that means, and what to look at. */
export function doubtParts(alert: DoubtAlert, { municipality }: AlertContext, language: Language): AlertParts {
  const { suspicion, id } = alert;
  const say = sayIn(language);
  const why =
    suspicion === "mass"
      ? say(
          "Det meste af det, der var i orden, så pludselig værre ud. Det ligner en fejl hos os mere end så mange fejl på én gang.",
          "Most of what was in order suddenly looked worse. That is more like a fault of ours than so many faults at once.",
        )
      : say(
          "Kontrolnavne, hvis tilstand vi kender, faldt anderledes ud end ventet. Så kan vi heller ikke stole på det, runden siger om jeres aktiver.",
          "Control names whose state we know came out otherwise. So what the run says of your assets cannot be relied on either.",
        );
  return {
    subject: doubtSubject(alert, language),
    lead: `${say("Vi tror ikke på vores egen runde.", "We do not believe our own run.")} ${why}`,
    facts: factsOf(alert, language),
    sections: [
      {
        heading: say("Hvad sker der nu", "What happens next"),
        lines: [
          suspicion === "mass"
            ? say(
                "Indtil en ny runde siger det samme, får ingen besked om enkelte aktiver, og ingen får skylden.",
                "Until another run says the same, nobody is told of single assets and nobody is blamed.",
              )
            : say(
                "Indtil kontrolnavnene igen ser rigtige ud, får ingen besked om enkelte aktiver, og ingen får skylden.",
                "Until the control names look right again, nobody is told of single assets and nobody is blamed.",
              ),
        ],
        isBrief: true,
      },
      {
        heading: say("Undersøg dette", "Look into this"),
        lines: [
          say(
            "Se, om denne maskines netværk virker, om dens resolvere svarer, og om dens ur går rigtigt.",
            "See whether this machine's network works, whether its resolvers answer, and whether its clock is right.",
          ),
        ],
        isBrief: true,
      },
    ],
    footer: say(`${municipality}. Alarm ${id}.`, `${municipality}. Alert ${id}.`),
  };
}

/** "Vi tvivler på vores egen runde (domæner): 60 af 84 så værre ud". */
export function doubtSubject({ suspicion, worse, well, run }: DoubtAlert, language: Language): string {
  const say = sayIn(language);
  const family = runOf(run)?.family;
  const which = family === undefined ? "" : ` (${FAMILY_WORDS[family][language]})`;
  const why =
    suspicion === "mass"
      ? say(`${worse} af ${well} så pludselig værre ud`, `${worse} of ${well} suddenly looked worse`)
      : say("kontrolnavne faldt anderledes ud end ventet", "control names came out otherwise");
  return say(`Vi tvivler på vores egen runde${which}: ${why}`, `We doubt our own run${which}: ${why}`);
}

function factsOf({ run, worse, well }: DoubtAlert, language: Language): readonly Fact[] {
  const say = sayIn(language);
  const known = runOf(run);
  const tally = say(`${worse} af ${well}, der var i orden`, `${worse} of ${well} that were in order`);
  const which = known === null ? run : `${FAMILY_WORDS[known.family][language]}, ${momentWords(known.slot, language)}`;
  return [[say("Runde", "Run"), which], ...(worse === 0 ? [] : [[say("Så værre ud", "Looked worse"), tally] as const])];
}

function runOf(run: string): { readonly family: Family; readonly slot: string } | null {
  const slash = run.indexOf("/");
  const family = FAMILIES.find((each) => each === run.slice(0, Math.max(0, slash)));
  return family === undefined ? null : { family, slot: firstSlotOf(run.slice(slash + 1)) };
}
