import type { DataFolder } from "../ports.ts";
import { usageError } from "./cli-error.ts";
import type { Services } from "./services.ts";
import { storeFailed } from "./store-errors.ts";

/** Opens the data folder that `--data` names. What keeps it from being used is told; exit status 74, or 64 for no name at all. */
export async function openFolder(
  folder: string,
  options: { readonly create: boolean },
  { openData }: Pick<Services, "openData">,
): Promise<DataFolder> {
  requireFolder(folder);
  return openData(folder, options).catch(storeFailed);
}

/** Ends with 64 for `--data ""`, which would be the current folder. */
export function requireFolder(folder: string): void {
  if (folder !== "") return;
  throw usageError("--data: forventede en mappe, fandt ingenting.", "--data: expected a folder, found nothing.");
}
