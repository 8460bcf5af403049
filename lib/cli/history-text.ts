import type { Bilingual, Language, Outcome } from "../core/messages.ts";
import type { TransitionKind } from "../core/transition.ts";
import type { Verdict } from "../core/verdict.ts";
import { momentWords } from "../reports/alert-time.ts";
import type { HistoryReport } from "../reports/history-form.ts";
import { printable } from "../reports/printable.ts";
import { requirementTitle } from "../reports/requirement-words.ts";
import type { ToldFinding } from "../reports/stored-finding.ts";
import { type Paint, VERDICT_TONES } from "../reports/paint.ts";
import { CAUSE_WORDS, judgedWords, VERDICT_WORDS } from "../reports/words.ts";
import { verificationLines } from "./verification-text.ts";

type Told = HistoryReport["transitions"][number];

const KIND_WORDS: Readonly<Record<TransitionKind, Bilingual>> = {
  baseline: { da: "første svar", en: "first answer" },
  regression: { da: "forringelse", en: "regression" },
  recovery: { da: "genoprettet", en: "recovery" },
  change: { da: "ændring", en: "change" },
  "rule-change": { da: "regelændring", en: "rule change" },
};

/** Which findings decided a verdict: the others are the background that every look shows. */
const DECIDING: Readonly<Record<Verdict, Outcome>> = {
  fail: "fail",
  indeterminate: "indeterminate",
  attested: "fail",
  pass: "pass",
  "not-applicable": "not-applicable",
};

/** The history for people: what is so now, then every change, oldest first, then what verifying it came to. */
export function historyText(report: HistoryReport, language: Language, paint: Paint): string {
  const { asset, requirement, transitions, verification } = report;
  const heading = paint("heading", `${requirement}  ${requirementTitle(requirement, language)}`);
  const lines = [
    heading,
    printable(asset),
    "",
    ...nowLines(report, language, paint),
    ...transitions.flatMap((told) => ["", ...transitionLines(told, language, paint)]),
    ...(verification === null ? [] : ["", ...verificationLines(verification, language, paint)]),
  ];
  return `${lines.join("\n")}\n`;
}

function nowLines({ now }: HistoryReport, language: Language, paint: Paint): readonly string[] {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  const at = (moment: string): string => momentWords(moment, language);
  const { unanswered, candidate, observedAt, stale } = now;
  const words = paint(VERDICT_TONES[now.verdict], judgedWords(now, language));
  const since = stale ? "" : say(`, siden ${at(now.since)}`, `, since ${at(now.since)}`);
  const lines = [`${say("Nu", "Now")}: ${words}${since}`];
  lines.push(
    observedAt === null
      ? `  ${say("Der er aldrig kommet et svar.", "There has never been an answer.")}`
      : `  ${say("Seneste svar", "Latest answer")}: ${at(observedAt)}`,
  );
  if (unanswered !== null) {
    const why = CAUSE_WORDS[unanswered.cause][language];
    const { looks } = unanswered;
    lines.push(
      `  ${say(`Uden svar siden ${at(unanswered.since)}, ${looks} forsøg: ${why}`, `No answer since ${at(unanswered.since)}, ${looks} attempts: ${why}`)}`,
    );
  }
  if (candidate !== null) {
    const seen = judgedWords(candidate, language);
    lines.push(
      `  ${say(`Set ${at(candidate.since)}, men ikke bekræftet endnu: ${seen}`, `Seen ${at(candidate.since)}, but not confirmed yet: ${seen}`)}`,
    );
  }
  return lines;
}

function transitionLines(told: Told, language: Language, paint: Paint): readonly string[] {
  const say = (da: string, en: string): string => (language === "da" ? da : en);
  const { number, kind, from, since, confirmedAt, closes, rules, evidence, problem } = told;
  const to = paint(VERDICT_TONES[told.to], judgedWords({ verdict: told.to, cause: told.cause }, language));
  const change = from === null || from === told.to ? to : `${VERDICT_WORDS[from][language]} → ${to}`;
  const ends = closes === null ? "" : say(`, afslutter nr. ${closes}`, `, ends no. ${closes}`);
  const moments = say(
    `siden ${momentWords(since, language)}, bekræftet ${momentWords(confirmedAt, language)}`,
    `since ${momentWords(since, language)}, confirmed ${momentWords(confirmedAt, language)}`,
  );
  const lost = problem === null ? [] : [`     ${paint("unsure", printable(problem))}`];
  return [
    `${String(number).padStart(2)}.  ${change}  (${KIND_WORDS[kind][language]}${ends})`,
    `     ${moments}`,
    ...decidingFindings(told).map((finding) => findingLine(finding, language, paint)),
    ...lost,
    `     ${paint("faint", `${say("regler", "rules")} ${printable(rules)}, ${say("bevis", "evidence")} ${evidence}`)}`,
  ];
}

function decidingFindings({ to, appeared, findings }: Told): readonly ToldFinding[] {
  const shown = (findings ?? []).filter(({ outcome, tag }) => outcome === DECIDING[to] || appeared.includes(tag));
  return [...new Map(shown.map((finding) => [`${finding.tag} ${finding.text}`, finding])).values()];
}

function findingLine({ outcome, tag, text }: ToldFinding, language: Language, paint: Paint): string {
  const label = outcome === "warn" ? paint("unsure", language === "da" ? "Advarsel: " : "Warning: ") : "";
  return `     ${label}${printable(text)} ${paint("faint", `[${printable(tag)}]`)}`;
}
