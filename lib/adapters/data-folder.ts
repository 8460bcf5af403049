import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import type { DataFolder } from "../ports.ts";
import { claimFolder } from "./data-marker.ts";
import { openEvidenceFiles } from "./evidence-files.ts";
import { fromSystemError } from "./store-problems.ts";

const EVIDENCE_FOLDER = "evidence";
/** The subfolder that the database has to itself. */
const STORE_FOLDER = "store";
const TABLE_NAME = "kravvagt";
const PRIVATE_FOLDER = 0o700;

/**
 * Opens a data folder, alone or beside others on this machine; makes it when `create` is set and the folder is missing or
 * empty. Rejects with StoreError, and never repairs or deletes anything. Close it, or the process does not end.
 */
export async function openDataFolder(folder: string, { create }: { readonly create: boolean }): Promise<DataFolder> {
  const absolute = path.resolve(folder);
  await claimFolder(absolute, create);
  const store = path.join(absolute, STORE_FOLDER);
  await makePrivate(store);
  const evidence = await openEvidenceFiles(path.join(absolute, EVIDENCE_FOLDER));
  // Only here, since loading them takes longer than a command that stores nothing.
  const [{ createDynamoTable }, { openEmbeddedDatabase }] = await Promise.all([
    import("./dynamodb-table.ts"),
    import("./embedded-database.ts"),
  ]);
  const database = await openEmbeddedDatabase(absolute, store);
  return {
    path: absolute,
    table: createDynamoTable(database.client, TABLE_NAME, absolute),
    evidence,
    close: () => database.close(),
  };
}

async function makePrivate(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    await chmod(folder, PRIVATE_FOLDER);
  } catch (error) {
    throw fromSystemError(error, folder, "writing");
  }
}
