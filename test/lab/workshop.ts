import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What came of a program that ran to its end. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface Service {
  readonly name: string;
  readonly process: ChildProcess;
}

const MOST_OUTPUT_BYTES = 256 * 1024 * 1024;
const STATUS_OF_A_SIGNAL = 128;
/** A guard against what never ends: a look at everything takes half a minute on an idle machine, and the gate is not alone on its own. */
const PROGRAM_LIMIT_MS = 420_000;

/** A temporary folder and the processes of one lab run. `close` ends and removes them all. */
export class Workshop {
  readonly folder: string;
  readonly #services: Service[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Workshop> {
    return new Workshop(await mkdtemp(join(tmpdir(), "lab-")));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Starts a program that runs on; its output goes to a file named after it. */
  start(name: string, program: string, parameters: readonly string[]): Service {
    const log = openSync(this.path(`${name}.log`), "a");
    const child = spawn(program, [...parameters], { cwd: this.folder, stdio: ["ignore", log, log] });
    closeSync(log);
    const service = { name, process: child };
    this.#services.push(service);
    return service;
  }

  /** Ends one service and waits until it is gone. */
  async stop(service: Service): Promise<void> {
    if (service.process.exitCode !== null || service.process.signalCode !== null) return;
    const gone = new Promise((resolve) => service.process.once("exit", resolve));
    service.process.kill("SIGKILL");
    await gone;
  }

  /** The first service that has ended by itself, with the last lines of its log; null if all are running. */
  firstDead(): string | null {
    const dead = this.#services.find(({ process: { exitCode, killed } }) => exitCode !== null && !killed);
    if (dead === undefined) return null;
    const log = readFileSync(this.path(`${dead.name}.log`), "utf8");
    return `${dead.name} ended by itself: ${log.trim().split("\n").slice(-5).join(" | ")}`;
  }

  async close(keep: boolean): Promise<void> {
    await Promise.all(this.#services.map((service) => this.stop(service)));
    if (!keep) await rm(this.folder, { recursive: true, force: true });
  }
}

/** Runs a program to its end; a status other than 0 is a value, not an error. Rejects if it cannot be started. */
export async function runToEnd(
  program: string,
  parameters: readonly string[],
  options: { readonly cwd?: string; readonly limitMs?: number } = {},
): Promise<Ended> {
  const started = performance.now();
  const limits = { maxBuffer: MOST_OUTPUT_BYTES, timeout: options.limitMs ?? PROGRAM_LIMIT_MS };
  const place = options.cwd === undefined ? {} : { cwd: options.cwd };
  return new Promise((resolve, reject) => {
    execFile(program, [...parameters], { ...limits, ...place, encoding: "utf8" }, (error, stdout, stderr) => {
      const milliseconds = performance.now() - started;
      const code = error === null ? 0 : error.code;
      if (typeof code === "string") reject(new Error(`${program}: ${code}`));
      else resolve({ status: code ?? STATUS_OF_A_SIGNAL, stdout, stderr, milliseconds });
    });
  });
}

/** Asks `done` again and again until it says yes; throws after `limitMs`. */
export async function waitUntil(what: string, limitMs: number, done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`waited ${String(limitMs)} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function fileExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
