/** One thing that is wrong with the deployment settings, and what should have stood there. */
export interface SettingsProblem {
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** `alerts.email[0]`; empty for the file as a whole. */
  readonly field: string;
  readonly found: string;
  readonly expected: string;
}

/** The settings cannot be used. The message holds one line for each problem, in the order of the file. */
export class SettingsFileError extends Error {
  override readonly name = "SettingsFileError";
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    super(problems.map(lineOf).join("\n"));
    this.problems = problems;
  }
}

function lineOf({ file, line, column, field, found, expected }: SettingsProblem): string {
  return `${file}:${line}:${column}:${field === "" ? "" : ` ${field}:`} found ${found}; expected ${expected}`;
}
