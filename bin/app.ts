import { App } from "aws-cdk-lib";
import process from "node:process";
import path from "node:path";
import { KravvagtStack } from "../lib/stack/kravvagt-stack.ts";
import { readSettings } from "../lib/stack/read-settings.ts";
import { enforceRules } from "../lib/stack/rules.ts";

import { SettingsFileError } from "../lib/stack/settings-problem.ts";

/** sysexits.h EX_NOINPUT, as for every input file that is missing or invalid. */
const INVALID_INPUT = 66;

const house = path.resolve(import.meta.dirname, "..");

/** The CDK app: reads the settings, makes the stack, nothing else. `-c config=FILE` names other settings than the usual file. */
function main(): void {
  const app = new App();
  const named: unknown = app.node.tryGetContext("config");
  const { settings, file, isExample } = readSettings(house, typeof named === "string" ? named : undefined);
  process.stderr.write(`Settings from ${file}${isExample ? ": kravvagt.config.yaml is not written yet" : ""}.\n`);
  new KravvagtStack(app, { settings, bundles: path.join(house, "dist/functions") });
  enforceRules(app);
}

try {
  main();
} catch (error) {
  if (!(error instanceof SettingsFileError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = INVALID_INPUT;
}
