import { ROOT_ANCHORS } from "../../data/root-anchors.ts";
import { slotAt } from "../core/slot.ts";
import type { InventoryFiles } from "../inventory/read-inventory.ts";
import { renderResult } from "../reports/format.ts";
import { controlsUnder } from "../verify/controls.ts";
import { toResult } from "../verify/result.ts";
import { runRound } from "../watch/round.ts";
import { watchAll } from "../watch/watch-all.ts";
import { ClockError, closeOthers, takeUp } from "../watch/watch-family.ts";
import { CliError } from "./cli-error.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.ts";
import { holdingLease } from "./hold-lease.ts";
import { interruptible } from "./interrupt.ts";
import { tellWhatIsLeftOut } from "./left-out.ts";
import { loadInventory } from "./load-inventory.ts";
import { openFolder } from "./open-folder.ts";
import { openWatch, type Watch } from "./open-watch.ts";
import { municipalityIn } from "./remember.ts";
import { DEFAULT_DATA } from "./remembered.ts";
import { RoundFindings } from "./round-findings.ts";
import { serveStatus } from "./serve-status.ts";
import type { JudgingServices } from "./services.ts";
import { portOf, type StartOptions } from "./start-command.ts";
import { storeFailed } from "./store-errors.ts";

/** Watches an inventory until interrupted, or for one round with `--once`. */
export async function watchInventory(
  file: string,
  options: StartOptions,
  services: JudgingServices,
): Promise<ExitCode> {
  const { terminal, requirements } = services;
  const files = await loadInventory(file, terminal);
  const municipality = municipalityIn(files);
  tellWhatIsLeftOut(files.inventory.assets, requirements, services, false);
  const folder = options.data ?? DEFAULT_DATA;
  const data = await openFolder(folder, { create: true }, services);
  try {
    const findings = new RoundFindings(services.now());
    const settings = {
      ...{ files, municipality, data, shownFolder: options.data ?? null },
      controls: controlsUnder(files.trustAnchors ?? ROOT_ANCHORS),
      onLooked: options.once === true ? findings.add.bind(findings) : undefined,
    };
    return await interruptible(services.interrupts, interrupted(services), (signal) =>
      holdingLease(data, signal, async (held) => {
        const watch = await openWatch(settings, services);
        return options.once === true
          ? oneRound(watch, findings, files, services, held)
          : serving(watch, portOf(options), services, () => forever(watch, services, held));
      }),
    );
  } catch (error) {
    return watchFailed(error);
  } finally {
    await data.close();
  }
}

/** Does `work` while the status pages are served. */
export async function serving<T>(
  watch: Watch,
  port: number,
  services: JudgingServices,
  work: () => Promise<T>,
): Promise<T> {
  const server = await serveStatus(watch, port, services);
  try {
    return await work();
  } finally {
    await server.close();
  }
}

/** Watches until the signal aborts. */
export async function forever(
  { io, families }: Watch,
  { terminal }: JudgingServices,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (families.length === 0) {
    throw new CliError(EXIT.input, {
      da: "Fortegnelsen har ingen aktiver, som noget bygget krav gælder for, så der er intet at overvåge.",
      en: "The inventory has no assets that a requirement which is built applies to, so there is nothing to watch.",
    });
  }
  terminal.say({ da: "Overvågningen er i gang. Ctrl-C slutter den.", en: "The watch is on. Ctrl-C ends it." });
  await watchAll(families, io, signal);
  return EXIT.interrupted;
}

async function oneRound(
  { io, families }: Watch,
  findings: RoundFindings,
  { inventory }: InventoryFiles,
  { terminal, requirements, now }: JudgingServices,
  signal: AbortSignal,
): Promise<ExitCode> {
  for (const watched of families) {
    await takeUp(watched, io, signal);
    await runRound(watched, slotAt(now()), io, signal);
    if (!signal.aborted) await closeOthers(watched, io);
  }
  const verification = findings.verification(inventory, requirements, { now: now(), interrupted: signal.aborted });
  const result = toResult(verification, terminal.language);
  await terminal.result(renderResult(result, "text", terminal.language, terminal.paint));
  return exitCodeOf(result, findings.withoutResolver);
}

/** Said at the first interrupt. */
export function interrupted({ terminal }: Pick<JudgingServices, "terminal">): () => void {
  return () => {
    terminal.say({
      da: "Afbrudt. Det, der er i gang, afsluttes; runden tages op igen ved næste start. Afbryd igen for at stoppe straks.",
      en: "Interrupted. What is under way is being ended; the round is taken up at the next start. Interrupt again to stop at once.",
    });
  };
}

/** What ends a watch, in the user's words: the store, or a clock that stands before what is stored. */
export function watchFailed(error: unknown): never {
  if (!(error instanceof ClockError)) return storeFailed(error);
  const { now, newest } = error;
  throw new CliError(EXIT.data, {
    da: `Maskinens ur viser ${now}, men den nyeste runde i datamappen er fra ${newest}. Enten går uret forkert nu: så stil det. Eller også gik det forud dengang: så vent til ${newest}, eller brug en anden datamappe med --data. Intet er ændret.`,
    en: `The machine's clock shows ${now}, but the newest round in the data folder is of ${newest}. Either the clock is wrong now: then set it. Or it was ahead then: then wait until ${newest}, or use another data folder with --data. Nothing was changed.`,
  });
}
