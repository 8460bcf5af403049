import type { CommanderError } from "commander";
import { type CliError, usageError } from "./cli-error.ts";

/** What commander found wrong, as a usage error in both languages; its own words stand in for what is not listed here. */
export function fromCommander(error: CommanderError): CliError {
  const subject = /'([^']*)'/u.exec(error.message)?.[1] ?? "";
  const suggestion = /Did you mean (?:one of )?([^?]*)\?/u.exec(error.message)?.[1];
  const [da, en] = sentences(error, subject);
  if (suggestion === undefined) return usageError(da, en);
  return usageError(`${da} Mente du ${suggestion}?`, `${en} Did you mean ${suggestion}?`);
}

function sentences({ code, message }: CommanderError, subject: string): readonly [da: string, en: string] {
  switch (code) {
    case "commander.unknownOption":
      return [`Tilvalget ${subject} findes ikke.`, `There is no option ${subject}.`];
    case "commander.unknownCommand":
      return [`Kommandoen ${subject} findes ikke.`, `There is no command ${subject}.`];
    case "commander.missingArgument":
      return [`Argumentet ${subject} mangler.`, `The argument ${subject} is missing.`];
    case "commander.optionMissingArgument":
      return [`Tilvalget ${subject} mangler sin værdi.`, `The option ${subject} lacks its value.`];
    case "commander.excessArguments":
      return ["Der er for mange argumenter.", "There are too many arguments."];
    default: {
      const own = message.replace(/^error: /u, "");
      return [own, own];
    }
  }
}
