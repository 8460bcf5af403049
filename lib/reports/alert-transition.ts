import type { JudgedFinding } from "../core/finding.ts";
import type { Language } from "../core/messages.ts";
import type { Member, TransitionAlert } from "../watch/alert.ts";
import { assetWords, countWords, reachWords, requirementWords } from "./alert-assets.ts";
import { type AlertParts, type Fact, sayIn, type Section } from "./alert-body.ts";
import { carryingWords, causeWords } from "./alert-cause.ts";
import { explainCommand, historyCommand } from "./alert-command.ts";
import type { AlertContext } from "./alert-context.ts";
import { momentWords } from "./alert-time.ts";
import { changeWords, headlineOf, lengthWords, spanWords } from "./alert-verdicts.ts";

/** A regression, a recovery or a change, for one asset or for all that share its cause. */
export function transitionParts(alert: TransitionAlert, about: AlertContext, language: Language): AlertParts {
  const { requirement, total, members, id } = alert;
  const say = sayIn(language);
  const headline = headlineOf(alert, language);
  const lasted = total === 1 ? members.flatMap((member) => lengthWords(member, about, language) ?? []) : [];
  return {
    subject: transitionSubject(alert, language),
    lead: [
      `${requirementWords(requirement, language)} ${headline.sentence} ${say("for", "for")} ${reachOf(alert, language)}.`,
      ...lasted.map((length) => say(`Det var ${length}.`, `It was ${length}.`)),
      ...sharedWords(alert, language),
      ...(headline.note === null ? [] : [headline.note]),
    ].join(" "),
    facts: factsOf(alert, about, language),
    sections: [...causeSections(alert, about, language), ...reachSections(alert, about, language)],
    footer: say(`${about.municipality}. Alarm ${id}.`, `${about.municipality}. Alert ${id}.`),
  };
}

/** "S18 ikke længere opfyldt: signed.dk", or "… 40 domæner (ns1.example.net)" with what they have in common. */
export function transitionSubject(alert: TransitionAlert, language: Language): string {
  const { requirement, deciding, total } = alert;
  const shared = total === 1 || deciding.about === null ? "" : ` (${deciding.about})`;
  return `${requirement} ${headlineOf(alert, language).short}: ${reachOf(alert, language)}${shared}`;
}

function reachOf(alert: TransitionAlert, language: Language): string {
  const { requirement, total } = alert;
  return reachWords(idsOf(alert), total, requirement, language);
}

/** What they have in common, where that is something else than the asset itself. */
function sharedWords({ deciding: { about }, total, kind }: TransitionAlert, language: Language): readonly string[] {
  if (about === null || total === 1) return [];
  const say = sayIn(language);
  return kind === "regression"
    ? [say(`Årsagen er fælles for dem: ${about}.`, `They have the cause in common: ${about}.`)]
    : [say(`Fælles for dem: ${about}.`, `In common: ${about}.`)];
}

function factsOf(alert: TransitionAlert, about: AlertContext, language: Language): readonly Fact[] {
  const { members } = alert;
  const say = sayIn(language);
  const changes = [...new Set(members.map((member) => changeWords(member, language)))];
  const since = members.map((member) => member.since).toSorted()[0];
  const confirmed = members
    .map(({ confirmedAt }) => confirmedAt)
    .toSorted()
    .at(-1);
  const spans = alert.total === 1 ? members.flatMap((member) => spanWords(member, about, language) ?? []) : [];
  // Evidence gives its moments in UTC, so ours say which time they are in.
  const danish = (words: string): string => `${words} (${say("dansk tid", "Danish time")})`;
  const seen =
    since === undefined ? [] : [[say("Først set", "First seen"), danish(momentWords(since, language))] as const];
  const open = spans.map((span): Fact => [say("Ikke opfyldt", "Not fulfilled"), danish(span)]);
  return [
    ...(changes.length === 1 ? [[say("Ændring", "Change"), changes[0] ?? ""] as const] : []),
    ...(open.length > 0 ? open : seen),
    ...(confirmed === undefined ? [] : [confirmedFact(alert, confirmed, language)]),
  ];
}

function confirmedFact({ kind, members, total }: TransitionAlert, confirmed: string, language: Language): Fact {
  const say = sayIn(language);
  const isCertain = members.every(
    ({ firstSlot, slot, appeared, kind: own }) => firstSlot === slot && appeared.length === 0 && own !== "rule-change",
  );
  if (isCertain && kind !== "change") {
    const because = say(
      "i samme måling; den bygger på signerede eller registrerede oplysninger",
      "in the same look; it rests on signed or recorded facts",
    );
    return [say("Bekræftet", "Confirmed"), because];
  }
  return [
    total === 1 ? say("Bekræftet", "Confirmed") : say("Sidst bekræftet", "Last confirmed"),
    momentWords(confirmed, language),
  ];
}

function causeSections(alert: TransitionAlert, about: AlertContext, language: Language): readonly Section[] {
  if (alert.kind === "recovery") return recoverySections(alert, about, language);
  const { requirement, deciding, members, total, kind } = alert;
  const say = sayIn(language);
  const others = [...new Set(members.flatMap((member) => member.appeared))].filter((tag) => tag !== deciding.tag);
  const causes = [deciding, ...others.map((tag) => ({ tag, about: null }))].map((each) =>
    causeWords(requirement, each, idsOf(alert), total, about.findingsOf, language),
  );
  const remedies = [...new Set(causes.flatMap(({ remedy }) => remedy ?? []))];
  const heading = kind === "regression" ? say("Årsag", "Cause") : say("Hvad vi ser nu", "What we see now");
  return [
    { heading, lines: causes.map(({ text }) => text), isBrief: true },
    { heading: say("Gør dette", "Do this"), lines: remedies, isBrief: true },
  ];
}

/** A recovery is decided by what decided the regression, so its tag says what was wrong and the new findings what is so now. */
function recoverySections(alert: TransitionAlert, about: AlertContext, language: Language): readonly Section[] {
  const { requirement, deciding, members, total } = alert;
  const say = sayIn(language);
  const before = (asset: string): readonly JudgedFinding[] => about.regressionOf(asset)?.findings ?? [];
  const wrong = causeWords(requirement, deciding, idsOf(alert), total, before, language);
  const isMended = members.every(({ to }) => to === "pass");
  const example = members.find(({ asset }) => about.findingsOf(asset).length > 0);
  const now =
    example === undefined ? [] : carryingWords(requirement, example.to, about.findingsOf(example.asset), language);
  const name = example === undefined || total === 1 ? "" : assetWords(example.asset, language);
  const [seen, at] = [say("Hvad vi ser nu", "What we see now"), say("for eksempel ved", "for example of")];
  return [
    { heading: name === "" ? seen : `${seen}, ${at} ${name}`, lines: now, isBrief: true },
    {
      heading: isMended ? say("Hvad der var galt", "What was wrong") : say("Hvad der var målt", "What was measured"),
      lines: [wrong.text],
    },
  ];
}

/** Each asset once, even where it changed twice. */
function idsOf({ members }: TransitionAlert): readonly string[] {
  return [...new Set(members.map(({ asset }) => asset))];
}

function reachSections(alert: TransitionAlert, about: AlertContext, language: Language): readonly Section[] {
  const { requirement, members, total, deciding } = alert;
  const say = sayIn(language);
  const more = total - idsOf(alert).length;
  const areSame = new Set(members.map((member) => changeWords(member, language))).size === 1;
  const lines = members.map((member) => `- ${memberLine(member, areSame, about, language)}`);
  const [first] = members;
  const commands =
    first === undefined
      ? []
      : [
          say("Kør dette på maskinen med Kravvagt:", "Run this on the machine with Kravvagt:"),
          historyCommand(first.asset, requirement, about),
          ...(total === 1 ? [] : [say("De andre ses på samme måde.", "The others are seen in the same way.")]),
          explainCommand(deciding.tag),
        ];
  const count = countWords(total, requirement, language);
  return [
    {
      heading: say(`Berørt: ${count}`, `Reach: ${count}`),
      lines: total === 1 ? [] : [...lines, ...(more > 0 ? [say(`og ${more} flere`, `and ${more} more`)] : [])],
    },
    { heading: say("Se beviset", "See the evidence"), lines: commands },
  ];
}

function memberLine(member: Member, areSame: boolean, about: AlertContext, language: Language): string {
  const length = lengthWords(member, about, language);
  const parts = [...(areSame ? [] : [changeWords(member, language)]), ...(length === null ? [] : [length])];
  const name = assetWords(member.asset, language);
  return parts.length === 0 ? name : `${name}: ${parts.join("; ")}`;
}
