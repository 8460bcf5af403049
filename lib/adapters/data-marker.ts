import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { StoreError } from "../ports.ts";
import { fromSystemError, hasCode } from "./store-problems.ts";

/** The file that says that a folder is a data folder of ours, and how it is to be read. */
export const MARKER = "kravvagt.json";
const SCHEMA_NUMBER = 1;
const SCHEMA_FORM = /^kravvagt\/data\/([1-9][0-9]{0,8})$/;
const UNFINISHED_MARKER = /^kravvagt\.json\..+\.tmp$/;
/** What lies in the root of a fresh volume. */
const OF_THE_VOLUME = "lost+found";

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * Makes sure that the folder is a data folder that this version can read; an empty or missing one is made into one if
 * `create` is set. Otherwise rejects with StoreError, and nothing has been written.
 */
export async function claimFolder(folder: string, create: boolean): Promise<void> {
  const names = await namesIn(folder);
  if (names?.includes(MARKER) === true) return checkMarker(path.join(folder, MARKER));
  const isEmpty = names?.every((name) => name === OF_THE_VOLUME || UNFINISHED_MARKER.test(name)) ?? true;
  if (!isEmpty) throw new StoreError("not-ours", folder, `it is not empty, and has no ${MARKER}`);
  if (!create) throw new StoreError("unreadable", folder, "nothing has been stored there");
  await markFolder(folder, names === null);
}

/** Null when there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    if (hasCode(error, "ENOTDIR")) throw new StoreError("not-ours", folder, "it is no folder", { cause: error });
    throw fromSystemError(error, folder, "reading");
  }
}

async function markFolder(folder: string, isMissing: boolean): Promise<void> {
  const marker = path.join(folder, MARKER);
  const unfinished = `${marker}.${randomUUID()}.tmp`;
  try {
    if (isMissing) await makeFolder(folder);
    const content = { schema: `kravvagt/data/${SCHEMA_NUMBER}` };
    await writeFile(unfinished, `${JSON.stringify(content)}\n`, { flag: "wx", mode: PRIVATE_FILE });
    await rename(unfinished, marker);
    await chmod(folder, PRIVATE_FOLDER).catch(unlessNotOwner);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw fromSystemError(error, folder, "writing");
  }
}

/** With the folders above it, one by one: Node's own `recursive` never ends where a file system denies every folder (/proc). */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: PRIVATE_FOLDER });
  } catch (error) {
    const parent = path.dirname(folder);
    if (!hasCode(error, "ENOENT") || (await namesIn(parent)) !== null) throw error;
    await makeFolder(parent);
    await mkdir(folder, { mode: PRIVATE_FOLDER });
  }
}

/** An empty folder that somebody else made for us stays as open as they made it; what we make in it is closed. */
function unlessNotOwner(error: unknown): void {
  if (!hasCode(error, "EPERM")) throw error;
}

async function checkMarker(marker: string): Promise<void> {
  const content = await readFile(marker, "utf8").catch((error: unknown) => {
    throw fromSystemError(error, marker, "reading");
  });
  const schema = schemaIn(content);
  if (schema === null) throw new StoreError("corrupt", marker, "it names no schema");
  const number = SCHEMA_FORM.exec(schema)?.[1];
  if (number === undefined) throw new StoreError("not-ours", marker, `the schema is ${JSON.stringify(schema)}`);
  if (Number(number) > SCHEMA_NUMBER) {
    throw new StoreError("newer", marker, `the schema is ${schema}, this version reads up to ${SCHEMA_NUMBER}`);
  }
}

function schemaIn(content: string): string | null {
  try {
    const value: unknown = JSON.parse(content);
    const schema = typeof value === "object" && value !== null && "schema" in value ? value.schema : null;
    return typeof schema === "string" ? schema : null;
  } catch {
    return null;
  }
}
