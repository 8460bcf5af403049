import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Observation } from "../core/observation.ts";
import type { Inventory } from "../inventory/inventory.ts";
import { inventoryOfAssets } from "../inventory/inventory.ts";
import { parseObservationFile, parseRunFile, type RunFile } from "./observation-form.ts";
import type { Verification } from "./verification.ts";

/** The file that says what the run was about; every other file holds one observation. */
const RUN_FILE = "run.json";

/** A folder of observations cannot be used: which file, and what is wrong with it. */
export class ObservationFilesError extends Error {
  override readonly name = "ObservationFilesError";
  readonly file: string;

  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.file = file;
  }
}

/** A stored run: what was asked, of which assets, under which statements, and what was seen. */
export interface StoredRun {
  readonly run: RunFile;
  readonly inventory: Inventory;
  readonly observations: readonly Observation[];
}

/** Writes one file per observation and the run's own, so that the run can be judged again without a network. */
export async function saveObservations(
  folder: string,
  inventory: Inventory,
  verification: Verification,
  observations: readonly Observation[],
): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new ObservationFilesError(folder, `could not be made: ${messageOf(error)}`);
  });
  const { assets, attestations, exemptions, inventoryAttestation } = inventory;
  const { startedAt, finishedAt, reading, requirements, notSeen, vantage, interrupted } = verification;
  const municipality = inventory.municipality;
  const run = {
    ...{
      schema: "kravvagt/run/1",
      startedAt,
      finishedAt,
      vantage,
      interrupted,
      municipality,
      reading,
      requirements,
      notSeen,
    },
    ...{ assets, attestations, exemptions, inventoryAttestation, settings: inventory.settings },
  };
  await writeJson(path.join(folder, RUN_FILE), run);
  for (const observation of observations) {
    await writeJson(path.join(folder, fileNameOf(observation)), { schema: "kravvagt/observation/1", ...observation });
  }
}

/** Reads a folder that `saveObservations` wrote. Throws ObservationFilesError for the first file that is not as it should be. */
export async function loadObservations(folder: string): Promise<StoredRun> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new ObservationFilesError(folder, codeOf(error) === "ENOENT" ? "there is no such folder" : messageOf(error));
  });
  if (!names.includes(RUN_FILE))
    throw new ObservationFilesError(folder, `holds no ${RUN_FILE}: it was not saved by this program`);
  const run = parseRunFile(await readJson(path.join(folder, RUN_FILE)));
  if (!run.ok) throw new ObservationFilesError(path.join(folder, RUN_FILE), run.problem);
  const observations: Observation[] = [];
  for (const name of names.filter((each) => each.endsWith(".json") && each !== RUN_FILE).sort()) {
    const file = path.join(folder, name);
    const observation = parseObservationFile(await readJson(file));
    if (!observation.ok) throw new ObservationFilesError(file, observation.problem);
    // One file per observation: a copy, or one that was turned into another asset's, would be judged as evidence.
    const saved = fileNameOf(observation.value);
    if (name !== saved) throw new ObservationFilesError(file, `kind, asset or target: belongs in ${saved}`);
    observations.push(observation.value);
  }
  const { assets, attestations, exemptions, inventoryAttestation, settings, municipality, reading } = run.value;
  const inventory: Inventory = {
    ...inventoryOfAssets(assets),
    ...{ municipality, reading, attestations, exemptions, inventoryAttestation, settings },
  };
  return { run: run.value, inventory, observations };
}

/** A name that says what is inside, safe in any file system and unique: kind, target, the first digits of a hash of both. */
function fileNameOf({ kind, asset, target }: Observation): string {
  const readable = target.replaceAll(/[^a-z0-9.-]+/g, "_").slice(0, 80);
  const hash = createHash("sha256").update(`${kind}\u0000${asset}\u0000${target}`).digest("hex").slice(0, 8);
  return `${kind}--${readable}--${hash}.json`;
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 1)}\n`).catch((error: unknown) => {
    throw new ObservationFilesError(file, `could not be written: ${messageOf(error)}`);
  });
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new ObservationFilesError(file, `could not be read: ${messageOf(error)}`);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ObservationFilesError(file, `is not JSON: ${messageOf(error)}`);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
