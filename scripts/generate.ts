/** Writes the files that are made from code. With --check it changes nothing and fails when a file is not as it should be. */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import type { Requirement } from "../lib/core/requirement.ts";
import { SCHEMAS, schemaText } from "../lib/reports/schemas.ts";
import { REQUIREMENTS } from "../lib/requirements/index.ts";
import { openApiText } from "../lib/status/openapi.ts";

/** A file below the house and what it must hold. */
interface Generated {
  readonly file: string;
  readonly text: string;
}

const TAGS_HEADING = "## Tags\n";

/** SPEC.md with its last section, the table of tags, made from messages.ts. */
function specification({ id, messages }: Requirement): Generated {
  const file = `lib/requirements/${id.toLowerCase()}/SPEC.md`;
  const written = readOrEmpty(file).split(TAGS_HEADING)[0] ?? "";
  const rows = Object.entries(messages).map(([tag, { outcome, text }]) => `| \`${tag}\` | ${outcome} | ${text.da} |\n`);
  return { file, text: `${written}${TAGS_HEADING}\n| Tag | Outcome | Says |\n| --- | --- | --- |\n${rows.join("")}` };
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(pathOf(file), "utf8");
  } catch {
    return "";
  }
}

/** As `npm run format` would have it, so that the two never disagree. */
async function formatted(file: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(pathOf(file))), filepath: pathOf(file) });
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}

const generated: readonly Generated[] = [
  ...SCHEMAS.map(({ file, ...schema }) => ({ file: `docs/schemas/${file}`, text: schemaText(schema) })),
  { file: "docs/openapi.json", text: await formatted("docs/openapi.json", openApiText()) },
  ...REQUIREMENTS.map(specification),
];
if (process.argv.includes("--check")) {
  const stale = generated.filter(({ file, text }) => readOrEmpty(file) !== text).map(({ file }) => file);
  if (stale.length > 0) {
    console.error(`Not as generated: ${stale.join(", ")}. Run: node scripts/generate.ts`);
    process.exitCode = 1;
  }
} else {
  for (const { file, text } of generated) writeFileSync(pathOf(file), text);
}
