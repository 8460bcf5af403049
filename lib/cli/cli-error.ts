import type { Bilingual } from "../core/messages.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";

/** An expected end of a command: what to tell the user, and the exit code. Anything else that is thrown is our own bug. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly words: readonly Bilingual[];
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, ...words: readonly Bilingual[]) {
    super(words.map(({ en }) => en).join("\n"));
    this.exitCode = exitCode;
    this.words = words;
  }
}

/** The command line asks for something that does not exist, or does not hang together. */
export function usageError(da: string, en: string): CliError {
  return new CliError(EXIT.usage, { da, en });
}

/** Part of the promised command line that is not built yet. Said plainly, so that nobody takes silence for success. */
export function notBuilt(what: string): CliError {
  return usageError(
    `${what} er ikke bygget endnu. Se «kravvagt --help» for det, der virker nu.`,
    `${what} is not built yet. See "kravvagt --help" for what works now.`,
  );
}
