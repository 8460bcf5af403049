/**
 * Judges the recorded observations of test/golden as of their own time and compares with what is expected of them, so that a
 * change in verdicts is a reviewed diff. Ends with 1 when they differ.
 *
 *   --update  rewrites what is expected; refused where a verdict changed and the requirement's version was not raised
 *   --record-domains, --record-mail, --record-web  makes those recordings anew from the practice internet or from worlds, then compares
 */
import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { compareReports, unraised } from "./golden/golden-difference.ts";
import { type GoldenReport, judgeRecordings } from "./golden/golden-report.ts";
import { RECORDINGS } from "./golden/recordings.ts";

const EXPECTED = new URL("../test/golden/expected.json", import.meta.url);

async function readExpected(): Promise<GoldenReport | null> {
  const text = await readFile(EXPECTED, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  });
  return text === null ? null : (JSON.parse(text) as GoldenReport);
}

async function update(expected: GoldenReport | null, found: GoldenReport): Promise<number> {
  const rules = expected === null ? [] : unraised(expected, found);
  if (rules.length > 0) {
    const list = rules.join(", ");
    console.error(`A verdict of ${list} changed: raise its version in requirement.ts first. Nothing was written.`);
    return 1;
  }
  await writeFile(EXPECTED, `${JSON.stringify(found, null, 1)}\n`);
  return 0;
}

function compare(expected: GoldenReport | null, found: GoldenReport): number {
  if (expected === null) {
    console.error("Nothing is expected yet. Run: npm run golden:update");
    return 1;
  }
  const { lines } = compareReports(expected, found);
  for (const line of lines) console.log(line);
  if (lines.length === 0) return 0;
  console.error("The recordings are judged otherwise than expected. If that is meant, run: npm run golden:update");
  return 1;
}

const wanted = process.argv.slice(2);
const recording = new Map(Object.entries(RECORDINGS).map(([each, { record }]) => [`--record-${each}`, record]));
const unknown = wanted.find((argument) => argument !== "--update" && !recording.has(argument));
if (unknown !== undefined) {
  const usage = [...recording.keys()].map((each) => `[${each}]`).join(" ");
  console.error(`unknown argument ${unknown}; usage: node scripts/golden.ts ${usage} [--update]`);
  process.exit(64);
}
for (const argument of wanted) await recording.get(argument)?.();
const folders = Object.values(RECORDINGS).map(({ folder }) => folder);
const [expected, found] = [await readExpected(), await judgeRecordings(...folders)];
process.exitCode = wanted.includes("--update") ? await update(expected, found) : compare(expected, found);
