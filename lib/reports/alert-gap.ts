import { CAUSE_MESSAGES } from "../core/cause-messages.ts";
import type { Cause } from "../core/cause.ts";
import type { Language } from "../core/messages.ts";
import type { GapAlert } from "../watch/alert.ts";
import { assetWords, countWords, reachWords, requirementWords } from "./alert-assets.ts";
import { type AlertParts, type Fact, sayIn } from "./alert-body.ts";
import { historyCommand } from "./alert-command.ts";
import type { AlertContext } from "./alert-context.ts";
import { momentWords } from "./alert-time.ts";
import { CAUSE_WORDS } from "./words.ts";

/** Assets that have given no usable answer for so long that what was known no longer stands. */
export function gapParts(alert: GapAlert, about: AlertContext, language: Language): AlertParts {
  const { requirement, cause, total, members, id } = alert;
  const say = sayIn(language);
  const reach = reachOf(alert, language);
  const title = requirementWords(requirement, language);
  const [first] = members;
  const more = total - members.length;
  const count = countWords(total, requirement, language);
  return {
    subject: gapSubject(alert, language),
    lead: say(
      `Vi ved ikke, om ${title} er opfyldt for ${reach}. Det betyder hverken, at noget er galt, eller at det er i orden.`,
      `We do not know whether ${title} is fulfilled for ${reach}. That means neither that something is wrong nor that it is in order.`,
    ),
    facts: [...silenceFacts(alert, language), [say("Årsag", "Cause"), CAUSE_WORDS[cause][language]]],
    sections: [
      { heading: say("Undersøg dette", "Look into this"), lines: [whatToCheck(cause, language)], isBrief: true },
      {
        heading: say(`Berørt: ${count}`, `Reach: ${count}`),
        lines:
          total === 1
            ? []
            : [...memberLines(alert, language), ...(more > 0 ? [say(`og ${more} flere`, `and ${more} more`)] : [])],
      },
      {
        heading: say("Se, hvad der sidst var kendt", "See what was known last"),
        lines: first === undefined ? [] : [historyCommand(first.asset, requirement, about)],
      },
    ],
    footer: say(`${about.municipality}. Alarm ${id}.`, `${about.municipality}. Alert ${id}.`),
  };
}

/** "S18 kan ikke afgøres: signed.dk (DNS svarede ikke)". */
export function gapSubject(alert: GapAlert, language: Language): string {
  const why = CAUSE_WORDS[alert.cause][language];
  return sayIn(language)(
    `${alert.requirement} kan ikke afgøres: ${reachOf(alert, language)} (${why})`,
    `${alert.requirement} not known: ${reachOf(alert, language)} (${why})`,
  );
}

function reachOf({ members, total, requirement }: GapAlert, language: Language): string {
  return reachWords(
    members.map(({ asset }) => asset),
    total,
    requirement,
    language,
  );
}

/** Since when, or that there never was an answer where none of those listed ever gave one. */
function silenceFacts({ members }: GapAlert, language: Language): readonly Fact[] {
  if (members.length === 0) return [];
  const say = sayIn(language);
  const oldest = members.flatMap(({ observedAt }) => observedAt ?? []).toSorted()[0];
  return oldest === undefined
    ? [[say("Seneste svar", "Latest answer"), say("intet endnu", "none yet")]]
    : [[say("Ikke set siden", "Not seen since"), momentWords(oldest, language)]];
}

function memberLines({ members }: GapAlert, language: Language): readonly string[] {
  const say = sayIn(language);
  return members.map(({ asset, observedAt }) => {
    const at = observedAt === null ? null : momentWords(observedAt, language);
    const latest =
      at === null ? say("intet svar endnu", "no answer yet") : say(`seneste svar ${at}`, `latest answer ${at}`);
    return `- ${assetWords(asset, language)}: ${latest}`;
  });
}

function whatToCheck(cause: Cause, language: Language): string {
  // A watch that did not look at all is told by the same cause as an inside probe that is not running.
  if (cause === "probe-stale") {
    return sayIn(language)(
      "Se, om overvågningen kører, og om maskinen har været slukket eller uden netværk.",
      "See whether the watch is running, and whether the machine was switched off or without a network.",
    );
  }
  return CAUSE_MESSAGES[cause].remedy?.[language] ?? CAUSE_WORDS[cause][language];
}
