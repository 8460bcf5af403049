import { mkdir } from "node:fs/promises";
import type { Asset } from "../core/asset.ts";
import type { Requirement } from "../core/requirement.ts";
import { READINGS, type Reading } from "../core/requirement-id.ts";
import { type Inventory, inventoryOfAssets, markSettings } from "../inventory/inventory.ts";
import { type InventoryFiles, readInventory } from "../inventory/read-inventory.ts";
import type { DataFolder } from "../ports.ts";
import { FORMATS, renderResult } from "../reports/format.ts";
import {
  loadObservations,
  ObservationFilesError,
  saveObservations,
  type StoredRun,
} from "../verify/observation-files.ts";
import type { TlsProfile } from "../tls/profile.ts";
import type { NetworkOptions } from "../verify/network.ts";
import { toResult, type VerificationResult } from "../verify/result.ts";
import type { Verification } from "../verify/verification.ts";
import { createMemory } from "../watch/memory/create-memory.ts";
import { reportedSelectorsOf } from "../watch/memory/learned-selectors.ts";
import { CliError, usageError } from "./cli-error.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.ts";
import { loadInventory, usable } from "./load-inventory.ts";
import { readNames, settleNames } from "./named-assets.ts";
import { judgeStored } from "./judge-stored.ts";
import { openFolder, requireFolder } from "./open-folder.ts";
import { oneOfOption, positiveInteger } from "./option-value.ts";
import { checkSinks } from "./open-watch.ts";
import { selectRequirements } from "./requirement-option.ts";
import { municipalityIn, rememberVerification, type Remembered } from "./remember.ts";
import { storeFailed } from "./store-errors.ts";
import { runVerification } from "./run-verification.ts";
import type { JudgingServices } from "./services.ts";
import { tellWhatIsLeftOut } from "./left-out.ts";
import { tlsProfileOption } from "./tls-profile-option.ts";

/** The options of `verify` as the command line gives them. */
export interface VerifyOptions {
  readonly inventory?: string;
  readonly requirement?: string;
  readonly format?: string;
  readonly saveObservations?: string;
  readonly fromObservations?: string;
  readonly reading?: string;
  readonly strict?: boolean;
  readonly tlsProfile?: string;
  readonly rate?: string;
  readonly data?: string;
}

const FASTEST = 10_000;

/** One verification of names or of an inventory. Returns the exit code; the result has been written. */
export async function verifyCommand(
  names: readonly string[],
  options: VerifyOptions,
  services: JudgingServices,
): Promise<ExitCode> {
  const { terminal } = services;
  const format = oneOfOption("--format", options.format ?? "text", FORMATS);
  const requirements = selectRequirements(options.requirement, services.requirements);
  if (options.fromObservations !== undefined) {
    const stored = await verifyStored(names, requirements, options, services);
    await terminal.result(renderResult(stored, format, terminal.language, terminal.paint));
    return exitCodeOf(stored);
  }
  const data = options.data === undefined ? null : await openForVerifying(options.data, options, services);
  try {
    const { result, withoutResolver, keep } = await verifyNow(names, requirements, options, services, data);
    await terminal.result(renderResult(result, format, terminal.language, terminal.paint));
    await keep();
    return exitCodeOf(result, withoutResolver);
  } finally {
    await data?.close();
  }
}

/** Opened before anything is looked at, so that a folder that cannot be used is told at once. */
async function openForVerifying(
  folder: string,
  options: VerifyOptions,
  services: JudgingServices,
): Promise<DataFolder> {
  requireFolder(folder);
  if (options.inventory === undefined) {
    throw usageError(
      "--data kræver --inventory: det, der huskes, huskes for en kommunes fortegnelse.",
      "--data needs --inventory: what is remembered is remembered for a municipality's inventory.",
    );
  }
  if (options.reading !== undefined || options.strict === true || options.tlsProfile !== undefined) {
    throw usageError(
      "--reading, --strict og --tls-profile kan ikke bruges sammen med --data: det, der huskes, dømmes efter fortegnelsen. Sæt dem dér.",
      "--reading, --strict and --tls-profile cannot be used with --data: what is remembered is judged by the inventory. Set them there.",
    );
  }
  municipalityIn(usable(await readInventory(options.inventory)));
  await checkSinks(services);
  return openFolder(folder, { create: true }, services);
}

async function verifyNow(
  names: readonly string[],
  requirements: readonly Requirement[],
  options: VerifyOptions,
  services: JudgingServices,
  data: DataFolder | null,
): Promise<{ result: VerificationResult; withoutResolver: boolean; keep: () => Promise<void> }> {
  const { terminal } = services;
  const folder = options.saveObservations;
  const rate = options.rate === undefined ? undefined : positiveInteger("--rate", options.rate, FASTEST);
  const reading = readingOption(options);
  const profile = await tlsProfileOption(options.tlsProfile);
  if (names.length === 0 && options.inventory === undefined) readNames(names, []);
  const files = await filesFor(options.inventory, services);
  const named = names.length === 0 ? null : readNames(names, files.inventory.assets);
  if (folder !== undefined) await mkdir(folder, { recursive: true }).catch(dataError);
  const verification = await runVerification({
    ...{ files, rate, services },
    reportedSelectors: data === null ? undefined : await learnedIn(data, files),
    prepare: async (context) => {
      const assets = named === null ? files.inventory.assets : await settleNames(named, requirements, context);
      const inventory = adjusted({ ...files.inventory, assets }, options, profile);
      tellWhatIsLeftOut(assets, requirements, services, options.requirement !== undefined);
      const asked = named === null ? requirements : requirements.filter((each) => appliesToAny(each, assets));
      const requested = asked.map(({ id }) => id);
      return { inventory, requirements, requested, reading: reading ?? inventory.reading };
    },
  });
  const { inventory, observations, withoutResolver, ...rest } = verification;
  const result = toResult(verification, terminal.language);
  const keep = async (): Promise<void> => {
    if (folder !== undefined) await saveObservations(folder, inventory, rest, observations).catch(dataError);
    if (data !== null) await remember(verification, { files, data, shownFolder: options.data ?? null }, services);
  };
  return { result, withoutResolver, keep };
}

async function remember(
  { interrupted, judged, startedAt }: Verification,
  where: Omit<Remembered, "judged" | "startedAt">,
  services: JudgingServices,
): Promise<void> {
  if (interrupted) {
    services.terminal.say({
      da: "Intet er husket: en afbrudt efterprøvning siger ikke noget om det, den ikke nåede.",
      en: "Nothing was remembered: an interrupted verification says nothing of what it did not get to.",
    });
    return;
  }
  await rememberVerification({ ...where, judged, startedAt: Date.parse(startedAt) }, services).catch(storeFailed);
}

async function verifyStored(
  names: readonly string[],
  requirements: readonly Requirement[],
  options: VerifyOptions,
  services: JudgingServices,
): Promise<VerificationResult> {
  const { terminal } = services;
  for (const [option, value] of [
    ["--save-observations", options.saveObservations],
    ["--rate", options.rate],
    ["--data", options.data],
  ] as const) {
    if (value === undefined) continue;
    throw usageError(
      `${option} giver ingen mening sammen med --from-observations.`,
      `${option} makes no sense with --from-observations.`,
    );
  }
  const saved = await loadObservations(options.fromObservations ?? "").catch(inputError);
  const stored =
    options.inventory === undefined ? saved : withInventory(saved, await loadInventory(options.inventory, terminal));
  const named = names.length === 0 ? null : readNames(names, stored.inventory.assets);
  const ids = named?.map(({ asset }) => asset.id) ?? null;
  const selected: StoredRun = {
    ...stored,
    inventory: adjusted(stored.inventory, options, await tlsProfileOption(options.tlsProfile)),
  };
  const verification = judgeStored(selected, {
    ids,
    requirements: options.requirement === undefined ? null : requirements,
    built: services.requirements,
    reading: readingOption(options),
  });
  return toResult(verification, terminal.language);
}

/** What aggregate reports that were taken into the folder have taught of the municipality's domains. */
async function learnedIn({ table }: DataFolder, files: InventoryFiles): Promise<NetworkOptions["reportedSelectors"]> {
  return reportedSelectorsOf(createMemory(table), municipalityIn(files).id, Date.now());
}

/** An inventory given beside stored observations says which assets, statements and reading count instead of the run's own. */
function withInventory(stored: StoredRun, { inventory }: InventoryFiles): StoredRun {
  return { ...stored, inventory, run: { ...stored.run, reading: inventory.reading } };
}

async function filesFor(file: string | undefined, { terminal }: JudgingServices): Promise<InventoryFiles> {
  if (file !== undefined) return loadInventory(file, terminal);
  return { inventory: inventoryOfAssets([]), trustAnchors: null, ca: null };
}

/** `--strict` and `--tls-profile` on the command line count as the settings of the same names in the inventory. */
function adjusted(inventory: Inventory, { strict }: VerifyOptions, tlsProfile: TlsProfile | null): Inventory {
  const settings = {
    ...inventory.settings,
    ...(strict === true ? { strict } : {}),
    ...(tlsProfile === null ? {} : { tlsProfile }),
  };
  return markSettings({ ...inventory, settings });
}

function appliesToAny({ appliesTo }: Requirement, assets: readonly Asset[]): boolean {
  return assets.some(({ kind }) => appliesTo.includes(kind));
}

function readingOption({ reading }: VerifyOptions): Reading | null {
  return reading === undefined ? null : oneOfOption("--reading", reading, READINGS);
}

function inputError(error: unknown): never {
  throw error instanceof ObservationFilesError ? observationsError(error, EXIT.input) : error;
}

function dataError(error: unknown): never {
  const isExpected = error instanceof ObservationFilesError || typeof (error as { code?: unknown }).code === "string";
  throw isExpected ? observationsError(error as Error, EXIT.data) : error;
}

function observationsError(error: Error, code: ExitCode): CliError {
  return new CliError(code, { da: `Observationer: ${error.message}`, en: `Observations: ${error.message}` });
}
