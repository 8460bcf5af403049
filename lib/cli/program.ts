import { Command } from "commander";
import type { Language } from "../core/messages.ts";
import { ENGINE_VERSION } from "../verify/engine-version.ts";
import { notBuilt } from "./cli-error.ts";
import type { DaneOptions } from "./dane-command.ts";
import type { DmarcOptions } from "./dmarc-command.ts";
import type { DmarcIngestOptions } from "./dmarc-ingest-command.ts";
import type { DnssecOptions } from "./dnssec-command.ts";
import type { ExitCode } from "./exit-code.ts";
import { HEADINGS, HELP, UNBUILT_COMMANDS } from "./help-texts.ts";
import type { HistoryOptions } from "./history-command.ts";
import type { HstsOptions } from "./hsts-command.ts";
import type { JudgeOptions } from "./judge-command.ts";
import type { ReportOptions } from "./report-command.ts";
import type { JudgingServices, Services } from "./services.ts";
import type { StartOptions } from "./start-command.ts";
import type { TlsOptions } from "./tls-command.ts";
import type { VerifyOptions } from "./verify-command.ts";

/** Where everything commander writes goes (help, version, its own words for errors), and what a command's exit code is handed to. */
export interface ProgramIo {
  readonly services: Services;
  readonly judging: () => Promise<JudgingServices>;
  readonly writeHelp: (text: string) => void;
  readonly finish: (code: ExitCode) => void;
}

/** The whole command line of interfaces.md section 1. It throws instead of ending the process. A command is loaded when it is called. */
export function createProgram({ services, judging, writeHelp, finish }: ProgramIo): Command {
  const { language } = services.terminal;
  const text = (key: keyof typeof HELP): string => HELP[key][language];
  const program = prepared(new Command("kravvagt"), language, writeHelp)
    .description(text("program"))
    .version(ENGINE_VERSION, "--version", text("version"))
    .option("--lang <lang>", text("lang"))
    .addHelpText("after", `\n${text("exitCodes")}\n`);
  const command = (parent: Command, name: string, key: keyof typeof HELP): Command =>
    prepared(parent.command(name), language, writeHelp).description(text(key)).option("--lang <lang>", text("lang"));

  command(program, "start", "start")
    .option("--inventory <file>", text("inventoryOption"))
    .option("--data <dir>", text("data"))
    .option("--port <n>", text("port"))
    .option("--once", text("once"))
    .action(async (options: StartOptions) => {
      const { startCommand } = await import("./start-command.ts");
      finish(await startCommand(options, await judging()));
    });
  addVerify(command(program, "verify", "verify"), text, async (names, options) => {
    const { verifyCommand } = await import("./verify-command.ts");
    finish(await verifyCommand(names, options, await judging()));
  });
  const inventory = prepared(program.command("inventory"), language, writeHelp).description(text("inventory"));
  command(inventory, "check", "inventoryCheck")
    .argument("<file>", text("file"))
    .action(async (file: string) => {
      const { inventoryCheckCommand } = await import("./inventory-command.ts");
      finish(await inventoryCheckCommand(file, services));
    });
  command(inventory, "push", "inventoryPush")
    .argument("<file>", text("file"))
    .option("--bucket <name>", text("bucket"))
    .action(async (file: string, options: { readonly bucket?: string }) => {
      const { inventoryPushCommand } = await import("./inventory-command.ts");
      finish(await inventoryPushCommand(file, options, services));
    });
  command(program, "dnssec", "dnssec")
    .argument("<name>", text("names"))
    .option("--inventory <file>", text("networkOption"))
    .option("--format <format>", text("formatShort"))
    .action(async (name: string, options: DnssecOptions) => {
      const { dnssecCommand } = await import("./dnssec-command.ts");
      finish(await dnssecCommand(name, options, services));
    });
  addWeb((name, key) => command(program, name, key), text, services, finish);
  addMail((parent, name, key) => command(parent, name, key), program, text, services, finish);
  command(program, "explain", "explain")
    .argument("<tag>", text("tag"))
    .action(async (tag: string) => {
      const { explainCommand } = await import("./explain-command.ts");
      finish(await explainCommand(tag, await judging()));
    });
  addRemembered((name, key) => command(program, name, key), text, judging, finish);
  for (const name of UNBUILT_COMMANDS) addUnbuilt(program, name, name, text("notBuilt"));
  return program;
}

function addVerify(
  verify: Command,
  text: (key: keyof typeof HELP) => string,
  action: (names: readonly string[], options: VerifyOptions) => Promise<void>,
): void {
  verify
    .argument("[names...]", text("names"))
    .option("--inventory <file>", text("inventoryOption"))
    .option("--requirement <list>", text("requirement"))
    .option("--format <format>", text("format"))
    .option("--save-observations <dir>", text("saveObservations"))
    .option("--from-observations <dir>", text("fromObservations"))
    .option("--reading <reading>", text("reading"))
    .option("--strict", text("strict"))
    .option("--tls-profile <profile>", text("tlsProfile"))
    .option("--rate <n>", text("rate"))
    .option("--data <dir>", text("dataVerify"))
    .action(action);
}

/** The commands that look at one domain's mail, and the one that takes in what receivers report of it. */
function addMail(
  command: (parent: Command, name: string, key: keyof typeof HELP) => Command,
  program: Command,
  text: (key: keyof typeof HELP) => string,
  services: Services,
  finish: ProgramIo["finish"],
): void {
  command(program, "dane", "dane")
    .argument("<name>", text("domain"))
    .option("--inventory <file>", text("networkOption"))
    .option("--format <format>", text("formatShort"))
    .action(async (name: string, options: DaneOptions) => {
      const { daneCommand } = await import("./dane-command.ts");
      finish(await daneCommand(name, options, services));
    });
  const dmarc = command(program, "dmarc", "dmarc")
    .argument("<name>", text("domain"))
    .option("--inventory <file>", text("networkOption"))
    .option("--format <format>", text("formatShort"))
    .action(async (name: string, options: DmarcOptions) => {
      const { dmarcCommand } = await import("./dmarc-command.ts");
      finish(await dmarcCommand(name, options, services));
    });
  command(dmarc, "ingest", "dmarcIngest")
    .argument("<file...>", text("reportFiles"))
    .option("--data <dir>", text("dataRead"))
    .option("--municipality <id>", text("municipality"))
    .option("--format <format>", text("formatShort"))
    .action(async (files: readonly string[], _: unknown, ingest: Command) => {
      const { dmarcIngestCommand } = await import("./dmarc-ingest-command.ts");
      finish(await dmarcIngestCommand(files, ingest.optsWithGlobals<DmarcIngestOptions>(), services));
    });
}

/** The commands that look at one web host or TLS server. */
function addWeb(
  command: (name: string, key: keyof typeof HELP) => Command,
  text: (key: keyof typeof HELP) => string,
  services: Services,
  finish: ProgramIo["finish"],
): void {
  command("tls", "tls")
    .argument("<host[:port]>", text("tlsPlace"))
    .option("--inventory <file>", text("networkOption"))
    .option("--tls-profile <profile>", text("tlsProfile"))
    .option("--active", text("active"))
    .option("--format <format>", text("formatShort"))
    .action(async (place: string, options: TlsOptions) => {
      const { tlsCommand } = await import("./tls-command.ts");
      finish(await tlsCommand(place, options, services));
    });
  command("hsts", "hsts")
    .argument("<url>", text("site"))
    .option("--inventory <file>", text("networkOption"))
    .option("--format <format>", text("formatShort"))
    .action(async (url: string, options: HstsOptions) => {
      const { hstsCommand } = await import("./hsts-command.ts");
      finish(await hstsCommand(url, options, services));
    });
}

/** The commands that read what is remembered in a data folder. */
function addRemembered(
  command: (name: string, key: keyof typeof HELP) => Command,
  text: (key: keyof typeof HELP) => string,
  judging: ProgramIo["judging"],
  finish: ProgramIo["finish"],
): void {
  const remembered = (name: string, key: keyof typeof HELP): Command =>
    command(name, key).option("--data <dir>", text("dataRead")).option("--municipality <id>", text("municipality"));
  remembered("history", "history")
    .argument("<asset>", text("asset"))
    .argument("<requirement>", text("oneRequirement"))
    .option("--verify", text("verifyHistory"))
    .option("--format <format>", text("formatShort"))
    .action(async (asset: string, requirement: string, options: HistoryOptions) => {
      const { historyCommand } = await import("./history-command.ts");
      finish(await historyCommand(asset, requirement, options, await judging()));
    });
  remembered("report", "report")
    .option("--as-of <date>", text("asOf"))
    .option("--format <format>", text("formatReport"))
    .option("--bundle", text("bundle"))
    .option("-o, --output <file>", text("output"))
    .action(async (options: ReportOptions) => {
      const { reportCommand } = await import("./report-command.ts");
      finish(await reportCommand(options, await judging()));
    });
  remembered("judge", "judge")
    .option("--reading <reading>", text("readingStored"))
    .option("--tls-profile <profile>", text("tlsProfileStored"))
    .option("--as-of <date>", text("asOf"))
    .option("--format <format>", text("formatShort"))
    .action(async (options: JudgeOptions) => {
      const { judgeCommand } = await import("./judge-command.ts");
      finish(await judgeCommand(options, await judging()));
    });
}

/** A promised command that answers plainly that it is not built, whatever its arguments. */
function addUnbuilt(parent: Command, name: string, shown: string, description: string): void {
  parent
    .command(name)
    .description(description)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {
      throw notBuilt(`kravvagt ${shown}`);
    });
}

function prepared(command: Command, language: Language, writeHelp: (text: string) => void): Command {
  return command
    .exitOverride()
    .helpOption("-h, --help", HELP.help[language])
    .helpCommand(false)
    .configureHelp({ styleTitle: (title) => (language === "da" ? (HEADINGS[title] ?? title) : title) })
    .configureOutput({ writeOut: writeHelp, writeErr: writeHelp });
}
