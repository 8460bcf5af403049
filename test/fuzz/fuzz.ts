import { Buffer } from "node:buffer";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { type Extent, type Outcome, runTarget } from "./run-target.ts";
import type { Violation } from "./share.ts";
import { TARGETS, targetNamed } from "./targets.ts";

const USAGE = `usage: npm run fuzz -- [--target NAME]... [--count N] [--seed S] [--first I] [--workers W]

Gives hostile inputs to everything that reads what others send, N to each target; without --target, to all of them. The first
broken promise ends the run with exit code 1; give its target, its seed and --first INPUT --count 1 to see it again.

${TARGETS.map(({ name, about }) => `  ${name}: ${about}`).join("\n")}`;

const MAX_WORKERS = 8;
const USUAL_COUNT = 200_000;

interface Options extends Extent {
  readonly targets: readonly string[];
}

function readOptions(): Options {
  const option = { type: "string" } as const;
  const { values } = parseArgs({
    options: { target: { ...option, multiple: true }, count: option, seed: option, first: option, workers: option },
  });
  const number = (text: string | undefined, otherwise: number): number => {
    if (text === undefined) return otherwise;
    if (!/^\d{1,9}$/.test(text)) throw new TypeError(`"${text}" is not a whole number of at most nine digits`);
    return Number(text);
  };
  return {
    targets: (values.target ?? TARGETS.map(({ name }) => name)).map((name) => targetNamed(name).name),
    count: number(values.count, USUAL_COUNT),
    seed: number(values.seed, 1),
    first: number(values.first, 0),
    workers: Math.max(1, number(values.workers, Math.min(MAX_WORKERS, availableParallelism()))),
  };
}

/** What it takes to see it again. Text is easier to read than its octets. */
function violationText(target: string, seed: number, { input, problem, message }: Violation): string {
  const octets = Buffer.from(message);
  const text = octets.toString("latin1");
  const isText = /^[\t\r\n -~]*$/.test(text);
  const shown = isText ? `text: ${JSON.stringify(text)}\n` : "";
  return `${target}, seed ${seed}, input ${input}: ${problem}\n${shown}octets: ${octets.toString("hex")}\n`;
}

function outcomeText(target: string, { done, endings }: Outcome, { count, seed }: Extent, seconds: number): string {
  const told = [...endings]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([ending, times]) => `${ending} ${times}`)
    .join(", ");
  return `${target}: ${done} of ${count} inputs with seed ${seed} in ${seconds} s: ${told}\n`;
}

async function main(): Promise<number> {
  const options = readOptions();
  const { isTTY } = process.stderr;
  for (const target of options.targets) {
    const begin = performance.now();
    const outcome = await runTarget(target, options, (done) => {
      if (isTTY) process.stderr.write(`\r${target}: ${done} of ${options.count} inputs`);
    });
    if (isTTY) process.stderr.write("\r\x1b[K");
    if (outcome.violation !== null) {
      process.stdout.write(violationText(target, options.seed, outcome.violation));
      return 1;
    }
    const seconds = Math.round((performance.now() - begin) / 1_000);
    process.stdout.write(outcomeText(target, outcome, options, seconds));
    if (outcome.done !== options.count) return 1;
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
