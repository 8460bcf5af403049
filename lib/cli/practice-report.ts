import type { Bilingual, Language } from "../core/messages.ts";
import type { Verdict } from "../core/verdict.ts";
import type { PracticeCase } from "../practice/cases.ts";
import { printable } from "../reports/printable.ts";
import type { Paint } from "../reports/text.ts";
import { VERDICT_WORDS } from "../reports/words.ts";
import type { VerdictResult, VerificationResult } from "../verify/result.ts";

/** One domain of the practice municipality: what was expected, what was found, and how that differs. */
export interface Compared {
  readonly case: PracticeCase;
  /** Null: no verdict was reached at all. */
  readonly found: Verdict | null;
  /** Null: as expected. */
  readonly difference: Bilingual | null;
}

const REQUIREMENT = "S18";

/** Compares verdicts, causes, warnings and tags with what the practice cases say must be found. */
export function comparePractice(
  { verdicts }: VerificationResult,
  expected: ReadonlyMap<string, PracticeCase>,
): readonly Compared[] {
  const byAsset = new Map(
    verdicts.filter(({ requirement }) => requirement === REQUIREMENT).map((verdict) => [verdict.asset.id, verdict]),
  );
  return [...expected].map(([id, practiceCase]) => {
    const found = byAsset.get(id);
    const difference = found === undefined ? NO_VERDICT : differenceOf(found, practiceCase);
    return { case: practiceCase, found: found?.verdict ?? null, difference };
  });
}

const NO_VERDICT: Bilingual = { da: "ingen afgørelse", en: "no verdict" };

function differenceOf({ verdict, cause, findings }: VerdictResult, expected: PracticeCase): Bilingual | null {
  const { acceptable = [], causes, warning, tags = [] } = expected;
  if (verdict !== expected.verdict) {
    return acceptable.includes(verdict) ? null : { da: "en anden afgørelse", en: "another verdict" };
  }
  if (causes !== undefined && (cause === null || !causes.includes(cause))) {
    return { da: `årsagen ${cause ?? "mangler"}`, en: `the cause ${cause ?? "is missing"}` };
  }
  const warns = findings.some(({ outcome }) => outcome === "warn");
  if (warning === false && warns) return { da: "en uventet advarsel", en: "an unexpected warning" };
  if (warning === true && !warns) return { da: "advarslen mangler", en: "the warning is missing" };
  const missing = tags.find((tag) => !findings.some((finding) => finding.tag === tag));
  return missing === undefined ? null : { da: `${missing} mangler`, en: `${missing} is missing` };
}

/** A line per case, and how many came out as they should. */
export function practiceText(compared: readonly Compared[], language: Language, paint: Paint): string {
  const da = language === "da";
  const right = compared.filter(({ difference }) => difference === null).length;
  const heading = da ? "Øvelsen: forventet = fundet?" : "The exercise: expected = found?";
  const tally = da
    ? `${right} af ${compared.length} domæner blev vurderet, som de skulle.`
    : `${right} of ${compared.length} domains were judged as they should be.`;
  const lines = compared.map((each) => lineOf(each, language, paint));
  const tone = right === compared.length ? "good" : "bad";
  return `${["", paint("heading", heading), ...lines, paint(tone, tally)].join("\n")}\n`;
}

function lineOf({ case: practiceCase, found, difference }: Compared, language: Language, paint: Paint): string {
  const { domain, verdict, what } = practiceCase;
  const wanted = VERDICT_WORDS[verdict][language];
  const seen = found === null ? NO_VERDICT[language] : VERDICT_WORDS[found][language];
  const sign = difference === null ? paint("good", "=") : paint("bad", "≠");
  const why = difference === null ? "" : `  (${difference[language]})`;
  return `  ${sign} ${printable(domain)}: ${wanted} ${difference === null ? "=" : "≠"} ${seen}${why}  ${paint("faint", printable(what[language]))}`;
}
