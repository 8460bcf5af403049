/**
 * Loads every bundle from its file in a process of its own, as Lambda does: it must export a handler, say clearly what its
 * environment lacks, and keep to the size of target C1. Prints sizes and load times, which are measured, not tested.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { bundleAll, FUNCTIONS, judged, measureAll } from "../../scripts/bundle.ts";
import { ENVIRONMENT } from "../../scripts/measure-bundle.ts";

const run = promisify(execFile);
const folder = await mkdtemp(path.join(os.tmpdir(), "kravvagt-smoke-"));
const bundles = path.join(folder, "functions");
try {
  await bundleAll(bundles);
  const lines = (await measureAll(bundles)).map(judged);
  for (const { line } of lines) console.log(line);
  const unclear: string[] = [];
  for (const name of FUNCTIONS) if (!(await saysWhatIsMissing(name))) unclear.push(name);
  for (const name of unclear) console.log(`${name} does not say that TABLE_NAME is missing`);
  process.exitCode = unclear.length === 0 && lines.every(({ isSmall }) => isSmall) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function saysWhatIsMissing(name: string): Promise<boolean> {
  const env = Object.fromEntries(Object.entries(ENVIRONMENT).filter(([variable]) => variable !== "TABLE_NAME"));
  try {
    await run(process.execPath, [path.join(bundles, name, "index.mjs")], { env });
    return false;
  } catch (error) {
    return String((error as { readonly stderr?: unknown }).stderr).includes("TABLE_NAME: is missing");
  }
}
