import { readFileSync } from "node:fs";
import path from "node:path";
import { parseSettings } from "./parse-settings.ts";
import type { Settings } from "./settings-form.ts";
import { SettingsFileError } from "./settings-problem.ts";

/** What a deployment fills in; it holds addresses of people and is kept out of version control. */
export const SETTINGS_FILE = "kravvagt.config.yaml";
export const EXAMPLE_FILE = "kravvagt.config.example.yaml";

/** Settings, and the file they are from. `isExample`: nobody has written any yet. */
export interface SettingsRead {
  readonly settings: Settings;
  readonly file: string;
  readonly isExample: boolean;
}

/**
 * Reads the settings from the file that was named, which must be there; without a name from `kravvagt.config.yaml`, or from the
 * example where there is none, so that a fresh checkout can be synthesised. Throws SettingsFileError.
 */
export function readSettings(folder: string, named?: string): SettingsRead {
  const file = named ?? SETTINGS_FILE;
  const text = textOf(folder, file);
  if (text !== null) return { settings: parseSettings(text, file), file, isExample: false };
  const example = named === undefined ? textOf(folder, EXAMPLE_FILE) : null;
  if (example !== null) return { settings: parseSettings(example, EXAMPLE_FILE), file: EXAMPLE_FILE, isExample: true };
  const expected = `the deployment settings: copy ${EXAMPLE_FILE} and fill it in`;
  throw new SettingsFileError([{ file, line: 1, column: 1, field: "", found: "no such file", expected }]);
}

/** Null when the file is not there; any other trouble is thrown as it is. */
function textOf(folder: string, file: string): string | null {
  try {
    return readFileSync(path.resolve(folder, file), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
