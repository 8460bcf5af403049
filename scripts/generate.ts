/** Writes the files that are made from code. With --check it changes nothing and fails when a file is not as it should be. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SCHEMAS, schemaText } from "../lib/reports/schemas.ts";

const isCheck = process.argv.includes("--check");
const stale: string[] = [];
for (const { file, ...schema } of SCHEMAS) {
  const path = fileURLToPath(new URL(`../docs/schemas/${file}`, import.meta.url));
  const text = schemaText(schema);
  if (isCheck && readOrEmpty(path) !== text) stale.push(`docs/schemas/${file}`);
  if (!isCheck) writeFileSync(path, text);
}
if (stale.length > 0) {
  console.error(`Not as generated: ${stale.join(", ")}. Run: node scripts/generate.ts`);
  process.exitCode = 1;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
