import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Invocation, Outcome } from "./lambda-process.ts";

/** A bundle in a process of its own. */
export interface FunctionProcess {
  /** Rejects with what the function rejects with. */
  invoke(event: unknown): Promise<unknown>;
  /** Its log so far, a line each: JSON, as CloudWatch would get it. */
  readonly log: readonly string[];
  stop(): void;
}

const HERE = import.meta.dirname;
const TIME_MS = 120_000;

/** Loads `<bundles>/<name>/index.mjs`. With `sockets`, a file for practice-sockets.ts, it is led into the practice internet. */
export async function startFunction(
  name: string,
  bundles: string,
  environment: Readonly<Record<string, string>>,
  sockets: string | null,
): Promise<FunctionProcess> {
  const preload = pathToFileURL(path.join(HERE, "practice-sockets.ts")).href;
  const child = fork(path.join(HERE, "lambda-process.ts"), [path.join(bundles, name, "index.mjs"), name], {
    execArgv: ["--no-warnings", ...(sockets === null ? [] : ["--import", preload])],
    env: {
      ...environment,
      ...(sockets === null ? {} : { KRAVVAGT_PRACTICE_SOCKETS: sockets }),
      PATH: process.env.PATH,
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const log: string[] = [];
  let rest = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    log.push(...lines);
  });
  await outcomeOf(child, 0);
  let last = 0;
  return {
    log,
    invoke: async (event) => {
      last += 1;
      const outcome = outcomeOf(child, last);
      child.send({ id: last, event, milliseconds: TIME_MS } satisfies Invocation);
      return outcome;
    },
    stop: () => void child.kill(),
  };
}

async function outcomeOf(child: ChildProcess, id: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const left = (code: number | null): void => reject(new Error(`the function's process ended with ${String(code)}`));
    const heard = (outcome: Outcome): void => {
      if (outcome.id !== id) return;
      child.off("message", heard).off("exit", left);
      if (outcome.ok) resolve(outcome.result);
      else reject(new Error(outcome.problem));
    };
    child.on("message", heard).once("exit", left);
  });
}
