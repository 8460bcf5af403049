import { REQUIREMENT_IDS, type RequirementId } from "../core/requirement-id.ts";
import { oneOf } from "../inventory/issue-words.ts";
import { historyReport } from "../reports/history-form.ts";
import { printableJson } from "../reports/printable.ts";
import { historyOfAsset } from "../watch/history-of-asset.ts";
import { verifies, verifyHistory } from "../watch/verify-history.ts";
import { usageError } from "./cli-error.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { historyText } from "./history-text.ts";
import { oneOfOption } from "./option-value.ts";
import { rememberedAsset } from "./remembered-asset.ts";
import { type RememberedOptions, withRemembered } from "./remembered.ts";
import type { JudgingServices } from "./services.ts";

/** The options of `history` as the command line gives them. */
export interface HistoryOptions extends RememberedOptions {
  readonly verify?: boolean;
  readonly format?: string;
}

/**
 * Tells what became of one asset for one requirement, and what is so now. With --verify the exit code is 1 when anything of
 * it does not verify; otherwise it is 0 whatever the verdict.
 */
export async function historyCommand(
  name: string,
  requirementName: string,
  options: HistoryOptions,
  services: JudgingServices,
): Promise<ExitCode> {
  const { terminal, requirements, now } = services;
  const format = oneOfOption("--format", options.format ?? "text", ["text", "json"]);
  const requirement = readRequirement(requirementName);
  return withRemembered(options, services, async ({ memory, evidence, municipality }) => {
    const ids = (await memory.states.all(municipality, requirement)).map((state) => state.asset);
    const asset = rememberedAsset(name, ids);
    const history = await historyOfAsset({ municipality, requirement, asset }, { memory, evidence }, now());
    if (history === null) throw new Error(`${asset} was remembered and is not`);
    const parts = options.verify === true ? await verifyHistory(history, requirements, { memory, evidence }) : null;
    const built = requirements.find(({ id }) => id === requirement);
    const report = historyReport(history, parts, built, terminal.language);
    const text =
      format === "json" ? `${printableJson(report)}\n` : historyText(report, terminal.language, terminal.paint);
    await terminal.result(text);
    return parts === null || verifies(parts) ? EXIT.pass : EXIT.fail;
  });
}

/** Any requirement of the source text: one that is no longer built may still have a history. */
function readRequirement(text: string): RequirementId {
  const wanted = text.trim().toUpperCase();
  const found = REQUIREMENT_IDS.find((id) => id === wanted);
  if (found !== undefined) return found;
  const all = oneOf(REQUIREMENT_IDS);
  throw usageError(
    `Kravet ${text} findes ikke. Vælg blandt ${all.da}.`,
    `There is no requirement ${text}. Choose from ${all.en}.`,
  );
}
