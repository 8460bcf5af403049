import type { InventoryFiles } from "../inventory/read-inventory.ts";
import { readInventoryText } from "../inventory/read-inventory.ts";
import { mappedSockets, type SocketOpener } from "../dial/sockets.ts";
import { renderResult } from "../reports/format.ts";
import { toResult, type VerificationResult } from "../verify/result.ts";
import { CliError, notBuilt } from "./cli-error.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.ts";
import { loadInventory, usable } from "./load-inventory.ts";
import { tellWhatIsLeftOut } from "./left-out.ts";
import { comparePractice, practiceText } from "./practice-report.ts";
import { runVerification } from "./run-verification.ts";
import type { Services } from "./services.ts";
import { positiveInteger } from "./verify-command.ts";

/** The options of `start` as the command line gives them. */
export interface StartOptions {
  readonly inventory?: string;
  readonly data?: string;
  readonly port?: string;
  readonly once?: boolean;
}

const HIGHEST_PORT = 65_535;

/** One round: of the inventory, or of the practice municipality on an internet of its own. Watching over time is to come. */
export async function startCommand(options: StartOptions, services: Services): Promise<ExitCode> {
  if (options.port !== undefined) positiveInteger("--port", options.port, HIGHEST_PORT);
  if (options.data !== undefined) throw notBuilt("--data");
  return options.inventory === undefined ? practise(options, services) : watch(options.inventory, options, services);
}

async function watch(file: string, options: StartOptions, services: Services): Promise<ExitCode> {
  const { terminal } = services;
  const files = await loadInventory(file, terminal);
  const { result, withoutResolver } = await oneRound(files, services);
  await terminal.result(renderResult(result, "text", terminal.language, terminal.paint));
  tellWhatIsToCome(options, services);
  return exitCodeOf(result, withoutResolver);
}

async function practise(options: StartOptions, services: Services): Promise<ExitCode> {
  const { terminal } = services;
  terminal.say({
    da: "Ingen fortegnelse er givet, så øvelseskommunen efterprøves: et lille internet på denne maskine, rigtigt og forkert med vilje.",
    en: "No inventory was given, so the practice municipality is verified: a small internet on this machine, right and wrong on purpose.",
  });
  const internet = await services.startPractice().catch(unavailable);
  try {
    const files = usable(await readInventoryText(internet.inventory, "practice.json"));
    const { result } = await oneRound(files, services, mappedSockets(internet.sockets, internet.families));
    const comparison = comparePractice(result, internet.expected);
    await terminal.result(renderResult(result, "text", terminal.language, terminal.paint));
    await terminal.result(practiceText(comparison, terminal.language, terminal.paint));
    tellWhatIsToCome(options, services);
    if (result.interrupted) return EXIT.interrupted;
    return comparison.length > 0 && comparison.every(({ difference }) => difference === null) ? EXIT.pass : EXIT.fail;
  } finally {
    await internet.stop();
  }
}

async function oneRound(
  files: InventoryFiles,
  services: Services,
  sockets?: SocketOpener,
): Promise<{ result: VerificationResult; withoutResolver: boolean }> {
  const { requirements, terminal } = services;
  const verification = await runVerification({
    files,
    services,
    sockets,
    prepare: async () => {
      const { inventory } = files;
      tellWhatIsLeftOut(inventory.assets, requirements, services, false);
      return { inventory, requirements, requested: requirements.map(({ id }) => id), reading: inventory.reading };
    },
  });
  return { result: toResult(verification, terminal.language), withoutResolver: verification.withoutResolver };
}

/** The system refused us a socket on loopback; anything else is our own bug. */
function unavailable(error: unknown): never {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== "string") throw error;
  const why = String(message);
  throw new CliError(EXIT.unavailable, {
    da: `Øvelsens internet kan ikke startes på denne maskine: ${why}`,
    en: `The practice internet cannot be started on this machine: ${why}`,
  });
}

function tellWhatIsToCome({ port, once }: StartOptions, { terminal }: Services): void {
  if (port !== undefined) {
    terminal.say({
      da: "--port bruges ikke endnu: statussiderne er ikke bygget.",
      en: "--port is not used yet: the status pages are not built.",
    });
  }
  if (once === true) return;
  terminal.say({
    da: "Det var én runde. Løbende overvågning, lager, alarmer og statussider er ikke bygget endnu, så programmet slutter her.",
    en: "That was one round. Watching over time, a store, alerts and status pages are not built yet, so the program ends here.",
  });
}
