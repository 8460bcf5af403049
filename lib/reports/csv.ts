import type { VerificationResult } from "../verify/result.ts";
import { printable } from "./printable.ts";

/** Names of the columns: a promise to whoever reads the file by machine, so they are not translated. */
const COLUMNS = [
  "asset",
  "kind",
  "requirement",
  "verdict",
  "cause",
  "check",
  "clause",
  "outcome",
  "tag",
  "text",
  "remedy",
  "exempted_until",
  "observed_at",
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

const EMPTY: Row = {
  asset: "",
  kind: "",
  requirement: "",
  verdict: "",
  cause: "",
  check: "",
  clause: "",
  outcome: "",
  tag: "",
  text: "",
  remedy: "",
  exempted_until: "",
  observed_at: "",
};

/** The result as CSV (RFC 4180): a header, then a row per finding. A requirement without assets has a row of its own. */
export function toCsv(result: VerificationResult): string {
  const rows = result.verdicts.flatMap(
    ({ asset, requirement, verdict, cause, findings, observedAt }): readonly Row[] => {
      const row = {
        ...EMPTY,
        asset: asset.id,
        kind: asset.kind,
        requirement,
        verdict,
        cause: cause ?? "",
        observed_at: observedAt,
      };
      if (findings.length === 0) return [row];
      return findings.map((finding) => ({
        ...row,
        cause: finding.cause ?? cause ?? "",
        check: finding.check,
        clause: finding.clause,
        outcome: finding.outcome,
        tag: finding.tag,
        text: finding.text,
        remedy: finding.remedy ?? "",
        exempted_until: finding.exempted?.validUntil ?? "",
      }));
    },
  );
  const withAssets = new Set<string>(result.verdicts.map(({ requirement }) => requirement));
  const empty = result.requirements
    .filter(({ requirement }) => !withAssets.has(requirement))
    .map(({ requirement, verdict, cause }): Row => ({ ...EMPTY, requirement, verdict, cause: cause ?? "" }));
  const lines = [
    COLUMNS.join(","),
    ...[...rows, ...empty].map((row) => COLUMNS.map((name) => cell(row[name])).join(",")),
  ];
  return `${lines.join("\r\n")}\r\n`;
}

/** What a spreadsheet takes for the beginning of a formula, wide forms included. */
const FORMULA = /^(?:[\t\r]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/u;

/** Quotes as RFC 4180 asks; a formula is defused by an apostrophe before anything else is done to it. */
function cell(value: string): string {
  const defused = printable(FORMULA.test(value) ? `'${value}` : value);
  return /[",\r\n]/u.test(defused) || defused !== defused.trim() ? `"${defused.replaceAll('"', '""')}"` : defused;
}
