import { READINGS } from "../core/requirement-id.ts";
import { judgeReport } from "../reports/judge-form.ts";
import { printableJson } from "../reports/printable.ts";
import { type JudgedAgain, judgeAgain } from "../watch/judge-again.ts";
import { type ExitCode, exitCodeOf } from "./exit-code.ts";
import { judgeText } from "./judge-text.ts";
import { pastDay } from "./past-day.ts";
import { type RememberedOptions, withRemembered } from "./remembered.ts";
import { noSnapshot } from "./report-command.ts";
import type { JudgingServices } from "./services.ts";
import { tlsProfileOption } from "./tls-profile-option.ts";
import { oneOfOption } from "./option-value.ts";

/** The options of `judge` as the command line gives them. */
export interface JudgeOptions extends RememberedOptions {
  readonly reading?: string;
  readonly tlsProfile?: string;
  readonly asOf?: string;
  readonly format?: string;
}

/**
 * Judges stored evidence again by the rules of now, looking at nothing and writing nothing. The exit code is that of the
 * verdicts reached, as for `verify`: whether they differ from the stored ones is in the output.
 */
export async function judgeCommand(options: JudgeOptions, services: JudgingServices): Promise<ExitCode> {
  const { terminal, requirements, now } = services;
  const format = oneOfOption("--format", options.format ?? "text", ["text", "json"]);
  const reading = options.reading === undefined ? null : oneOfOption("--reading", options.reading, READINGS);
  const profile = await tlsProfileOption(options.tlsProfile);
  const date = options.asOf === undefined ? null : pastDay("--as-of", options.asOf, now());
  return withRemembered(options, services, async ({ municipality, memory, evidence }) => {
    const all: JudgedAgain[] = [];
    for (const requirement of requirements) {
      const request = { municipality, requirement, reading, profile, date, now: now() };
      all.push(await judgeAgain(request, { memory, evidence }));
    }
    if (date !== null && all.every(({ closedAt }) => closedAt === null)) throw noSnapshot(date);
    const { language, paint } = terminal;
    const report = judgeReport(all, { municipality, asOf: date, language });
    await terminal.result(format === "json" ? `${printableJson(report)}\n` : judgeText(report, language, paint));
    return exitCodeOf({ interrupted: false, requirements: report.requirements });
  });
}
