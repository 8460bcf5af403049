import { type Ended, runToEnd } from "../lab/workshop.ts";

/** What one run of a program cost. */
export interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly ended: Ended;
}

const KIBIBYTES_A_MEGABYTE = (1000 * 1000) / 1024;
const MARK = "@cost";
const LIMIT_MS = 300_000;

/** Runs a program under /usr/bin/time, which counts what it and its children used. */
export async function measure(program: string, parameters: readonly string[], cwd: string): Promise<Cost> {
  const format = `${MARK} %e %U %S %M`;
  const options = { cwd, limitMs: LIMIT_MS };
  const ended = await runToEnd("/usr/bin/time", ["-f", format, program, ...parameters], options);
  const words = ended.stderr
    .split("\n")
    .findLast((line) => line.startsWith(MARK))
    ?.split(" ")
    .map(Number);
  if (words === undefined) throw new Error(`no cost of ${program}: ${ended.stderr}`);
  const [, , user = NaN, system = NaN, kibibytes = NaN] = words;
  return {
    seconds: ended.milliseconds / 1000,
    cpuSeconds: user + system,
    peakMegabytes: kibibytes / KIBIBYTES_A_MEGABYTE,
    ended,
  };
}

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Does the same three times, one after the other. */
export async function threeTimes<T>(work: () => Promise<T>): Promise<readonly T[]> {
  return [await work(), await work(), await work()];
}

/** One line of the report: what, value, unit, and how it compares. */
export function report(what: string, value: number, unit: string, remark = ""): void {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  console.log(`${what.padEnd(58)} ${value.toFixed(digits).padStart(8)} ${unit.padEnd(8)} ${remark}`.trimEnd());
}

/** What the last of several runs of verify came to, and at which pace. */
export function describeRuns(runs: readonly Cost[], perSecond: number): string {
  const last = runs.at(-1);
  if (last === undefined) return "";
  const verdicts =
    /"assets":\s*\{[^}]*\}/u.exec(last.ended.stdout)?.[0].replace(/\s+/gu, "") ?? last.ended.stderr.slice(0, 200);
  return `${(60 * perSecond).toFixed(0)} domains a minute; ${verdicts}`;
}
