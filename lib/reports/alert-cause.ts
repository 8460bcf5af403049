import { namesIn } from "../core/detail-words.ts";
import type { JudgedFinding } from "../core/finding.ts";
import { argumentsOf, type Language, type Outcome, render } from "../core/messages.ts";
import type { Requirement } from "../core/requirement.ts";
import type { RequirementId } from "../core/requirement-id.ts";
import type { Deciding } from "../core/transition.ts";
import type { Verdict } from "../core/verdict.ts";
import { assetWords, cut } from "./alert-assets.ts";
import { sayIn } from "./alert-body.ts";
import type { AlertContext } from "./alert-context.ts";
import { dateWords } from "./alert-time.ts";
import { printable } from "./printable.ts";
import { builtRequirement, messageTemplate, shownTemplate } from "./requirement-words.ts";

/** A finding's sentences are at most 150 characters of ours; the rest is what the asset sent. */
const LONGEST_SENTENCE = 1000;

/** What decided, in a sentence, and what to do about it; null where the tag has no remedy. */
export interface CauseWords {
  readonly text: string;
  readonly remedy: string | null;
}

/**
 * What a tag says, in the asset's own terms, for one asset or many. Where their findings say different things, the first one's
 * stand as an example that names its asset.
 */
export function causeWords(
  requirement: RequirementId,
  deciding: Deciding,
  assets: readonly string[],
  total: number,
  findingsOf: AlertContext["findingsOf"],
  language: Language,
): CauseWords {
  const known = assets.flatMap((asset) => {
    const finding = decidingFinding(requirement, deciding, findingsOf(asset));
    return finding === undefined
      ? []
      : [{ asset, words: sentences(requirement, deciding, finding.evidence, language) }];
  });
  const [first] = known;
  if (first === undefined) return sentences(requirement, deciding, {}, language);
  const isSaidOfAll = known.length === total && known.every(({ words }) => words.text === first.words.text);
  if (isSaidOfAll) return first.words;
  const say = sayIn(language);
  const name = assetWords(first.asset, language);
  const text = `${say(`For eksempel ${name}`, `For example ${name}`)}: ${first.words.text}`;
  return { text, remedy: first.words.remedy };
}

/** Which findings carry a verdict that is no fail. */
const CARRYING: Readonly<Partial<Record<Verdict, Outcome>>> = {
  pass: "pass",
  "not-applicable": "not-applicable",
  indeterminate: "indeterminate",
};
const MOST_CARRYING = 3;

/** What carries a verdict that is no fail, a sentence each; exemptions by their reason. None where it is not known. */
export function carryingWords(
  requirement: RequirementId,
  verdict: Verdict,
  findings: readonly JudgedFinding[],
  language: Language,
): readonly string[] {
  const said = findings.flatMap(({ tag, outcome, evidence, exempted }) => {
    if (exempted !== undefined && verdict === "attested") return [exemptionWords(exempted, language)];
    return outcome === CARRYING[verdict] ? [sentences(requirement, { tag, about: null }, evidence, language).text] : [];
  });
  return [...new Set(said)].slice(0, MOST_CARRYING);
}

function exemptionWords(
  { reason, by, validUntil }: NonNullable<JudgedFinding["exempted"]>,
  language: Language,
): string {
  const until = dateWords(validUntil, language);
  const words = sayIn(language)(
    `Dispensation til ${until} ved ${by}: ${reason}`,
    `Exempted until ${until} by ${by}: ${reason}`,
  );
  return cut(printable(words), LONGEST_SENTENCE);
}

/** The finding with the tag; where several have it, the one about the same thing. */
function decidingFinding(
  requirement: RequirementId,
  { tag, about }: Deciding,
  findings: readonly JudgedFinding[],
): JudgedFinding | undefined {
  const tagged = findings.filter((finding) => finding.tag === tag);
  const message = messageTemplate(requirement, tag);
  const argument = message !== undefined && "about" in message ? message.about : undefined;
  return tagged.find(({ evidence }) => argument !== undefined && evidence[argument] === about) ?? tagged[0];
}

/** Renders both sentences; what the evidence does not hold is shown as <argument>, and a tag nobody knows as itself. */
function sentences(
  id: RequirementId,
  { tag, about }: Deciding,
  evidence: Readonly<Record<string, unknown>>,
  language: Language,
): CauseWords {
  const message = messageTemplate(id, tag);
  if (message === undefined) return { text: cut(printable(tag)), remedy: null };
  const shared = "about" in message && message.about !== undefined && about !== null ? { [message.about]: about } : {};
  const known = { ...shared, ...evidence };
  const fill = (template: string): string => filled(template, known, builtRequirement(id), language);
  return {
    text: fill(message.text[language]),
    remedy: message.remedy === undefined ? null : fill(message.remedy[language]),
  };
}

function filled(
  template: string,
  known: Readonly<Record<string, unknown>>,
  requirement: Requirement | undefined,
  language: Language,
): string {
  const nameOf = namesIn(requirement, language);
  const values = argumentsOf(template).map((argument): readonly [string, string | number] => {
    const value = Object.hasOwn(known, argument) ? known[argument] : undefined;
    const isKnown = typeof value === "string" || typeof value === "number";
    return [argument, isKnown ? value : shownTemplate(`{${argument}}`)];
  });
  return cut(printable(render(template, Object.fromEntries(values), nameOf)), LONGEST_SENTENCE);
}
