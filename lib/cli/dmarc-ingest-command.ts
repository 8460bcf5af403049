import type { Bilingual } from "../core/messages.ts";
import type { ReportSource } from "../mail/reports/report-read.ts";
import { printable, printableJson } from "../reports/printable.ts";
import { reportedSelectorsOf } from "../watch/memory/learned-selectors.ts";
import { type IngestProblem, ingestReports, type IngestTally } from "./dmarc-ingest.ts";
import { type IngestReport, ingestText, problemWords } from "./dmarc-ingest-text.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { interruptible } from "./interrupt.ts";
import { createProgressLine } from "./progress.ts";
import { type Remembered, type RememberedOptions, withReports } from "./remembered.ts";
import type { Services } from "./services.ts";
import { oneOfOption } from "./option-value.ts";

const FILES: Bilingual = { da: "filer", en: "files" };

const NOTHING: Bilingual = {
  da: "Forventede rapporter (.xml, .gz eller .zip), fandt ingen.",
  en: "Expected reports (.xml, .gz or .zip), found none.",
};

/** The options of `dmarc ingest` as the command line gives them. */
export interface DmarcIngestOptions extends RememberedOptions {
  readonly format?: string;
}

/**
 * Takes in aggregate reports: files, archives and folders of them. What cannot be read is told, and keeps nothing else from
 * being taken in. 0: all were; 66: some could not be read, or there were none; 130: interrupted, with what came before kept.
 */
export async function dmarcIngestCommand(
  paths: readonly string[],
  options: DmarcIngestOptions,
  services: Services,
): Promise<ExitCode> {
  const { terminal, interrupts, openReports } = services;
  const format = oneOfOption("--format", options.format ?? "text", ["text", "json"]);
  const onFirst = (): void => {
    terminal.say({ da: "Afbryder …", en: "Interrupting …" });
  };
  return interruptible(interrupts, onFirst, (signal) =>
    withReports(options, services, async (remembered) => {
      const source = await openReports(paths, signal);
      const report = await ingest(source, remembered, services, signal);
      if (report.problems.length === 0 && !report.interrupted && reportsRead(report) === 0) terminal.say(NOTHING);
      await terminal.result(
        format === "json"
          ? `${printableJson(jsonOf(report))}\n`
          : ingestText(report, terminal.language, terminal.paint),
      );
      return exitCodeOf(report);
    }),
  );
}

async function ingest(
  { files, reads }: ReportSource,
  { memory, municipality }: Remembered,
  { terminal, now }: Services,
  signal: AbortSignal,
): Promise<IngestReport> {
  const at = now();
  const progress = createProgressLine(terminal.progressLine, terminal.language, now, FILES);
  const before = await reportedSelectorsOf(memory, municipality, at);
  const seen = new Set<string>();
  const tally = await ingestReports(reads, {
    ...{ memory, municipality, now: at },
    onProblem(problem: IngestProblem) {
      progress.clear();
      terminal.say(problemWords(problem));
    },
    onRead({ file }) {
      seen.add(file);
      progress.show({ done: seen.size, total: files, current: file });
    },
  });
  progress.clear();
  await memory.reports.forget(municipality, at);
  const after = await reportedSelectorsOf(memory, municipality, at);
  const domains = domainsOf(tally, before, after);
  return { ...tally, municipality, interrupted: signal.aborted, domains };
}

type Selectors = Awaited<ReturnType<typeof reportedSelectorsOf>>;

function domainsOf({ domains }: IngestTally, before: Selectors, after: Selectors): IngestReport["domains"] {
  return [...domains]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { messages, passed, blocks }]) => {
      const known = new Set(before(name).map(({ selector }) => selector));
      const selectors = after(name);
      const newSelectors = selectors.map(({ selector }) => selector).filter((selector) => !known.has(selector));
      return { domain: name.slice(0, -1), messages, passed, blocks: blocks.size, newSelectors, selectors };
    });
}

function jsonOf({ problems, ...report }: IngestReport) {
  return {
    schema: "kravvagt/dmarc-ingest/1",
    ...report,
    problems: problems.map(({ file, member, line, words }) => ({
      file: printable(file),
      member: member === null ? null : printable(member),
      ...{ line, expected: words },
    })),
  };
}

function exitCodeOf({ interrupted, problems, reports }: IngestReport): ExitCode {
  if (interrupted) return EXIT.interrupted;
  return problems.length > 0 || reportsRead({ reports }) === 0 ? EXIT.input : EXIT.pass;
}

function reportsRead({ reports }: Pick<IngestReport, "reports">): number {
  return reports.new + reports.known + reports.old;
}
