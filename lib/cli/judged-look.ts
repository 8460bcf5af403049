import type { Asset } from "../core/asset.ts";
import { evaluate } from "../core/evaluate.ts";
import type { Language, Outcome } from "../core/messages.ts";
import type { Observation } from "../core/observation.ts";
import type { Requirement } from "../core/requirement.ts";
import { NO_STATEMENTS } from "../core/statements.ts";
import type { Judged, Verdict } from "../core/verdict.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { printable } from "../reports/printable.ts";
import { storedFinding, type ToldFinding } from "../reports/stored-finding.ts";
import { type Paint, type Tone, VERDICT_TONES } from "../reports/paint.ts";
import { judgedWords } from "../reports/words.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";

/** What one requirement's checks say of what was seen, in the words of one language. */
export interface JudgedLook extends Judged {
  readonly requirement: string;
  readonly findings: readonly ToldFinding[];
}

/** Worst first. */
const OUTCOMES: readonly Outcome[] = ["fail", "indeterminate", "warn", "not-applicable", "pass"];
const OUTCOME_MARKS: Readonly<Record<Outcome, readonly [Tone, string]>> = {
  fail: ["bad", "✗"],
  indeterminate: ["unsure", "?"],
  warn: ["unsure", "!"],
  "not-applicable": ["faint", "–"],
  pass: ["good", "✓"],
};

/** Judges by the same checks as a verification does. Statements and exemptions do not count here: it is about what is seen. */
export function judgeLook(
  requirement: Requirement,
  { asset, inventory }: { readonly asset: Asset; readonly inventory: Inventory },
  observations: readonly Observation[],
  language: Language,
): JudgedLook {
  const asOf = Math.max(0, ...observations.map(({ observedAt }) => Date.parse(observedAt)));
  const { reading, settings } = inventory;
  const profile = settings.tlsProfile;
  const input = { asset, observations, reading, statements: NO_STATEMENTS, asOf, profile };
  const { verdict, cause, findings } = evaluate(requirement, input);
  const sorted = OUTCOMES.flatMap((wanted) => findings.filter(({ outcome }) => outcome === wanted));
  const told = sorted.map((finding) => storedFinding(requirement, finding, language));
  return { requirement: requirement.id, verdict, cause, findings: told };
}

/** 0: fulfilled, or does not apply; 1: not fulfilled; 2: not known. */
export function exitCodeOfLook({ verdict }: { readonly verdict: Verdict }): ExitCode {
  if (verdict === "fail") return EXIT.fail;
  return verdict === "indeterminate" ? EXIT.indeterminate : EXIT.pass;
}

/** The verdict, then each finding once. A remedy that several share stands below the last of them. */
export function judgedLines(judged: JudgedLook, language: Language, paint: Paint): readonly string[] {
  const { requirement, verdict, findings } = judged;
  const distinct = [...new Map(findings.map((finding) => [`${finding.tag} ${finding.text}`, finding])).values()];
  return [
    `${paint("heading", requirement)}  ${paint(VERDICT_TONES[verdict], judgedWords(judged, language))}`,
    ...distinct.flatMap(({ tag, outcome, text, remedy }, index) => {
      const [tone, mark] = OUTCOME_MARKS[outcome];
      const line = `  ${paint(tone, mark)} ${printable(text)} ${paint("faint", `[${printable(tag)}]`)}`;
      const isSaidBelow = distinct[index + 1]?.remedy === remedy;
      return remedy === undefined || isSaidBelow ? [line] : [line, `      → ${printable(remedy)}`];
    }),
  ];
}
