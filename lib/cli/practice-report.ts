import type { Bilingual, Language } from "../core/messages.ts";
import { REQUIREMENT_IDS, type RequirementId } from "../core/requirement-id.ts";
import type { Verdict } from "../core/verdict.ts";
import type { PracticeCase, WebCase } from "../practice/cases.ts";
import type { Expected } from "../practice/practice-case.ts";
import { assetNameOf } from "../practice/web-case.ts";
import { printable } from "../reports/printable.ts";
import type { Paint } from "../reports/paint.ts";
import { VERDICT_WORDS } from "../reports/words.ts";
import type { VerdictResult, VerificationResult } from "../verify/result.ts";
import { isUnderDk } from "../web/under-dk.ts";

/** One asset of the practice municipality: what was expected, what was found, and how that differs. */
export interface Compared {
  readonly case: PracticeCase | WebCase;
  /** What a person calls the asset. */
  readonly name: string;
  /** Of the requirements that were judged, those of which it is written down what they must say. */
  readonly verdicts: readonly ComparedVerdict[];
  /** Null: as expected. */
  readonly difference: Bilingual | null;
}

interface ComparedVerdict {
  readonly requirement: RequirementId;
  readonly expected: Verdict;
  /** Null: no verdict was reached at all. */
  readonly found: Verdict | null;
  readonly difference: Bilingual | null;
}

/** What one requirement must say; `isPlain`: it goes without saying, unless something else is found. */
interface Wanted extends Expected {
  readonly warning?: boolean;
  readonly isPlain?: true;
}

/** Whose verdict comes first, without being named. */
const FIRST: RequirementId = "S18";

/** Compares verdicts, causes, warnings and tags with what the practice cases say must be found, for what was judged. */
export function comparePractice(
  { verdicts }: Pick<VerificationResult, "verdicts">,
  expected: ReadonlyMap<string, PracticeCase | WebCase>,
): readonly Compared[] {
  const found = new Map(verdicts.map((verdict) => [`${verdict.requirement} ${verdict.asset.id}`, verdict]));
  const judged = new Set(verdicts.map(({ requirement }) => requirement));
  return [...expected].map(([id, practiceCase]) => {
    const compared = wantedOf(practiceCase)
      .filter(([requirement]) => requirement === FIRST || judged.has(requirement))
      .map(([requirement, wanted]) => ({ wanted, ...compare(requirement, wanted, found.get(`${requirement} ${id}`)) }));
    return {
      case: practiceCase,
      name: "domain" in practiceCase ? practiceCase.domain : assetNameOf(practiceCase),
      verdicts: compared.filter(({ wanted, difference }) => wanted.isPlain !== true || difference !== null),
      difference: compared.find(({ difference }) => difference !== null)?.difference ?? null,
    };
  });
}

function compare(requirement: RequirementId, wanted: Wanted, verdict: VerdictResult | undefined): ComparedVerdict {
  const difference = verdict === undefined ? NO_VERDICT : differenceOf(verdict, wanted);
  return {
    ...{ requirement, expected: wanted.verdict, found: verdict?.verdict ?? null },
    difference: requirement === FIRST ? difference : named(requirement, difference),
  };
}

function wantedOf(each: PracticeCase | WebCase): readonly (readonly [RequirementId, Wanted])[] {
  if (!("domain" in each)) return told({ S17: each.web.S17, S27: each.web.S27, K11: each.web.K11 });
  const { domain, mail = {}, web } = each;
  const underDk: Wanted | undefined = isUnderDk(domain) ? { verdict: "pass", isPlain: true } : undefined;
  return told({ S18: each, S19: mail.S19, S20: mail.S20, S23: mail.S23, S17: web?.S17 ?? underDk });
}

function told(
  wanted: Readonly<Partial<Record<RequirementId, Wanted | undefined>>>,
): readonly (readonly [RequirementId, Wanted])[] {
  return [FIRST, ...REQUIREMENT_IDS.filter((id) => id !== FIRST)].flatMap((id) =>
    wanted[id] === undefined ? [] : [[id, wanted[id]] as const],
  );
}

function named(requirement: RequirementId, difference: Bilingual | null): Bilingual | null {
  return difference && { da: `${requirement}: ${difference.da}`, en: `${requirement}: ${difference.en}` };
}

const NO_VERDICT: Bilingual = { da: "ingen afgørelse", en: "no verdict" };

function differenceOf({ verdict, cause, findings }: VerdictResult, expected: Wanted): Bilingual | null {
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
    ? `${right} af ${compared.length} aktiver blev vurderet, som de skulle.`
    : `${right} of ${compared.length} assets were judged as they should be.`;
  const lines = compared.map((each) => lineOf(each, language, paint));
  const tone = right === compared.length ? "good" : "bad";
  return `${["", paint("heading", heading), ...lines, paint(tone, tally)].join("\n")}\n`;
}

function lineOf({ case: { what }, name, verdicts, difference }: Compared, language: Language, paint: Paint): string {
  const side = (of: "expected" | "found") => verdicts.map((each) => verdictText(each, each[of], language)).join(", ");
  const sign = difference === null ? paint("good", "=") : paint("bad", "≠");
  const why = difference === null ? "" : `  (${difference[language]})`;
  const compared = `${side("expected")} ${difference === null ? "=" : "≠"} ${side("found")}${why}`;
  return `  ${sign} ${printable(name)}: ${compared}  ${paint("faint", printable(what[language]))}`;
}

function verdictText({ requirement }: ComparedVerdict, verdict: Verdict | null, language: Language): string {
  const words = verdictWords(verdict, language);
  return requirement === FIRST ? words : `${requirement} ${words}`;
}

function verdictWords(verdict: Verdict | null, language: Language): string {
  return verdict === null ? NO_VERDICT[language] : VERDICT_WORDS[verdict][language];
}
