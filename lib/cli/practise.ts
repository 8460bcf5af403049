import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { mappedSockets } from "../dial/sockets.ts";
import { readInventoryText } from "../inventory/read-inventory.ts";
import type { PracticeInternet } from "../practice/internet.ts";
import { PRACTICE_CONTROLS } from "../practice/municipality.ts";
import { toResult } from "../verify/result.ts";
import { takeUp } from "../watch/watch-family.ts";
import { CliError } from "./cli-error.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { holdingLease } from "./hold-lease.ts";
import { interruptible } from "./interrupt.ts";
import { usable } from "./load-inventory.ts";
import { openFolder } from "./open-folder.ts";
import { openWatch, type Watch, type WatchSettings } from "./open-watch.ts";
import { comparePractice, practiceText } from "./practice-report.ts";
import { tellStory } from "./practice-story.ts";
import { RoundFindings } from "./round-findings.ts";
import type { JudgingServices } from "./services.ts";
import { portOf, type StartOptions } from "./start-command.ts";
import { storyText } from "./story-text.ts";
import { forever, interrupted, serving, watchFailed } from "./watch-inventory.ts";

/** Seconds between a look that came out otherwise and the second one: long enough to be followed, short enough to wait for. */
const CONFIRM_AFTER = "2s";
/** Between rounds when the story has been told and the watch goes on. */
const CADENCE = "1m";

/** Watches the practice municipality on an internet of its own and tells the story of a few accidents; then goes on watching. */
export async function practise(options: StartOptions, services: JudgingServices): Promise<ExitCode> {
  const { terminal } = services;
  terminal.say({
    da: "Ingen fortegnelse er givet, så øvelseskommunen overvåges: et lille internet på denne maskine, rigtigt og forkert med vilje.",
    en: "No inventory was given, so the practice municipality is watched: a small internet on this machine, right and wrong on purpose.",
  });
  const folder = await practiceFolder(options.data);
  try {
    const internet = await services.startPractice().catch(unavailable);
    try {
      return await watchPractice(internet, folder.path, options, services);
    } finally {
      await internet.stop();
    }
  } finally {
    await folder.remove();
  }
}

async function watchPractice(
  internet: PracticeInternet,
  folder: string,
  options: StartOptions,
  services: JudgingServices,
): Promise<ExitCode> {
  const inventory = internet.inventoryOf(undefined, { pace: { confirmAfter: CONFIRM_AFTER, cadence: CADENCE } });
  const files = usable(await readInventoryText(inventory, "practice.json"));
  const { municipality } = files.inventory;
  if (municipality === null) throw new Error("the practice inventory has no municipality");
  const data = await openFolder(folder, { create: true }, services);
  try {
    const settings = {
      ...{ files, municipality, data, shownFolder: folder, controls: PRACTICE_CONTROLS },
      sockets: mappedSockets(internet.sockets, internet.families),
    };
    return await interruptible(services.interrupts, interrupted(services), (signal) =>
      holdingLease(data, signal, (held) => story(internet, settings, options, services, held)),
    );
  } catch (error) {
    return watchFailed(error);
  } finally {
    await data.close();
  }
}

/** With `--once` only the story, and no pages: nobody would be there to read them. */
async function story(
  internet: PracticeInternet,
  settings: WatchSettings,
  options: StartOptions,
  services: JudgingServices,
  signal: AbortSignal,
): Promise<ExitCode> {
  const findings = new RoundFindings(services.now());
  let isFirst = true;
  const onLooked: WatchSettings["onLooked"] = (looked) => {
    if (isFirst) findings.add(looked);
  };
  const watch = await openWatch({ ...settings, onLooked }, services);
  const onBaseline = async (): Promise<boolean> => {
    isFirst = false;
    return tellBaseline(findings, settings, internet, services, signal);
  };
  const tell = (): Promise<boolean | null> => tellAll({ internet, watch, onBaseline }, services, signal);
  if (options.once === true) {
    const happened = await tell();
    tellWhereMailsAre(options, settings, services);
    return happened === null ? EXIT.interrupted : happened ? EXIT.pass : EXIT.fail;
  }
  return serving(watch, portOf(options), services, async () => {
    if ((await tell()) === null) return EXIT.interrupted;
    tellWhereMailsAre(options, settings, services);
    return forever(watch, services, signal);
  });
}

interface Staged {
  readonly internet: PracticeInternet;
  readonly watch: Watch;
  readonly onBaseline: () => Promise<boolean>;
}

/** Whether everything happened that should; null when it was interrupted. */
async function tellAll(
  { internet, watch, onBaseline }: Staged,
  { terminal }: JudgingServices,
  signal: AbortSignal,
): Promise<boolean | null> {
  const { families, io } = watch;
  if (families.length === 0) throw new Error("the practice municipality has nothing to watch");
  for (const watched of families) await takeUp(watched, io, signal);
  const say = terminal.say.bind(terminal);
  const points = await tellStory({ internet, families, io, say, onBaseline }, signal);
  if (signal.aborted) return null;
  await terminal.result(storyText(points, terminal.language, terminal.paint));
  return points.length > 0 && points.every(({ happened }) => happened);
}

/** Shows the first round beside what should have been found. Whether it is the same. */
async function tellBaseline(
  findings: RoundFindings,
  { files: { inventory } }: WatchSettings,
  internet: PracticeInternet,
  { terminal, requirements, now }: JudgingServices,
  signal: AbortSignal,
): Promise<boolean> {
  const verification = findings.verification(inventory, requirements, { now: now(), interrupted: signal.aborted });
  const compared = comparePractice(toResult(verification, terminal.language), internet.expected);
  await terminal.result(practiceText(compared, terminal.language, terminal.paint));
  return compared.length > 0 && compared.every(({ difference }) => difference === null);
}

/** A temporary folder is gone at the end, so only one that was named is worth pointing to. */
function tellWhereMailsAre({ data }: StartOptions, settings: WatchSettings, { terminal }: JudgingServices): void {
  if (data === undefined) return;
  const outbox = path.join(settings.data.path, "outbox");
  terminal.say({ da: `Brevene ligger i ${outbox}`, en: `The messages are in ${outbox}` });
}

/** The folder that was named, or a temporary one that is gone afterwards. */
async function practiceFolder(named: string | undefined) {
  if (named !== undefined) return { path: named, remove: () => Promise.resolve() };
  const temporary = await mkdtemp(path.join(os.tmpdir(), "kravvagt-practice-")).catch(withoutFolder);
  return { path: temporary, remove: () => rm(temporary, { recursive: true, force: true }) };
}

function withoutFolder(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new CliError(EXIT.data, {
    da: `Der kan ikke laves en midlertidig mappe: ${why}. Brug --data.`,
    en: `No temporary folder can be made: ${why}. Use --data.`,
  });
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
