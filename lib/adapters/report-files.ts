import { type Dirent, type Stats } from "node:fs";
import { lstat, open, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Bilingual } from "../core/messages.ts";
import type { ReportRead, ReportSource } from "../mail/reports/report-read.ts";
import { readReportXml } from "./report-xml.ts";
import { LARGEST_PACKED, LARGEST_UNPACKED, PACKED_TOO_LARGE, TOO_LARGE } from "./report-limits.ts";
import { zipMembers } from "./report-zip.ts";

const MOST_FILES = 100_000;
const DEEPEST_FOLDER = 16;

/** In a folder, names tell what is meant to be a report; a file that is named itself is always read. */
const REPORT_NAME = /\.(?:xml|gz|gzip|zip)$/iu;
const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b];

const decompress = promisify(gunzip);

interface Found {
  readonly file: string;
  readonly problem: Bilingual | null;
  readonly isReport: boolean;
}

/**
 * Finds the reports that the paths name, files and folders with what lies in them, and reads them one after the other:
 * XML, gzip or zip by their first octets. What cannot be read is a problem of its own and keeps nothing else from being read.
 * Reading ends early, between two files or within one, when the signal aborts.
 */
export async function openReports(paths: readonly string[], signal: AbortSignal): Promise<ReportSource> {
  const found: Found[] = [];
  for (const each of paths) await find(each, 0, found);
  return { files: found.length, reads: readAll(found, signal) };
}

async function* readAll(found: readonly Found[], signal: AbortSignal): AsyncGenerator<ReportRead> {
  try {
    for (const { file, problem, isReport } of found) {
      if (signal.aborted) return;
      if (problem !== null) yield { kind: "problem", file, member: null, line: null, words: problem };
      else if (!isReport) yield { kind: "passed-over", file, member: null };
      else yield* readFile(file, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function find(file: string, depth: number, found: Found[]): Promise<void> {
  const add = (problem: Bilingual | null, isReport = true): void => {
    found.push({ file, problem, isReport });
  };
  if (found.length >= MOST_FILES) {
    if (found.length === MOST_FILES) add(TOO_MANY_FILES);
    return;
  }
  // A link that is named is followed, one that lies in a folder is not: it may lead anywhere, also back.
  const stats = await (depth === 0 ? stat(file) : lstat(file)).catch(systemProblem);
  if (!isStats(stats)) add(stats);
  else if (stats.isFile()) add(null, depth === 0 || REPORT_NAME.test(file));
  else if (!stats.isDirectory()) add(depth === 0 ? NO_FILE : null, false);
  else if (depth >= DEEPEST_FOLDER) add(TOO_DEEP);
  else {
    const entries = await readdir(file, { withFileTypes: true }).catch(systemProblem);
    if (!Array.isArray(entries)) add(entries);
    else for (const entry of byName(entries)) await find(path.join(file, entry.name), depth + 1, found);
  }
}

function byName(entries: readonly Dirent[]): readonly Dirent[] {
  return entries.filter(({ name }) => !name.startsWith(".")).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isStats(value: Stats | Bilingual): value is Stats {
  return "isFile" in value;
}

async function* readFile(file: string, signal: AbortSignal): AsyncGenerator<ReportRead> {
  const octets = await readOctets(file).catch(systemProblem);
  if (!Buffer.isBuffer(octets)) {
    yield { kind: "problem", file, member: null, line: null, words: octets };
  } else if (beginsWith(octets, ZIP)) {
    for await (const { name, content } of zipMembers(octets)) {
      yield await readContent({ file, member: name === "" ? null : name }, content, signal);
      if (signal.aborted) return;
    }
  } else if (beginsWith(octets, GZIP)) {
    const content = await decompress(octets, { maxOutputLength: LARGEST_UNPACKED }).catch(gzipProblem);
    yield await readContent({ file, member: null }, content, signal);
  } else {
    yield await readContent({ file, member: null }, octets, signal);
  }
}

async function readContent(
  place: { readonly file: string; readonly member: string | null },
  content: Uint8Array | Bilingual,
  signal: AbortSignal,
): Promise<ReportRead> {
  if (!(content instanceof Uint8Array)) return { ...place, kind: "problem", line: null, words: content };
  if (content.length === 0) return { ...place, kind: "problem", line: null, words: EMPTY };
  const read = await readReportXml(content, signal);
  return "report" in read ? { ...place, kind: "report", ...read } : { ...place, kind: "problem", ...read.problem };
}

/** At most what the kind of file may have: its first octets say which. */
async function readOctets(file: string): Promise<Buffer | Bilingual> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    if (size > LARGEST_UNPACKED) return TOO_LARGE;
    // Room for one octet more, so that a file that grows meanwhile shows.
    const buffer = Buffer.alloc(size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = (await handle.read(buffer, length, buffer.length - length)).bytesRead;
    if (length > size) return CHANGED;
    const octets = buffer.subarray(0, length);
    const isPacked = beginsWith(octets, ZIP) || beginsWith(octets, GZIP);
    return isPacked && length > LARGEST_PACKED ? PACKED_TOO_LARGE : octets;
  } finally {
    await handle.close();
  }
}

function beginsWith(octets: Uint8Array, start: readonly number[]): boolean {
  return start.every((octet, index) => octets[index] === octet);
}

function gzipProblem(error: NodeJS.ErrnoException): Bilingual {
  if (error.code === "ERR_BUFFER_TOO_LARGE") return TOO_LARGE;
  if (error.code?.startsWith("Z_") === true) return DAMAGED_GZIP;
  throw error;
}

/** What the operating system says of a file. Its path is told beside the words. */
function systemProblem(error: NodeJS.ErrnoException): Bilingual {
  switch (error.code) {
    case "ENOENT":
      return { da: "forventede en fil, fandt ingen", en: "expected a file, found none" };
    case "EACCES":
    case "EPERM":
      return { da: "forventede en fil, der må læses", en: "expected a file that may be read" };
    case undefined:
      throw error;
    default:
      return {
        da: `forventede en fil, der kan læses (${error.code})`,
        en: `expected a file that can be read (${error.code})`,
      };
  }
}

const NO_FILE: Bilingual = {
  da: "forventede en fil eller en mappe, fandt noget andet",
  en: "expected a file or a folder, found something else",
};
const EMPTY: Bilingual = {
  da: "forventede en rapport, fandt en tom fil",
  en: "expected a report, found an empty file",
};
const CHANGED: Bilingual = {
  da: "forventede en fil i ro, fandt en, der voksede imens",
  en: "expected a file at rest, found one that grew meanwhile",
};
const TOO_DEEP: Bilingual = {
  da: `forventede højst ${DEEPEST_FOLDER} mapper i hinanden, fandt flere`,
  en: `expected at most ${DEEPEST_FOLDER} folders in one another, found more`,
};
const TOO_MANY_FILES: Bilingual = {
  da: `forventede højst ${MOST_FILES} filer ad gangen, fandt flere: resten er ikke læst`,
  en: `expected at most ${MOST_FILES} files at a time, found more: the rest was not read`,
};
const DAMAGED_GZIP: Bilingual = {
  da: "forventede en hel gzip-fil, fandt en beskadiget eller afkortet",
  en: "expected a whole gzip file, found a damaged or truncated one",
};
