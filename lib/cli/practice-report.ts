import type { Bilingual, Language } from "../core/messages.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import type { Verdict } from "../core/verdict.ts";
import type { Expected } from "../practice/practice-case.ts";
import type { PracticeCase } from "../practice/cases.ts";
import { printable } from "../reports/printable.ts";
import type { Paint } from "../reports/text.ts";
import { VERDICT_WORDS } from "../reports/words.ts";
import type { VerdictResult, VerificationResult } from "../verify/result.ts";

/** One domain of the practice municipality: what was expected, what was found, and how that differs. */
export interface Compared {
  readonly case: PracticeCase;
  /** Of S18. Null: no verdict was reached at all. */
  readonly found: Verdict | null;
  /** What was expected and found for further requirements that were judged. */
  readonly further: readonly FurtherVerdict[];
  /** Null: as expected. */
  readonly difference: Bilingual | null;
}

interface FurtherVerdict {
  readonly requirement: RequirementId;
  readonly expected: Verdict;
  readonly found: Verdict | null;
  readonly difference: Bilingual | null;
}

const REQUIREMENT = "S18";

/** Compares verdicts, causes, warnings and tags with what the practice cases say must be found, for what was judged. */
export function comparePractice(
  { verdicts }: VerificationResult,
  expected: ReadonlyMap<string, PracticeCase>,
): readonly Compared[] {
  const found = new Map(verdicts.map((verdict) => [`${verdict.requirement} ${verdict.asset.id}`, verdict]));
  const judged = new Set(verdicts.map(({ requirement }) => requirement));
  return [...expected].map(([id, practiceCase]) => {
    const own = found.get(`${REQUIREMENT} ${id}`);
    const further = furtherExpected(practiceCase)
      .filter(([requirement]) => judged.has(requirement))
      .map(([requirement, wanted]): FurtherVerdict => {
        const verdict = found.get(`${requirement} ${id}`);
        const difference = named(requirement, verdict === undefined ? NO_VERDICT : differenceOf(verdict, wanted));
        return { requirement, expected: wanted.verdict, found: verdict?.verdict ?? null, difference };
      });
    const first = own === undefined ? NO_VERDICT : differenceOf(own, practiceCase);
    const difference = first ?? further.find((each) => each.difference !== null)?.difference ?? null;
    return { case: practiceCase, found: own?.verdict ?? null, further, difference };
  });
}

function furtherExpected({ mail = {} }: PracticeCase): readonly (readonly [RequirementId, Expected])[] {
  return (["S19", "S20", "S23"] as const).flatMap((id) => (mail[id] === undefined ? [] : [[id, mail[id]] as const]));
}

function named(requirement: RequirementId, difference: Bilingual | null): Bilingual | null {
  return difference && { da: `${requirement}: ${difference.da}`, en: `${requirement}: ${difference.en}` };
}

const NO_VERDICT: Bilingual = { da: "ingen afgørelse", en: "no verdict" };

function differenceOf(
  { verdict, cause, findings }: VerdictResult,
  expected: Expected & Pick<PracticeCase, "warning">,
): Bilingual | null {
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

function lineOf(
  { case: practiceCase, found, further, difference }: Compared,
  language: Language,
  paint: Paint,
): string {
  const { domain, verdict, what } = practiceCase;
  const others = (of: "expected" | "found") =>
    further.map((each) => `, ${each.requirement} ${verdictWords(each[of], language)}`).join("");
  const wanted = verdictWords(verdict, language) + others("expected");
  const seen = verdictWords(found, language) + others("found");
  const sign = difference === null ? paint("good", "=") : paint("bad", "≠");
  const why = difference === null ? "" : `  (${difference[language]})`;
  return `  ${sign} ${printable(domain)}: ${wanted} ${difference === null ? "=" : "≠"} ${seen}${why}  ${paint("faint", printable(what[language]))}`;
}

function verdictWords(verdict: Verdict | null, language: Language): string {
  return verdict === null ? NO_VERDICT[language] : VERDICT_WORDS[verdict][language];
}
