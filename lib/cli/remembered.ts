import type { DataFolder } from "../ports.ts";
import type { PastIo } from "../watch/history-of-asset.ts";
import { createMemory } from "../watch/memory/create-memory.ts";
import { NOBODY_YET } from "../watch/memory/learned-selectors.ts";
import { municipalitiesIn } from "../watch/municipalities.ts";
import { CliError, usageError } from "./cli-error.ts";
import { EXIT } from "./exit-code.ts";
import { openFolder } from "./open-folder.ts";
import type { Services } from "./services.ts";
import { storeFailed } from "./store-errors.ts";

export const DEFAULT_DATA = "kravvagt-data";

/** The options that every command on remembered things has. */
export interface RememberedOptions {
  readonly data?: string;
  readonly municipality?: string;
}

/** A data folder that is open for reading, and the municipality it is asked about. */
export interface Remembered extends PastIo {
  readonly folder: DataFolder;
  /** The municipality's id. */
  readonly municipality: string;
}

/** As `withRemembered`, in a folder that is made where there is none, and that may remember nobody yet. */
export async function withReports<T>(
  options: RememberedOptions,
  services: Pick<Services, "openData">,
  work: (remembered: Remembered) => Promise<T>,
): Promise<T> {
  return withFolder(options, { create: true }, services, work);
}

/** Opens the data folder, never making one, and closes it whatever happens. A store that fails ends with 74. */
export async function withRemembered<T>(
  options: RememberedOptions,
  services: Pick<Services, "openData">,
  work: (remembered: Remembered) => Promise<T>,
): Promise<T> {
  return withFolder(options, { create: false }, services, work);
}

async function withFolder<T>(
  { data = DEFAULT_DATA, municipality }: RememberedOptions,
  { create }: { readonly create: boolean },
  services: Pick<Services, "openData">,
  work: (remembered: Remembered) => Promise<T>,
): Promise<T> {
  const folder = await openFolder(data, { create }, services);
  try {
    const known = await municipalitiesIn(folder.table);
    const { table, evidence } = folder;
    const isNew = create && known.length === 0;
    const chosen = isNew ? (municipality ?? NOBODY_YET) : chooseMunicipality(known, municipality, folder.path);
    return await work({ folder, evidence, memory: createMemory(table), municipality: chosen });
  } catch (error) {
    return storeFailed(error);
  } finally {
    await folder.close();
  }
}

function chooseMunicipality(known: readonly string[], wanted: string | undefined, path: string): string {
  const [only] = known;
  if (only === undefined) {
    throw new CliError(EXIT.input, {
      da: `${path}: her huskes intet endnu. Kør «kravvagt start» eller «kravvagt verify --data» først.`,
      en: `${path}: nothing is remembered here yet. Run "kravvagt start" or "kravvagt verify --data" first.`,
    });
  }
  const list = known.join(", ");
  if (wanted !== undefined) {
    if (known.includes(wanted)) return wanted;
    throw usageError(
      `--municipality: ${wanted} huskes ikke her. Vælg blandt ${list}.`,
      `--municipality: ${wanted} is not remembered here. Choose from ${list}.`,
    );
  }
  if (known.length === 1) return only;
  throw usageError(
    `Datamappen husker flere kommuner. Vælg en med --municipality: ${list}.`,
    `The data folder remembers several municipalities. Choose one with --municipality: ${list}.`,
  );
}
