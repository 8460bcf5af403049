import type { Language, Outcome } from "../core/messages.ts";
import type { FindingResult, VerdictResult, VerificationResult } from "../verify/result.ts";
import { noAssetWords } from "./no-asset-words.ts";
import { printable, printableJson } from "./printable.ts";
import { messageTemplate, requirementTitle, shownTemplate } from "./requirement-words.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * How findings weigh (SARIF 2.1.0 sections 3.27.9 and 3.27.10). What could not be decided is kind "open", and the standard
 * gives everything that is not a failure the level "none".
 */
const WEIGHTS: Readonly<Record<Outcome, { kind: string; level: string } | null>> = {
  fail: { kind: "fail", level: "error" },
  warn: { kind: "fail", level: "warning" },
  indeterminate: { kind: "open", level: "none" },
  pass: null,
  "not-applicable": null,
};

/** The result as SARIF 2.1.0: a rule per tag, a result per finding that failed, warns or could not be decided. */
export function toSarif(result: VerificationResult, language: Language): string {
  const located = result.verdicts.flatMap((verdict) =>
    verdict.findings.filter(({ outcome }) => WEIGHTS[outcome] !== null).map((finding) => ({ verdict, finding })),
  );
  const tags = [...new Map(located.map((each) => [each.finding.tag, each])).values()].toSorted((a, b) =>
    a.finding.tag < b.finding.tag ? -1 : 1,
  );
  const indexOf = new Map(tags.map(({ finding }, index) => [finding.tag, index]));
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Kravvagt",
            version: result.engine,
            rules: tags.map(({ verdict, finding }) => ruleOf(verdict, finding, language)),
          },
        },
        language: language === "da" ? "da-DK" : "en-GB",
        invocations: [invocationOf(result, language)],
        results: located.map(({ verdict, finding }) => resultOf(verdict, finding, indexOf.get(finding.tag) ?? -1)),
      },
    ],
  };
  return `${printableJson(log)}\n`;
}

function ruleOf({ requirement }: VerdictResult, { tag, outcome }: FindingResult, language: Language): object {
  const message = messageTemplate(requirement, tag);
  const { level } = WEIGHTS[outcome] ?? { level: "none" };
  return {
    id: tag,
    shortDescription: message === undefined ? text(tag) : text(shownTemplate(message.text[language])),
    fullDescription: text(`${requirement}: ${requirementTitle(requirement, language)}`),
    ...(message?.remedy === undefined ? {} : { help: text(shownTemplate(message.remedy[language])) }),
    defaultConfiguration: { level },
    properties: { tags: [requirement] },
  };
}

function resultOf(
  { asset, requirement, observedAt, evidence }: VerdictResult,
  finding: FindingResult,
  ruleIndex: number,
) {
  const { tag, outcome, check, cause, remedy, exempted } = finding;
  const sentence = remedy === undefined ? finding.text : `${finding.text} ${remedy}`;
  return {
    ruleId: tag,
    ruleIndex,
    ...(WEIGHTS[outcome] ?? {}),
    message: text(sentence),
    locations: [{ logicalLocations: [{ name: asset.name, fullyQualifiedName: asset.id, kind: asset.kind }] }],
    ...(exempted === undefined
      ? {}
      : { suppressions: [{ kind: "external", status: "accepted", justification: printable(exempted.reason) }] }),
    properties: { requirement, check, observedAt, evidence, ...(cause === undefined ? {} : { cause }) },
  };
}

/** What was not seen is told as notifications, so that a short list of results is not taken for a clean one. */
function invocationOf(result: VerificationResult, language: Language): object {
  const { startedAt, finishedAt, interrupted, notSeen, requirements } = result;
  const undecided = requirements.filter(({ verdict, assets }) => verdict === "indeterminate" && isEmpty(assets));
  const sentences = [
    ...notSeen,
    ...undecided.map(({ requirement }) => {
      const { text, remedy } = noAssetWords(requirement);
      return `${requirement}: ${text[language]} ${remedy[language]}`;
    }),
  ];
  return {
    executionSuccessful: !interrupted,
    startTimeUtc: startedAt,
    endTimeUtc: finishedAt,
    toolExecutionNotifications: sentences.map((sentence) => ({ level: "warning", message: text(sentence) })),
  };
}

function isEmpty(assets: Readonly<Record<string, number>>): boolean {
  return Object.values(assets).every((count) => count === 0);
}

/** Braces are doubled, because a message may hold placeholders (section 3.11.5). */
function text(sentence: string): { text: string } {
  return { text: printable(sentence).replaceAll("{", "{{").replaceAll("}", "}}") };
}
