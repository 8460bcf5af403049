import { createHash } from "node:crypto";
import { lstat, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fromSystemError, hasCode } from "./store-problems.ts";

/** A socket's path has a fixed place in the system's structures: 104 bytes on macOS, 108 on Linux, with the end mark. */
const LONGEST_SOCKET_PATH = 100;
const SOCKET = "socket";
/** Where the socket lies when its path in the data folder would be too long. */
const NOTE = "socket-path";
const LONGEST_NOTE = 4_096;
const PRIVATE = 0o077;

/** Where to reach whoever has the data folder open, or null when nobody has said where. */
export async function findSocket(folder: string): Promise<string | null> {
  const place = fixedPlace(folder);
  if (place !== null) return place;
  const noted = await readNote(folder);
  return noted !== null && (await isPrivate(path.dirname(noted))) ? noted : null;
}

/**
 * Where to listen. Only for the holder of the database's lock. Where the path in the data folder is too long, it is a
 * folder of ours among the temporary ones, noted in the data folder; one that a killed process left is used again.
 */
export async function chooseSocket(folder: string): Promise<string> {
  const place = await findSocket(folder);
  if (place !== null) return place;
  try {
    const made = path.join(await mkdtemp(path.join(os.tmpdir(), "kravvagt-")), SOCKET);
    const note = path.join(folder, NOTE);
    await writeFile(`${note}.tmp`, made, { mode: 0o600 });
    await rename(`${note}.tmp`, note);
    return made;
  } catch (error) {
    throw fromSystemError(error, folder, "writing");
  }
}

/** Removes the temporary folder, if there is one, that we listened in. Only for the holder of the database's lock. */
export async function forgetSocket(folder: string): Promise<void> {
  if (fixedPlace(folder) !== null) return;
  const place = await findSocket(folder);
  if (place === null) return;
  await rm(path.dirname(place), { recursive: true, force: true });
  await rm(path.join(folder, NOTE), { force: true });
}

/** Removes the socket that a killed process left. Only for the holder of the database's lock. */
export async function removeSocket(place: string): Promise<void> {
  if (process.platform === "win32") return;
  await rm(place, { force: true }).catch((error: unknown) => {
    throw fromSystemError(error, place, "writing");
  });
}

function fixedPlace(folder: string): string | null {
  if (process.platform === "win32") {
    return `\\\\.\\pipe\\kravvagt-${createHash("sha256").update(folder).digest("hex")}`;
  }
  const place = path.join(folder, SOCKET);
  return Buffer.byteLength(place) <= LONGEST_SOCKET_PATH ? place : null;
}

async function readNote(folder: string): Promise<string | null> {
  try {
    const noted = await readFile(path.join(folder, NOTE), "utf8");
    return noted.length <= LONGEST_NOTE && path.isAbsolute(noted) ? noted : null;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw fromSystemError(error, path.join(folder, NOTE), "reading");
  }
}

/** Others may write among the temporary folders: only one that is ours and closed to them is trusted. */
async function isPrivate(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & PRIVATE) === 0;
  } catch {
    return false;
  }
}
