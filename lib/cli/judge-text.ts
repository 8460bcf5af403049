import type { Bilingual, Language } from "../core/messages.ts";
import type { JudgeReport } from "../reports/judge-form.ts";
import { printable } from "../reports/printable.ts";
import { requirementTitle } from "../reports/requirement-words.ts";
import { type Paint, VERDICT_TONES } from "../reports/paint.ts";
import { judgedWords } from "../reports/words.ts";
import type { NotJudged } from "../watch/judge-again.ts";

type Judged = JudgeReport["requirements"][number];
type Change = JudgeReport["changes"][number];

const WHY_WORDS: Readonly<Record<NotJudged["why"], Bilingual>> = {
  evidence: { da: "observationerne kan ikke læses", en: "the observations cannot be read" },
  "not-declared": { da: "aktivet står ikke i fortegnelsen", en: "the asset is not in the inventory" },
  "no-inventory": { da: "fortegnelsen kan ikke læses", en: "the inventory cannot be read" },
  "no-findings": {
    da: "samme afgørelse, men fundene af dengang kan ikke læses",
    en: "the same verdict, but the findings of then cannot be read",
  },
};

/** What judging again came to, for people: by which rules then and now, only what differs, and what could not be judged. */
export function judgeText(report: JudgeReport, language: Language, paint: Paint): string {
  const sections = report.requirements.map((one) => [
    ...requirementLines(one, language, paint),
    ...report.changes
      .filter(({ requirement }) => requirement === one.requirement)
      .flatMap((change) => changeLines(change, language, paint)),
    ...one.notJudged.map((each) => `  ? ${missedWords(each, language)}`),
  ]);
  return sections.map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function requirementLines(one: Judged, language: Language, paint: Paint): readonly string[] {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  const { requirement, rules, rulesThen, closedAt, judged, unchanged, changed, notJudged } = one;
  const then = rulesThen.length === 0 ? say("intet", "nothing") : rulesThen.map(printable).join(", ");
  const close = closedAt === null ? "" : say(` (lukket ${closedAt})`, ` (closed ${closedAt})`);
  const lost = notJudged.filter(({ why }) => why !== "no-findings").length;
  return [
    paint("heading", `${requirement}  ${requirementTitle(requirement, language)}`),
    say(`Dømt dengang efter ${then}${close}; nu efter ${rules}.`, `Judged then by ${then}${close}; now by ${rules}.`),
    say(
      `${judged} dømt igen: ${unchanged} uændret, ${changed} ændret. ${lost} kunne ikke dømmes.`,
      `${judged} judged again: ${unchanged} unchanged, ${changed} changed. ${lost} could not be judged.`,
    ),
    `${say("Kravet", "The requirement")}: ${paint(VERDICT_TONES[one.verdict], judgedWords(one, language))}`,
  ];
}

function changeLines(change: Change, language: Language, paint: Paint): readonly string[] {
  const { asset, from, to, appeared, disappeared, problem } = change;
  const [before, after] = [judgedWords(from, language), judgedWords(to, language)];
  const verdict = before === after ? after : `${before} → ${paint(VERDICT_TONES[to.verdict], after)}`;
  return [
    `  ${printable(asset)}: ${verdict}`,
    ...disappeared.map(({ tag, text }) => `      − ${printable(text)} ${paint("faint", `[${printable(tag)}]`)}`),
    ...appeared.map(({ tag, text }) => `      + ${printable(text)} ${paint("faint", `[${printable(tag)}]`)}`),
    ...(problem === null ? [] : [`      ${paint("unsure", printable(problem))}`]),
  ];
}

function missedWords({ asset, why, problem }: Judged["notJudged"][number], language: Language): string {
  const words = WHY_WORDS[why as NotJudged["why"]][language];
  return printable(`${asset}: ${words}${problem === null ? "" : ` (${problem})`}`);
}
