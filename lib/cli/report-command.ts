import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Requirement } from "../core/requirement.ts";
import { complianceReport } from "../reports/compliance-report.ts";
import { printableJson } from "../reports/printable.ts";
import { type RequirementOfDay, requirementOfDay, requirementOfNow } from "../watch/report-of-day.ts";
import { CliError, notBuilt } from "./cli-error.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.ts";
import { pastDay } from "./past-day.ts";
import { type Remembered, type RememberedOptions, withRemembered } from "./remembered.ts";
import type { JudgingServices } from "./services.ts";
import { oneOfOption } from "./option-value.ts";

/** The options of `report` as the command line gives them. */
export interface ReportOptions extends RememberedOptions {
  readonly asOf?: string;
  readonly format?: string;
  readonly bundle?: boolean;
  readonly output?: string;
}

const FORMATS = ["html", "pdf", "csv", "xlsx", "json"] as const;

/** The compliance report of a day, or of now. The exit code is that of its verdicts, as for `verify`. */
export async function reportCommand(options: ReportOptions, services: JudgingServices): Promise<ExitCode> {
  const format = oneOfOption("--format", options.format ?? "json", FORMATS);
  if (format !== "json") throw notBuilt(`--format ${format}`);
  if (options.bundle === true) throw notBuilt("--bundle");
  const { terminal, requirements, now } = services;
  const date = options.asOf === undefined ? null : pastDay("--as-of", options.asOf, now());
  return withRemembered(options, services, async (remembered) => {
    const moment = now();
    const days = await daysOf(requirements, date, moment, remembered);
    const asOf = date ?? new Date(moment).toISOString();
    const { municipality } = remembered;
    const report = complianceReport(days, { municipality, asOf, language: terminal.language });
    const text = `${printableJson(report)}\n`;
    if (options.output === undefined) await terminal.result(text);
    else await replaceFile(options.output, text);
    return exitCodeOf({ interrupted: false, requirements: days });
  });
}

async function daysOf(
  requirements: readonly Requirement[],
  date: string | null,
  now: number,
  { municipality, ...io }: Remembered,
): Promise<readonly RequirementOfDay[]> {
  const days: RequirementOfDay[] = [];
  for (const requirement of requirements) {
    days.push(
      date === null
        ? await requirementOfNow(requirement, { municipality, now }, io)
        : await requirementOfDay(requirement, { municipality, date }, io),
    );
  }
  if (date !== null && days.every(({ closedAt }) => closedAt === null)) throw noSnapshot(date);
  return days;
}

/** Nothing was remembered yet on that day. */
export function noSnapshot(date: string): CliError {
  return new CliError(EXIT.input, {
    da: `Der huskes intet om ${date} eller dagene før: overvågningen begyndte senere.`,
    en: `Nothing is remembered of ${date} or the days before: the watch began later.`,
  });
}

/** Whoever reads the file sees the old one or the new one, never half of it. */
async function replaceFile(file: string, text: string): Promise<void> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    await writeFile(draft, text, { flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw notWritten(file, error);
  }
}

/** A folder that is not there is a mistake in the command; a disk that is full or forbids it is the machine's. */
function notWritten(file: string, error: unknown): unknown {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== "string") return error;
  const isMistake = code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR";
  const why = String(message);
  return new CliError(isMistake ? EXIT.input : EXIT.data, {
    da: `${file} kunne ikke skrives: ${why}`,
    en: `${file} could not be written: ${why}`,
  });
}
