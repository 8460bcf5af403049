import type { Language, Outcome } from "../core/messages.ts";
import { VERDICTS, type Verdict } from "../core/verdict.ts";
import type { FindingResult, RequirementResult, VerdictResult, VerificationResult } from "../verify/result.ts";
import { type Paint, plain, VERDICT_TONES } from "./paint.ts";
import { noAssetWords } from "./no-asset-words.ts";
import { printable } from "./printable.ts";
import { requirementTitle } from "./requirement-words.ts";
import { CAUSE_WORDS, VERDICT_WORDS } from "./words.ts";

const MARKS: Readonly<Record<Verdict, string>> = {
  fail: "✗",
  indeterminate: "?",
  attested: "✎",
  pass: "✓",
  "not-applicable": "–",
};
/** Worst first. */
const ORDER: readonly Verdict[] = ["fail", "indeterminate", "attested", "not-applicable", "pass"];

const OUTCOMES: readonly Outcome[] = ["fail", "indeterminate", "warn", "not-applicable", "pass"];

/** The result for people: per requirement its verdict, then its assets, the failing ones first, with remedies. */
export function toText(result: VerificationResult, language: Language, paint: Paint = plain): string {
  const render = new TextRenderer(result, language, paint);
  return `${render.lines().join("\n")}\n`;
}

class TextRenderer {
  readonly #result: VerificationResult;
  readonly #language: Language;
  readonly #paint: Paint;

  constructor(result: VerificationResult, language: Language, paint: Paint) {
    this.#result = result;
    this.#language = language;
    this.#paint = paint;
  }

  lines(): readonly string[] {
    const { requirements, interrupted } = this.#result;
    const sections = requirements.map((requirement) => [...this.#requirement(requirement), ""]);
    const nothing = this.#say("Intet blev vurderet.", "Nothing was judged.");
    return [
      ...(interrupted ? [this.#paint("unsure", this.#interrupted()), ""] : []),
      ...(requirements.length === 0 ? [nothing, ""] : sections.flat()),
      ...this.#notSeen(),
      this.#paint("faint", this.#cost()),
    ];
  }

  #say(da: string, en: string): string {
    return this.#language === "da" ? da : en;
  }

  #interrupted(): string {
    return this.#say(
      "Afbrudt: det, der mangler, blev ikke undersøgt.",
      "Interrupted: what is missing was not looked at.",
    );
  }

  #requirement(requirement: RequirementResult): readonly string[] {
    const { requirement: id, verdict } = requirement;
    const own = this.#result.verdicts.filter((each) => each.requirement === id);
    const sorted = ORDER.flatMap((wanted) => own.filter((each) => each.verdict === wanted));
    // A domain and the host of the same name are told apart by their ids.
    const named = Map.groupBy(own, ({ asset }) => asset.name);
    const nameOf = ({ asset: { name, id } }: VerdictResult): string => (named.get(name)?.length === 1 ? name : id);
    return [
      this.#paint("heading", `${id}  ${requirementTitle(id, this.#language)}`),
      `${this.#paint(VERDICT_TONES[verdict], this.#verdict(requirement).toUpperCase())}${this.#counts(requirement)}`,
      ...this.#noAsset(requirement),
      ...sorted.flatMap((each) => this.#asset(each, nameOf(each), own.length === 1)),
    ];
  }

  #noAsset({ requirement, cause, assets }: RequirementResult): readonly string[] {
    if (cause !== "no-inventory" || VERDICTS.some((verdict) => assets[verdict] > 0)) return [];
    const { text, remedy } = noAssetWords(requirement);
    return [`      ${text[this.#language]}`, `      → ${remedy[this.#language]}`];
  }

  #verdict({ verdict, cause }: { verdict: Verdict; cause: RequirementResult["cause"] }): string {
    const words = VERDICT_WORDS[verdict][this.#language];
    return cause === null ? words : `${words} (${CAUSE_WORDS[cause][this.#language]})`;
  }

  #counts({ assets }: RequirementResult): string {
    const total = VERDICTS.reduce((sum, verdict) => sum + assets[verdict], 0);
    if (total === 0) return "";
    const parts = ORDER.filter((verdict) => assets[verdict] > 0).map(
      (verdict) => `${assets[verdict]} ${VERDICT_WORDS[verdict][this.#language]}`,
    );
    const of = total === 1 ? this.#say("1 aktiv", "1 asset") : this.#say(`${total} aktiver`, `${total} assets`);
    return `  –  ${of}: ${parts.join(", ")}`;
  }

  /** Pass findings say nothing that the mark does not, so they are shown only for an asset that stands alone. */
  #asset(result: VerdictResult, name: string, isAlone: boolean): readonly string[] {
    const { verdict, findings } = result;
    const shown = findings.filter(({ outcome }) => isAlone || (outcome !== "pass" && outcome !== "not-applicable"));
    const distinct = [...new Map(shown.map((finding) => [`${finding.tag} ${finding.text}`, finding])).values()];
    const sorted = OUTCOMES.flatMap((wanted) => distinct.filter(({ outcome }) => outcome === wanted));
    const mark = this.#paint(VERDICT_TONES[verdict], MARKS[verdict]);
    const words = verdict === "pass" ? "" : `  ${this.#verdict(result)}`;
    return [
      `  ${mark} ${printable(name)}${words}`,
      ...sorted.flatMap((finding, index) => this.#finding(finding, sorted[index + 1])),
    ];
  }

  /** Where several findings in a row have one remedy, it stands once, after the last of them. */
  #finding(
    { tag, outcome, text, remedy, exempted }: FindingResult,
    next: FindingResult | undefined,
  ): readonly string[] {
    const label = outcome === "warn" ? this.#paint("unsure", this.#say("Advarsel: ", "Warning: ")) : "";
    const sentence = `      ${label}${printable(text)} ${this.#paint("faint", `[${tag}]`)}`;
    if (exempted !== undefined) {
      const { reason, by, validUntil } = exempted;
      const until = validUntil.slice(0, 10);
      const words = this.#say(
        `Dispensation til ${until} ved ${by}: ${reason}`,
        `Exempted until ${until} by ${by}: ${reason}`,
      );
      return [sentence, `      ${printable(words)}`];
    }
    const isRepeated = next?.outcome === outcome && next.remedy === remedy && next.exempted === undefined;
    return remedy === undefined || isRepeated ? [sentence] : [sentence, `      → ${printable(remedy)}`];
  }

  #notSeen(): readonly string[] {
    const { notSeen } = this.#result;
    if (notSeen.length === 0) return [];
    const heading = this.#paint("unsure", this.#say("Ikke set herfra:", "Not seen from here:"));
    return [heading, ...notSeen.map((sentence) => `  ${printable(sentence)}`), ""];
  }

  #cost(): string {
    const { seconds, dnsQueries, connections } = this.#result.cost;
    const shown = seconds.toFixed(1);
    return this.#say(
      `${shown.replace(".", ",")} s, ${dnsQueries} DNS-opslag, ${connections} forbindelser.`,
      `${shown} s, ${dnsQueries} DNS look-ups, ${connections} connections.`,
    );
  }
}
