import { READINGS, type Reading } from "../../lib/core/requirement-id.ts";
import type { GoldenFinding, GoldenReport, GoldenVerdict } from "./golden-report.ts";

/** How one report differs from another: lines for people, and the requirements of which a verdict changed. */
export interface GoldenDifference {
  /** Empty when nothing differs. */
  readonly lines: readonly string[];
  readonly changedVerdicts: readonly string[];
}

/** Compares what is expected with what is found now, asset by asset, in each reading. */
export function compareReports(expected: GoldenReport, found: GoldenReport): GoldenDifference {
  const compared = READINGS.flatMap((reading) => compareReading(reading, expected, found));
  const versions = [...new Set([...Object.keys(expected.versions), ...Object.keys(found.versions)])].flatMap((id) =>
    changed(`${id}: version`, expected.versions[id] ?? "none", found.versions[id] ?? "none"),
  );
  return {
    lines: [...versions, ...compared.flatMap(({ lines }) => lines)],
    changedVerdicts: [...new Set(compared.flatMap(({ verdictOf }) => verdictOf ?? []))],
  };
}

/** Requirements of which a verdict changed although their version was not raised. */
export function unraised(expected: GoldenReport, found: GoldenReport): readonly string[] {
  const { changedVerdicts } = compareReports(expected, found);
  return changedVerdicts.filter((id) => (found.versions[id] ?? 0) <= (expected.versions[id] ?? 0));
}

interface Compared {
  readonly lines: readonly string[];
  /** The requirement, when this asset's verdict for it changed. */
  readonly verdictOf: string | null;
}

function compareReading(reading: Reading, expected: GoldenReport, found: GoldenReport): readonly Compared[] {
  const [before, after] = [bySubject(expected.readings[reading]), bySubject(found.readings[reading])];
  const subjects = [...new Set([...before.keys(), ...after.keys()])].sort();
  return subjects.map((subject) => {
    const compared = compareVerdicts(before.get(subject), after.get(subject));
    if (compared.lines.length === 0) return compared;
    return { ...compared, lines: [`${subject} (${reading})`, ...compared.lines.map((line) => `  ${line}`)] };
  });
}

function bySubject(verdicts: readonly GoldenVerdict[]): ReadonlyMap<string, GoldenVerdict> {
  return new Map(verdicts.map((each) => [`${each.requirement} ${each.asset}`, each]));
}

function compareVerdicts(before: GoldenVerdict | undefined, after: GoldenVerdict | undefined): Compared {
  if (before === undefined || after === undefined) {
    return { lines: [before === undefined ? "+ not expected" : "- no longer judged"], verdictOf: null };
  }
  const verdicts = changed("verdict", judged(before), judged(after));
  const lines = [
    ...verdicts,
    ...changed("clauses", JSON.stringify(before.clauses), JSON.stringify(after.clauses)),
    ...compareFindings(before.findings, after.findings),
    ...changed("observations", before.evidence, after.evidence),
  ];
  return { lines, verdictOf: verdicts.length > 0 ? after.requirement : null };
}

function judged({ verdict, cause }: GoldenVerdict): string {
  return cause === null ? verdict : `${verdict} (${cause})`;
}

/** Findings of one check and tag belong together in the order they were made; what is left over came or went. */
function compareFindings(before: readonly GoldenFinding[], after: readonly GoldenFinding[]): readonly string[] {
  const [old, now] = [groups(before), groups(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [were, are] = [old.get(key) ?? [], now.get(key) ?? []];
    const longest = Math.max(were.length, are.length);
    return Array.from({ length: longest }, (_, index) => compareFinding(were[index], are[index])).flat();
  });
}

function groups(findings: readonly GoldenFinding[]): Map<string, GoldenFinding[]> {
  return Map.groupBy(findings, ({ check, tag }) => `${check} ${tag}`);
}

function compareFinding(before: GoldenFinding | undefined, after: GoldenFinding | undefined): readonly string[] {
  if (before === undefined || after === undefined) {
    const [mark, one] = before === undefined ? ["+", after] : ["-", before];
    return one === undefined ? [] : [`${mark} ${one.tag} (${one.outcome}): ${one.text.da}`];
  }
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof GoldenFinding)[];
  return fields.flatMap((field) => changed(`${after.tag} ${field}`, textOf(before[field]), textOf(after[field])));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "none");
}

function changed(what: string, before: string | number, after: string | number): readonly string[] {
  return before === after ? [] : [`~ ${what}: ${before} -> ${after}`];
}
