import type { Language } from "../core/messages.ts";
import type { RequirementResult, VerdictResult, VerificationResult } from "../verify/result.ts";
import { printable } from "./printable.ts";
import { noAssetWords } from "./no-asset-words.ts";
import { requirementTitle } from "./requirement-words.ts";
import { CAUSE_WORDS, VERDICT_WORDS } from "./words.ts";

/**
 * The result as JUnit XML: a suite per requirement, a case per asset. A fail is a failure, what could not be decided is an
 * error (never a pass), what is not applicable is skipped; warnings and statements stand in system-out.
 */
export function toJunit(result: VerificationResult, language: Language): string {
  const suites = result.requirements.map((requirement) => suite(requirement, result, language));
  const totals = countsOf(suites.flatMap(({ cases }) => cases));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="Kravvagt" ${totals} time="${result.cost.seconds}">`,
    ...suites.flatMap(({ opening, cases }) => [opening, ...cases.map(({ xml }) => xml), "  </testsuite>"]),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

type Kind = "passed" | "failure" | "error" | "skipped";

interface Case {
  readonly kind: Kind;
  readonly xml: string;
}

function suite(requirement: RequirementResult, result: VerificationResult, language: Language) {
  const { requirement: id, cause } = requirement;
  const own = result.verdicts.filter((verdict) => verdict.requirement === id);
  const cases = own.map((verdict) => caseOf(verdict, language));
  if (own.length === 0) {
    const why = cause === null ? VERDICT_WORDS.indeterminate[language] : CAUSE_WORDS[cause][language];
    const name = language === "da" ? "ingen aktiver" : "no assets";
    const { text, remedy } = noAssetWords(id);
    const words = element(`${text[language]} ${remedy[language]}`);
    const body = `<error message="${attribute(why)}" type="${attribute(cause ?? "internal")}">${words}</error>`;
    cases.push({ kind: "error", xml: testcase(id, name, [body]) });
  }
  const name = `${id} ${requirementTitle(id, language)}`;
  const counts = countsOf(cases);
  const opening = `  <testsuite name="${attribute(name)}" ${counts} timestamp="${attribute(result.startedAt)}">`;
  return { opening, cases };
}

function countsOf(cases: readonly Case[]): string {
  const count = (kind: Kind): number => cases.filter((each) => each.kind === kind).length;
  return `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}

function caseOf(result: VerdictResult, language: Language): Case {
  const { asset, requirement, verdict, cause, findings } = result;
  const say = (outcomes: readonly string[]): string =>
    findings
      .filter(({ outcome }) => outcomes.includes(outcome))
      .map(({ tag, text, remedy }) => `${tag}: ${text}${remedy === undefined ? "" : ` ${remedy}`}`)
      .map((line) => element(line))
      .join("\n");
  const words = attribute(VERDICT_WORDS[verdict][language]);
  const notes = say(["warn"]);
  const out = notes === "" ? [] : [`<system-out>${notes}</system-out>`];
  switch (verdict) {
    case "fail": {
      const type = attribute(findings.find(({ outcome }) => outcome === "fail")?.tag ?? requirement);
      const body = `<failure message="${words}" type="${type}">${say(["fail", "indeterminate"])}</failure>`;
      return { kind: "failure", xml: testcase(requirement, asset.id, [body, ...out]) };
    }
    case "indeterminate": {
      const why = cause === null ? "" : `: ${attribute(CAUSE_WORDS[cause][language])}`;
      const type = attribute(cause ?? "internal");
      const body = `<error message="${words}${why}" type="${type}">${say(["indeterminate"])}</error>`;
      return { kind: "error", xml: testcase(requirement, asset.id, [body, ...out]) };
    }
    case "not-applicable":
      return { kind: "skipped", xml: testcase(requirement, asset.id, [`<skipped message="${words}"/>`, ...out]) };
    case "attested": {
      const body = `<system-out>${element(VERDICT_WORDS.attested[language])}${notes === "" ? "" : `\n${notes}`}</system-out>`;
      return { kind: "passed", xml: testcase(requirement, asset.id, [body]) };
    }
    case "pass":
      return { kind: "passed", xml: testcase(requirement, asset.id, out) };
  }
}

function testcase(requirement: string, name: string, body: readonly string[]): string {
  const opening = `    <testcase classname="kravvagt.${attribute(requirement)}" name="${attribute(name)}"`;
  return body.length === 0 ? `${opening}/>` : `${opening}>${body.join("")}</testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** `printable` also removes what XML 1.0 cannot hold at all: control characters and surrogates; two more are named here. */
function element(text: string): string {
  return printable(text)
    .replaceAll(/[\ufffe\uffff]/gu, "\ufffd")
    .replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? "");
}

function attribute(text: string): string {
  return element(text);
}
