import { CommanderError } from "commander";
import type { Language } from "../core/messages.ts";
import { printable } from "../reports/printable.ts";
import { CliError, usageError } from "./cli-error.ts";
import { fromCommander } from "./commander-errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { createProgram } from "./program.ts";
import type { JudgingServices, Services } from "./services.ts";
import { createTerminal, type Environment, type Output, type Terminal } from "./terminal.ts";

/** The process, or what stands in for it. */
export interface MainIo {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Environment;
  readonly interrupts: Services["interrupts"];
  /** What keeps data and sends alerts: adapters, which only the program's entry knows. */
  readonly openData: Services["openData"];
  readonly openReports: Services["openReports"];
  readonly openSinks: Services["openSinks"];
  readonly pushInventory: Services["pushInventory"];
  /** Replaces parts of the world; only tests do. */
  readonly services?: Partial<JudgingServices>;
}

/** Runs one command line (without node and script) and returns its exit code. Never rejects: what goes wrong is told. */
export async function main(args: readonly string[], io: MainIo): Promise<ExitCode> {
  const terminal = createTerminal(languageOf(args) ?? "da", io.stdout, io.stderr, io.environment);
  const code = await runCommand(args, terminal, io).catch((error: unknown) =>
    tell(error instanceof CommanderError ? fromCommander(error) : error, terminal, io),
  );
  await terminal.drained();
  return code;
}

async function runCommand(args: readonly string[], terminal: Terminal, io: MainIo): Promise<ExitCode> {
  checkLanguage(args);
  const services: Services = {
    terminal,
    interrupts: io.interrupts,
    openNetwork: async (files, options) => (await import("../verify/network.ts")).openNetwork(files, options),
    openData: io.openData,
    openReports: io.openReports,
    openSinks: io.openSinks,
    pushInventory: io.pushInventory,
    now: Date.now,
    startPractice: async () => (await import("../practice/internet.ts")).startPracticeInternet(),
    ...io.services,
  };
  let code: ExitCode | null = null;
  let help = "";
  const program = createProgram({
    services,
    judging: async () => ({ requirements: (await import("../requirements/index.ts")).REQUIREMENTS, ...services }),
    writeHelp: (text) => {
      help += text;
    },
    finish: (reached) => {
      code = reached;
    },
  });
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    const reason = error instanceof CommanderError ? error.code : "";
    if (reason === "commander.help") {
      terminal.say(help.trimEnd());
      return EXIT.usage;
    }
    if (reason !== "commander.helpDisplayed" && reason !== "commander.version") throw error;
    await terminal.result(help);
    return EXIT.pass;
  }
  if (code === null) throw new Error("the command ended without an exit code");
  return code;
}

/** Expected ends are told in the user's language; anything else is our own bug and says so. */
function tell(error: unknown, terminal: Terminal, { environment }: MainIo): ExitCode {
  if (error instanceof CliError) {
    for (const words of error.words) terminal.say({ da: printable(words.da), en: printable(words.en) });
    return error.exitCode;
  }
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const [line] = name.split("\n");
  terminal.say({
    da: `En fejl hos os selv (ikke hos aktiverne): ${printable(line ?? "")}. KRAVVAGT_DEBUG=1 viser mere.`,
    en: `A bug of our own (not a fault of the assets): ${printable(line ?? "")}. KRAVVAGT_DEBUG=1 shows more.`,
  });
  if (environment.KRAVVAGT_DEBUG === "1" && error instanceof Error) terminal.say(error.stack ?? "");
  return EXIT.ownBug;
}

/** The language must be known before the command line is parsed, because parsing already has things to say. */
function languageOf(args: readonly string[]): Language | null {
  const value = languageArgument(args);
  return value === "da" || value === "en" ? value : null;
}

function checkLanguage(args: readonly string[]): void {
  const value = languageArgument(args);
  if (value === undefined || value === "da" || value === "en") return;
  throw usageError(
    `--lang: ${value} kendes ikke. Vælg da eller en.`,
    `--lang: unknown language ${value}. Choose da or en.`,
  );
}

function languageArgument(args: readonly string[]): string | undefined {
  const at = args.findLastIndex((argument) => argument === "--lang" || argument.startsWith("--lang="));
  if (at < 0) return undefined;
  const argument = args[at];
  return argument === "--lang" ? args[at + 1] : argument?.slice("--lang=".length);
}
