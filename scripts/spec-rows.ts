/**
 * Extracts the rows of a requirement's section of the specification: numbered facts, table rows, name-server rules and
 * edge-case bullets. Writes docs/specification/<id>-rows.json, or with --check compares it with the specification.
 *
 * For S27 also those of tls-profile.md beside the specification.
 *
 *   node scripts/spec-rows.ts FILE S18 [--check]
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

interface SpecificationRows {
  readonly requirement: string;
  readonly section: string;
  /** SHA-256 of the section's text, from its heading to the next. */
  readonly sha256: string;
  readonly rows: readonly { readonly id: string; readonly text: string }[];
}

const TEXT_LENGTH = 100;

function sectionOf(specification: string, requirement: string): { readonly number: string; readonly text: string } {
  const heading = new RegExp(`^### (\\d+\\.\\d+) ${requirement} .*$`, "m").exec(specification);
  if (heading?.[1] === undefined) throw new Error(`the specification has no section on ${requirement}`);
  const rest = specification.slice(heading.index);
  const next = /\n### |\n## /.exec(rest.slice(1));
  return { number: heading[1], text: next === null ? rest : rest.slice(0, next.index + 1) };
}

function shorten(text: string): string {
  const plain = text.replaceAll(/[*`]/g, "").replaceAll(/\s+/g, " ").trim();
  return plain.length <= TEXT_LENGTH ? plain : `${plain.slice(0, TEXT_LENGTH - 1)}…`;
}

/** Tables whose rows have no numbers: the head of their first column, and what their rows are called. */
const UNNUMBERED: Readonly<Record<string, string>> = { "port 80 result": "a", level: "level", part: "S9" };

/** Paragraphs that hold rules: one row each, or one for each rule where they are told apart by semicolons. */
const PARAGRAPHS: readonly { readonly start: RegExp; readonly id: string; readonly isList: boolean }[] = [
  { start: /^\*\*Name servers that differ[^*]*\*\*\s*/, id: "servers", isList: true },
  { start: /^Also: /, id: "also", isList: true },
  { start: /^\*\*Edge cases:\*\* /, id: "case", isList: true },
  { start: /^FAIL for part 2: /, id: "part 2 fail", isList: true },
  { start: /^\*\*S27\(b\)\*\* — /, id: "b", isList: false },
  { start: /^\*\*S27\(c\)\*\* — /, id: "c", isList: false },
  { start: /^\*\*Certificate validity\*\* /, id: "certificate", isList: false },
  { start: /^\*\*includeSubDomains inheritance\.\*\* /, id: "inheritance", isList: false },
  { start: /^\*\*HSTS on redirect responses\.\*\* /, id: "redirects", isList: false },
];

function paragraphRows(line: string): SpecificationRows["rows"] {
  const paragraph = PARAGRAPHS.find(({ start }) => start.test(line));
  if (paragraph === undefined) return [];
  const { start, id, isList } = paragraph;
  const rest = line.replace(start, "");
  if (!isList) return [{ id, text: shorten(rest) }];
  return rest.split("; ").map((rule, index) => ({ id: `${id} ${index + 1}`, text: shorten(rule) }));
}

function rowsOf(text: string): SpecificationRows["rows"] {
  const rows: { id: string; text: string }[] = [];
  let table = "fact";
  for (const line of text.split("\n")) {
    const cells = line.startsWith("|")
      ? line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim())
      : [];
    const [first = "", second = ""] = cells;
    const unnumbered = UNNUMBERED[first];
    if (unnumbered !== undefined) table = unnumbered;
    else if (first === "#") table = "fact";
    else if (/^(DNSKEY alg|DS digest)/.test(first)) table = first.startsWith("DS") ? "digest" : "algorithm";
    else if (Object.values(UNNUMBERED).includes(table) && first !== "" && !first.startsWith("---")) {
      const number = rows.filter(({ id }) => id.startsWith(`${table} `)).length + 1;
      rows.push({ id: `${table} ${number}`, text: shorten(first) });
    } else if (/^\d/.test(first)) {
      rows.push({ id: table === "fact" ? first : `${table} ${first}`, text: shorten(second) });
    } else if (line.startsWith("- ")) {
      const number = rows.filter(({ id }) => id.startsWith("edge")).length + 1;
      rows.push({ id: `edge ${number}`, text: shorten(line.slice(2)) });
    } else rows.push(...paragraphRows(line));
  }
  return rows;
}

/** S27(c)'s parameters stand in a file of their own beside the specification: 2.2 and 2.4 are tables, 2.5 is a list. */
const PROFILE_TABLES: Readonly<Record<string, string>> = { "2.2": "parameter", "2.4": "probe" };

function profileRows(specification: string): SpecificationRows["rows"] {
  const sections = readFileSync(path.join(path.dirname(specification), "tls-profile.md"), "utf8").split(/^### /m);
  return sections.flatMap((section) => {
    const number = section.slice(0, 3);
    const kind = PROFILE_TABLES[number];
    const lines = section.split("\n");
    if (number === "2.5")
      return lines
        .filter((line) => line.startsWith("- "))
        .map((line, index) => ({ id: `trap ${index + 1}`, text: shorten(line.slice(2)) }));
    if (kind === undefined) return [];
    const cells = lines.filter((line) => line.startsWith("| ")).map((line) => shorten(line.split("|")[1] ?? ""));
    return cells
      .filter((cell) => cell !== "parameter" && cell !== "fact" && !cell.startsWith("---"))
      .map((cell) => ({ id: `${kind} ${cell.replace(/ \(.*$/, "").replace(/, TLS 1\.2$/, "")}`, text: cell }));
  });
}

const [file, requirement, check] = process.argv.slice(2);
if (file === undefined || requirement === undefined) {
  console.error("usage: node scripts/spec-rows.ts FILE REQUIREMENT [--check]");
  process.exit(64);
}
const { number, text } = sectionOf(readFileSync(file, "utf8"), requirement);
const found: SpecificationRows = {
  requirement,
  section: number,
  sha256: createHash("sha256").update(text).digest("hex"),
  rows: requirement === "S27" ? [...rowsOf(text), ...profileRows(file)] : rowsOf(text),
};
const target = new URL(`../docs/specification/${requirement.toLowerCase()}-rows.json`, import.meta.url);
const json = `${JSON.stringify(found, null, 2)}\n`;
if (check !== "--check") {
  writeFileSync(target, json);
} else if (readFileSync(target, "utf8") !== json) {
  console.error(`${requirement}: the specification's section ${number} has changed; review the rows and SPEC.md`);
  process.exit(1);
}
console.log(`${requirement}: ${found.rows.length} rows`);
