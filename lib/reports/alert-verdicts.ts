import type { Language } from "../core/messages.ts";
import type { Verdict } from "../core/verdict.ts";
import type { Member, TransitionAlert } from "../watch/alert.ts";
import { sayIn } from "./alert-body.ts";
import type { AlertContext } from "./alert-context.ts";
import { dateWords, durationWords, momentWords, timeWords } from "./alert-time.ts";
import { CAUSE_WORDS, VERDICT_WORDS } from "./words.ts";

/** How an alert begins: `short` for the subject, `sentence` after "S18, <title>,", and what must be said beside it. */
export interface Headline {
  readonly short: string;
  readonly sentence: string;
  readonly note: string | null;
}

/** What may be said of the change without claiming more than was verified. */
export function headlineOf(alert: Pick<TransitionAlert, "kind" | "members">, language: Language): Headline {
  const { kind, members } = alert;
  if (kind === "regression") return regressionHeadline(members, language);
  return kind === "recovery" ? recoveryHeadline(members, language) : changeHeadline(members, language);
}

/** "opfyldt → ikke opfyldt"; a new warning says which verdict stands. */
export function changeWords(
  { from, to, cause, kind, appeared }: Pick<Member, "from" | "to" | "cause" | "kind" | "appeared">,
  language: Language,
): string {
  const say = sayIn(language);
  const now = verdictWords(to, cause, language);
  if (appeared.length > 0 && from === to) return say(`ny advarsel; stadig ${now}`, `new warning; still ${now}`);
  if (from === null) return say(`ny i overvågningen: ${now}`, `new to the watch: ${now}`);
  const rules = kind === "rule-change" ? say(", efter nye regler", ", by newer rules") : "";
  return `${VERDICT_WORDS[from][language]} → ${now}${rules}`;
}

/** "ikke opfyldt i 2 timer og 10 minutter", or null where no regression's beginning is known. */
export function lengthWords(member: Member, about: AlertContext, language: Language): string | null {
  const began = beginningOf(member, about);
  if (began === null) return null;
  const words = durationWords(Date.parse(member.since) - Date.parse(began), language);
  return sayIn(language)(`ikke opfyldt i ${words}`, `not fulfilled for ${words}`);
}

/** "fra 23. november 2026 kl. 10.52 til kl. 13.02": from the look that saw it first to the one that saw its end first. */
export function spanWords(member: Member, about: AlertContext, language: Language): string | null {
  const began = beginningOf(member, about);
  if (began === null) return null;
  const from = momentWords(began, language);
  const isSameDay = dateWords(began, language) === dateWords(member.since, language);
  const to = isSameDay ? timeWords(member.since, language) : momentWords(member.since, language);
  return sayIn(language)(`fra ${from} til ${to}`, `from ${from} to ${to}`);
}

/** An exemption ends the regression, not what was measured: only what was seen to end has a length. */
function beginningOf({ asset, kind, to, since }: Member, { regressionOf }: AlertContext): string | null {
  if (kind !== "recovery" || (to !== "pass" && to !== "not-applicable")) return null;
  const began = regressionOf(asset)?.since ?? null;
  return began !== null && Date.parse(since) >= Date.parse(began) ? began : null;
}

function verdictWords(verdict: Verdict, cause: Member["cause"], language: Language): string {
  const words = VERDICT_WORDS[verdict][language];
  return cause === null ? words : `${words} (${CAUSE_WORDS[cause][language]})`;
}

function regressionHeadline(members: readonly Member[], language: Language): Headline {
  const say = sayIn(language);
  const wereWell = members.every(({ from }) => from === "pass" || from === "attested");
  return wereWell
    ? {
        short: say("ikke længere opfyldt", "no longer fulfilled"),
        sentence: say("er ikke længere opfyldt", "is no longer fulfilled"),
        note: null,
      }
    : { short: say("ikke opfyldt", "not fulfilled"), sentence: say("er ikke opfyldt", "is not fulfilled"), note: null };
}

function recoveryHeadline(members: readonly Member[], language: Language): Headline {
  const say = sayIn(language);
  switch (sharedVerdict(members)) {
    case "pass":
      return {
        short: say("opfyldt igen", "fulfilled again"),
        sentence: say("er opfyldt igen", "is fulfilled again"),
        note: null,
      };
    case "attested":
      return {
        short: say("nu erklæret opfyldt", "now attested"),
        sentence: say("er nu erklæret opfyldt", "is now attested as fulfilled"),
        note: say(
          "Det bygger på en erklæring eller dispensation, ikke på en måling.",
          "That rests on a statement or an exemption, not on a measurement.",
        ),
      };
    case "not-applicable":
      return {
        short: say("ikke længere relevant", "no longer applicable"),
        sentence: say("er ikke længere relevant", "no longer applies"),
        note: null,
      };
    default:
      return {
        short: say("ikke længere målt som ikke opfyldt", "no longer measured as not fulfilled"),
        sentence: say("måles ikke længere som ikke opfyldt", "is no longer measured as not fulfilled"),
        note: say("Det er ikke det samme som opfyldt.", "That is not the same as fulfilled."),
      };
  }
}

function changeHeadline(members: readonly Member[], language: Language): Headline {
  const say = sayIn(language);
  if (members.length > 0 && members.every(({ appeared }) => appeared.length > 0)) {
    return {
      short: say("ny advarsel", "new warning"),
      sentence: say("har en ny advarsel", "has a new warning"),
      note: say("Afgørelsen er den samme.", "The verdict is the same."),
    };
  }
  const to = sharedVerdict(members);
  return {
    short: to === null ? say("ændret", "changed") : shortNow(to, language),
    sentence: to === null ? say("er vurderet anderledes", "is judged otherwise") : isNow(to, language),
    note: null,
  };
}

function shortNow(to: Verdict, language: Language): string {
  const say = sayIn(language);
  if (to === "indeterminate") return say("kan ikke længere afgøres", "no longer known");
  return `${say("nu", "now")} ${VERDICT_WORDS[to][language]}`;
}

function isNow(to: Verdict, language: Language): string {
  const say = sayIn(language);
  if (to === "indeterminate") return say("kan ikke længere afgøres", "is no longer known");
  return `${say("er nu", "is now")} ${VERDICT_WORDS[to][language]}`;
}

function sharedVerdict(members: readonly Member[]): Verdict | null {
  const [first, ...others] = new Set(members.map(({ to }) => to));
  return first === undefined || others.length > 0 ? null : first;
}
