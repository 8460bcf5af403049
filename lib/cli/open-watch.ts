import { randomUUID } from "node:crypto";
import path from "node:path";
import type { SocketOpener } from "../dial/sockets.ts";
import type { Municipality } from "../inventory/inventory.ts";
import type { InventoryFiles } from "../inventory/read-inventory.ts";
import { type AlertSink, type DataFolder, SettingsError } from "../ports.ts";
import { createAlertWriter } from "../reports/alert-writer.ts";
import type { Controls } from "../verify/controls.ts";
import { deliverAlerts } from "../watch/deliver.ts";
import { watchedFamilies } from "../watch/families.ts";
import { installationSecret } from "../watch/installation.ts";
import { createMemory } from "../watch/memory/create-memory.ts";
import { reportedSelectorsOf } from "../watch/memory/learned-selectors.ts";
import { noteMunicipality } from "../watch/municipalities.ts";
import type { WatchedFamily } from "../watch/watched.ts";
import type { WatchEvent } from "../watch/watch-event.ts";
import type { WatchIo } from "../watch/watch-io.ts";
import { lookingThrough, type LookingSettings } from "./looking.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import type { JudgingServices, SinkRequest } from "./services.ts";
import { SYSTEM_CLOCK } from "./system-clock.ts";
import { createTerminalSink } from "./terminal-sink.ts";
import { watchWords } from "./watch-words.ts";

export interface WatchSettings {
  readonly files: InventoryFiles;
  readonly municipality: Municipality;
  readonly data: DataFolder;
  /** The data folder as commands must name it; null for the default one. */
  readonly shownFolder: string | null;
  readonly controls: Controls | null;
  readonly sockets?: SocketOpener | undefined;
  readonly onLooked?: LookingSettings["onLooked"];
}

/** A watch that is ready to begin. */
export interface Watch {
  readonly io: WatchIo;
  readonly families: readonly WatchedFamily[];
  readonly municipality: Municipality;
  /** What this installation draws labels from and seals cursors with. */
  readonly secret: string;
}

/** Puts memory, looking and sinks together for one data folder. Looks at nothing yet. */
export async function openWatch(settings: WatchSettings, services: JudgingServices): Promise<Watch> {
  const { files, municipality, data, shownFolder, onLooked, ...world } = settings;
  const { terminal, requirements } = services;
  await noteMunicipality(data.table, municipality.id);
  const memory = createMemory(data.table);
  const secret = await installationSecret(data.table, () => randomUUID());
  const write = createAlertWriter({
    ...{ municipality: municipality.name, memory, evidence: data.evidence, shownFolder },
    language: terminal.language,
  });
  const sinks = [
    createTerminalSink(terminal, write),
    ...(await openSinks(
      {
        ...{ folder: path.join(data.path, "outbox"), to: files.inventory.contacts.email, write },
        warn: terminal.say.bind(terminal),
      },
      services,
    )),
  ];
  const onEvent = (event: WatchEvent): void => {
    // The terminal sink tells the alert itself, in full.
    const words = event.kind === "alert" ? null : watchWords(event, SYSTEM_CLOCK.now());
    if (words !== null) terminal.say(words);
  };
  const reportedSelectors = () => reportedSelectorsOf(memory, municipality.id, SYSTEM_CLOCK.now());
  let telling: Promise<void> = Promise.resolve();
  const io: WatchIo = {
    ...{ memory, evidence: data.evidence, clock: SYSTEM_CLOCK, onEvent },
    openLooking: lookingThrough({ files, secret, ...world, reportedSelectors, onLooked }, services),
    tell() {
      telling = telling
        .catch(() => undefined)
        .then(() => deliverAlerts(municipality.id, sinks, memory, SYSTEM_CLOCK.now(), onEvent));
      return telling;
    },
  };
  return { io, families: watchedFamilies(municipality, files.inventory, requirements), municipality, secret };
}

/** Ends with 64 where the environment's settings for alerts cannot be used: told before anything is looked at. */
export async function checkSinks(services: JudgingServices): Promise<void> {
  const write = (): Promise<never> => Promise.reject(new Error("nothing is delivered by way of a check"));
  await openSinks({ folder: "", to: [], write, warn: () => undefined }, services);
}

async function openSinks(request: SinkRequest, services: JudgingServices): Promise<readonly AlertSink[]> {
  try {
    return await services.openSinks(request);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const { setting, words } = error;
    throw new CliError(EXIT.usage, { da: `${setting}: ${words.da}`, en: `${setting}: ${words.en}` });
  }
}
