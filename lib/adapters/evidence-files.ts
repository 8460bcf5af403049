import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { constants, gunzip, gzip } from "node:zlib";
import { StoreError, type EvidenceStore } from "../ports.ts";
import { fromSystemError, hasCode } from "./store-problems.ts";

/** The largest text that is kept, and unpacked: 64 MiB. */
export const LARGEST_EVIDENCE = 64 * 1024 * 1024;

const ADDRESS = /^sha256:([0-9a-f]{64})$/;
/** Files lie in folders by the first two digits of their address, so that no folder has too many. */
const FOLDER_DIGITS = 2;
/** Unfinished files lie together, so that what a killed process left is found without reading all folders. */
const UNFINISHED = "unfinished";
/** An unfinished file of this age has no writer any more: writing takes seconds. */
const ABANDONED_AFTER_MS = 10 * 60 * 1_000;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/**
 * Evidence as gzip files in a folder, made where it is missing. Any number of processes may write at once: a file is
 * written aside and then takes its name, so under an address there is a whole text or none. An address that is no
 * `sha256:` and 64 hex digits rejects with TypeError.
 */
export async function openEvidenceFiles(folder: string): Promise<EvidenceStore> {
  const unfinished = path.join(folder, UNFINISHED);
  try {
    await mkdir(unfinished, { recursive: true, mode: PRIVATE_FOLDER });
    await removeAbandoned(unfinished);
  } catch (error) {
    throw fromSystemError(error, folder, "writing");
  }
  return {
    put: async (address, text) => {
      const file = fileOf(folder, address);
      if (!(await isThere(file))) await writeWhole(file, path.join(unfinished, `${randomUUID()}.tmp`), text);
    },
    get: (address) => readText(fileOf(folder, address)),
  };
}

/** Only hex digits of the address reach the path, so it cannot lead out of the folder. */
function fileOf(folder: string, address: string): string {
  const hex = ADDRESS.exec(address)?.[1];
  if (hex === undefined) throw new TypeError(`no content address: ${address.slice(0, 100)}`);
  return path.join(folder, hex.slice(0, FOLDER_DIGITS), `${hex}.json.gz`);
}

/** What a power cut may leave of one that was written does not unpack: it is written again. */
async function isThere(file: string): Promise<boolean> {
  try {
    return (await readText(file)) !== null;
  } catch (error) {
    if (error instanceof StoreError && error.problem === "corrupt") return false;
    throw error;
  }
}

async function writeWhole(file: string, unfinished: string, text: string): Promise<void> {
  const size = Buffer.byteLength(text);
  if (size > LARGEST_EVIDENCE) {
    throw new StoreError("too-large", file, `the text has ${size} bytes, at most ${LARGEST_EVIDENCE} are kept`);
  }
  const packed = await pack(text);
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
    await writeFile(unfinished, packed, { flag: "wx", mode: PRIVATE_FILE, flush: true });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw fromSystemError(error, file, "writing");
  }
}

async function readText(file: string): Promise<string | null> {
  let packed: Buffer;
  try {
    const { size } = await stat(file);
    if (size > LARGEST_EVIDENCE) throw new StoreError("corrupt", file, `it has ${size} bytes`);
    packed = await readFile(file);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw fromSystemError(error, file, "reading");
  }
  try {
    const content = await unpack(packed, { maxOutputLength: LARGEST_EVIDENCE, finishFlush: constants.Z_FINISH });
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch (error) {
    throw new StoreError("corrupt", file, "it does not unpack to a text", { cause: error });
  }
}

async function removeAbandoned(unfinished: string): Promise<void> {
  for (const name of await readdir(unfinished)) {
    const file = path.join(unfinished, name);
    const written = await stat(file).catch(() => null);
    if (written !== null && Date.now() - written.mtimeMs > ABANDONED_AFTER_MS) await rm(file, { force: true });
  }
}
