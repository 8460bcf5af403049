import { open, readdir, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { StoreError } from "../ports.ts";
import { crc32c } from "./crc32c.ts";
import { fromSystemError, hasCode } from "./store-problems.ts";

/** LevelDB's log: blocks of records, each with a masked checksum (4 octets), its length (2) and its type (1) before it. */
const BLOCK = 32_768;
const HEADER = 7;
const LENGTH_AT = 4;
const TYPE_AT = 6;
const LAST_TYPE = 4;
const MASK_DELTA = 0xa282ead8;
const MASK_ROTATION = 15;
const WORD_BITS = 32;

const LOG = /^\d+\.log$/;

/**
 * Rejects with StoreError "corrupt" when a log of writes is damaged. LevelDB itself would leave out what it cannot read, and
 * then delete the log. A last record that stops short is no damage: its writer was killed before anybody was told that it
 * was written.
 */
export async function checkLogs(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw fromSystemError(error, folder, "reading");
  });
  for (const name of names) if (LOG.test(name)) await checkLog(path.join(folder, name));
}

async function checkLog(file: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const { size } = await handle.stat();
    const block = Buffer.alloc(BLOCK);
    for (let start = 0; start < size; start += BLOCK) {
      const { bytesRead } = await handle.read(block, 0, BLOCK, start);
      const damage = damageIn(block.subarray(0, bytesRead), start + bytesRead >= size);
      if (damage !== null) throw new StoreError("corrupt", file, `a record is damaged at octet ${start + damage}`);
    }
  } catch (error) {
    // Whoever has the database open has just done with it.
    if (!hasCode(error, "ENOENT")) throw fromSystemError(error, file, "reading");
  } finally {
    await handle?.close();
  }
}

/** Where the first damaged record of a block begins, or null. */
function damageIn(block: Buffer, isLast: boolean): number | null {
  let at = 0;
  while (at + HEADER <= block.length) {
    const length = block.readUInt16LE(at + LENGTH_AT);
    const type = block[at + TYPE_AT] ?? 0;
    const end = at + HEADER + length;
    // Room that was set aside and never written: nothing may follow.
    if (type === 0 && length === 0) return block.subarray(at).every((octet) => octet === 0) ? null : at;
    if (end > block.length) return isLast && at + HEADER + length <= BLOCK ? null : at;
    if (type > LAST_TYPE || unmasked(block.readUInt32LE(at)) !== crc32c(block.subarray(at + TYPE_AT, end))) return at;
    at = end;
  }
  return null;
}

/** Checksums are stored rotated and shifted, since a log may hold texts with checksums of their own. */
function unmasked(masked: number): number {
  const rotated = (masked - MASK_DELTA) >>> 0;
  return ((rotated >>> (WORD_BITS - MASK_ROTATION)) | (rotated << MASK_ROTATION)) >>> 0;
}
