/**
 * Extracts the rows of a requirement's section of the specification: numbered facts, table rows, name-server rules and
 * edge-case bullets. Writes docs/specification/<id>-rows.json, or with --check compares it with the specification.
 *
 *   node scripts/spec-rows.ts FILE S18 [--check]
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
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
    if (/^(DNSKEY alg|DS digest)/.test(first)) table = first.startsWith("DS") ? "digest" : "algorithm";
    else if (/^\d/.test(first)) {
      rows.push({ id: table === "fact" ? first : `${table} ${first}`, text: shorten(second) });
    } else if (line.startsWith("**Name servers that differ")) {
      const rules = line.replace(/^\*\*[^*]*\*\*\s*/, "").split("; ");
      rules.forEach((rule, index) => rows.push({ id: `servers ${index + 1}`, text: shorten(rule) }));
    } else if (line.startsWith("- ")) {
      const number = rows.filter(({ id }) => id.startsWith("edge")).length + 1;
      rows.push({ id: `edge ${number}`, text: shorten(line.slice(2)) });
    }
  }
  return rows;
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
  rows: rowsOf(text),
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
