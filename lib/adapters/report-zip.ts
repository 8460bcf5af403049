import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import type { Bilingual } from "../core/messages.ts";
import { LARGEST_UNPACKED, TOO_LARGE } from "./report-limits.ts";

/** A reporter sends one report a file; people pack a month's. */
const MOST_MEMBERS = 2_000;
/** XML shrinks to a tenth or a fiftieth; what shrinks much more was made to grow. Small members are spared. */
const LARGEST_RATIO = 250;
const SPARED_OCTETS = 1024 * 1024;

/** Records of the format (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16): what they begin with and their fixed size. */
const LOCAL = { signature: 0x04034b50, size: 30 };
const CENTRAL = { signature: 0x02014b50, size: 46 };
const END = { signature: 0x06054b50, size: 22 };
const LONGEST_COMMENT = 0xffff;
/** Values that send the reader on to ZIP64 records. */
const ZIP64_16 = 0xffff;
const ZIP64_32 = 0xffffffff;
const ENCRYPTED = 0x0001;
const STORED = 0;
const DEFLATED = 8;

const inflate = promisify(inflateRaw);

/** One member: its name as the archive has it (for people only, never a path), and its octets or what is wrong with it. */
export interface ZipMember {
  readonly name: string;
  readonly content: Uint8Array | Bilingual;
}

/** An entry of the central directory, and where in the archive its octets lie. */
interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly local: number;
}

class NotZip extends Error {
  readonly words: Bilingual;

  constructor(words: Bilingual) {
    super(words.en);
    this.words = words;
  }
}

/**
 * The members of an archive one after the other, folders left out, each unpacked when it is asked for; all together they
 * unpack to LARGEST_UNPACKED at most. An archive that cannot be read, or holds none, is one member without a name.
 */
export async function* zipMembers(archive: Buffer): AsyncGenerator<ZipMember> {
  let left = LARGEST_UNPACKED;
  try {
    const entries = entriesOf(archive);
    refuseOverlap(archive, entries);
    const files = entries.filter(({ name }) => !name.endsWith("/") && !name.startsWith("__MACOSX/"));
    if (files.length === 0) throw new NotZip(NO_MEMBER);
    for (const entry of files) {
      const content = await contentOf(archive, entry, left).catch(wordsOf);
      if (content instanceof Uint8Array) left -= content.length;
      yield { name: entry.name, content };
    }
  } catch (error) {
    yield { name: "", content: wordsOf(error) };
  }
}

function wordsOf(error: unknown): Bilingual {
  if (error instanceof NotZip) return error.words;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ERR_BUFFER_TOO_LARGE") return TOO_LARGE;
  if (code?.startsWith("Z_") === true) return DAMAGED;
  throw error;
}

function entriesOf(archive: Buffer): readonly Entry[] {
  const end = endOf(archive);
  const [disk, first, here, count = 0] = [4, 6, 8, 10].map((at) => archive.readUInt16LE(end + at));
  const [size = 0, start = 0] = [12, 16].map((at) => archive.readUInt32LE(end + at));
  if (count === ZIP64_16 || size === ZIP64_32 || start === ZIP64_32) throw new NotZip(NO_ZIP64);
  if (disk !== 0 || first !== 0 || here !== count || start + size > end) throw new NotZip(DAMAGED);
  if (count > MOST_MEMBERS) throw new NotZip(TOO_MANY);
  const entries: Entry[] = [];
  for (let at = start; entries.length < count;) {
    const entry = entryAt(archive, at, start + size);
    entries.push(entry.entry);
    at = entry.next;
  }
  return entries;
}

/** Where the last record begins: its comment reaches exactly to the archive's end. */
function endOf(archive: Buffer): number {
  const lowest = Math.max(0, archive.length - END.size - LONGEST_COMMENT);
  for (let at = archive.length - END.size; at >= lowest; at -= 1) {
    if (archive.readUInt32LE(at) !== END.signature) continue;
    if (at + END.size + archive.readUInt16LE(at + 20) === archive.length) return at;
  }
  throw new NotZip(DAMAGED);
}

function entryAt(archive: Buffer, at: number, end: number): { readonly entry: Entry; readonly next: number } {
  if (at + CENTRAL.size > end || archive.readUInt32LE(at) !== CENTRAL.signature) throw new NotZip(DAMAGED);
  const [nameLength = 0, extraLength = 0, commentLength = 0] = [28, 30, 32].map((x) => archive.readUInt16LE(at + x));
  const nameEnd = at + CENTRAL.size + nameLength;
  const next = nameEnd + extraLength + commentLength;
  if (next > end) throw new NotZip(DAMAGED);
  const entry: Entry = {
    name: archive.toString("utf8", at + CENTRAL.size, nameEnd),
    flags: archive.readUInt16LE(at + 8),
    method: archive.readUInt16LE(at + 10),
    checksum: archive.readUInt32LE(at + 16),
    packed: archive.readUInt32LE(at + 20),
    unpacked: archive.readUInt32LE(at + 24),
    local: archive.readUInt32LE(at + 42),
  };
  if ([entry.packed, entry.unpacked, entry.local].includes(ZIP64_32)) throw new NotZip(NO_ZIP64);
  return { entry, next };
}

/** Members that share octets are how a small archive unpacks to a large one without any ratio being large. */
function refuseOverlap(archive: Buffer, entries: readonly Entry[]): void {
  const spans = entries.map((entry) => ({ from: entry.local, to: dataOf(archive, entry) + entry.packed }));
  spans.sort((a, b) => a.from - b.from);
  if (spans.some(({ to }, index) => to > (spans[index + 1]?.from ?? archive.length))) throw new NotZip(DAMAGED);
}

/** Where a member's octets begin, behind its local header. */
function dataOf(archive: Buffer, { local }: Entry): number {
  if (local + LOCAL.size > archive.length || archive.readUInt32LE(local) !== LOCAL.signature) throw new NotZip(DAMAGED);
  return local + LOCAL.size + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
}

async function contentOf(archive: Buffer, entry: Entry, largest: number): Promise<Uint8Array> {
  const { flags, method, packed, unpacked, checksum } = entry;
  if ((flags & ENCRYPTED) !== 0) throw new NotZip(NOT_ENCRYPTED);
  if (method !== STORED && method !== DEFLATED) throw new NotZip(ONLY_DEFLATE);
  if (unpacked > largest || (unpacked > SPARED_OCTETS && unpacked > packed * LARGEST_RATIO))
    throw new NotZip(TOO_LARGE);
  const from = dataOf(archive, entry);
  const raw = archive.subarray(from, from + packed);
  // One octet more than was promised is allowed, so that a member that grows beyond its promise shows.
  const content = method === STORED ? raw : await inflate(raw, { maxOutputLength: unpacked + 1 });
  if (content.length !== unpacked || crc32(content) !== checksum) throw new NotZip(DAMAGED);
  return content;
}

const DAMAGED: Bilingual = {
  da: "forventede et helt zip-arkiv, fandt et beskadiget eller afkortet",
  en: "expected a whole zip archive, found a damaged or truncated one",
};
const NO_MEMBER: Bilingual = {
  da: "forventede en rapport i arkivet, fandt ingen filer",
  en: "expected a report in the archive, found no files",
};
const NO_ZIP64: Bilingual = {
  da: "forventede et almindeligt zip-arkiv, fandt ZIP64, som kun store arkiver bruger",
  en: "expected an ordinary zip archive, found ZIP64, which only large archives use",
};
const TOO_MANY: Bilingual = {
  da: `forventede højst ${MOST_MEMBERS} filer i arkivet, fandt flere`,
  en: `expected at most ${MOST_MEMBERS} files in the archive, found more`,
};
const NOT_ENCRYPTED: Bilingual = {
  da: "forventede et arkiv uden adgangskode, fandt et krypteret",
  en: "expected an archive without a password, found an encrypted one",
};
const ONLY_DEFLATE: Bilingual = {
  da: "forventede metoden «deflate», fandt en anden",
  en: 'expected the method "deflate", found another',
};
