import { Buffer } from "node:buffer";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { openReports } from "../../../lib/adapters/report-files.ts";
import { LARGEST_UNPACKED } from "../../../lib/adapters/report-limits.ts";
import { zipMembers } from "../../../lib/adapters/report-zip.ts";
import { damaged } from "../random-messages.ts";
import type { Random } from "../random.ts";
import { promise, type Target } from "../target.ts";
import { sampleReports } from "./aggregate-reports.ts";

const SIGNAL = new AbortController().signal;
const MOST_MEMBERS = 2_000;
/** Numbers that a lying archive gives instead of the true ones. */
const LIES = [0, 1, 0xffff, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff];

type Lie = (truth: number, size: 2 | 4) => Buffer;

/** Writes a number, which seldom is the true one. */
function liar(random: Random, chance: number): Lie {
  return (truth, size) => {
    const lie = random.chance(0.5) ? random.pick(LIES) : truth + random.below(9) - 4;
    const value = random.chance(chance) ? lie : truth;
    const field = Buffer.alloc(4);
    field.writeUInt32LE(value >>> 0);
    return field.subarray(0, size);
  };
}

/** An archive whose every field is true or, in places, a lie. */
function archive(random: Random, contents: readonly Uint8Array[]): Buffer {
  const lie = liar(random, random.pick([0, 0, 0.01, 0.05]));
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const content of contents) {
    const isStored = random.chance(0.3);
    const packed = isStored ? Buffer.from(content) : deflateRawSync(content);
    const name = Buffer.from(random.pick(["a.xml", "b/../c.xml", "folder/", "__MACOSX/a", "\u00e6", ""]));
    const method = random.chance(0.02) ? random.below(100) : isStored ? 0 : 8;
    const told = (): Buffer[] => [
      ...[lie(20, 2), lie(0, 2), lie(method, 2), lie(0, 2), lie(0, 2), lie(crc32(content), 4), lie(packed.length, 4)],
      ...[lie(content.length, 4), lie(name.length, 2), lie(0, 2)],
    ];
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), ...told(), name, packed]);
    const rest = [lie(0, 2), lie(0, 2), lie(0, 2), lie(0, 4), lie(at, 4), name];
    central.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), lie(20, 2), ...told(), ...rest]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const counts = [lie(0, 2), lie(0, 2), lie(contents.length, 2), lie(contents.length, 2)];
  const end = [Buffer.from("PK\u0005\u0006"), ...counts, lie(directory.length, 4), lie(at, 4), lie(0, 2)];
  return Buffer.concat([...parts, directory, ...end]);
}

function fileOf(random: Random, samples: readonly Uint8Array[]): Buffer {
  const contents = Array.from({ length: random.below(4) }, () =>
    random.chance(0.1) ? new Uint8Array(random.below(2_000_000)) : random.pick(samples),
  );
  const file = random.chance(0.8) ? archive(random, contents) : gzipSync(random.pick(samples));
  return random.chance(0.3) ? Buffer.from(damaged(random, file)) : file;
}

function checksumOf(content: Uint8Array): Buffer {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(content));
  return checksum;
}

async function exerciseMembers(file: Buffer): Promise<string> {
  let [members, octets, problems] = [0, 0, 0];
  for await (const { content } of zipMembers(file)) {
    members += 1;
    if (!(content instanceof Uint8Array)) {
      problems += 1;
      continue;
    }
    octets += content.length;
    promise(file.includes(checksumOf(content)), "a member is not what its checksum says");
  }
  promise(members > 0 && members <= MOST_MEMBERS, "an archive has no member, or too many");
  promise(octets <= LARGEST_UNPACKED, "an archive unpacks to more than it may");
  if (problems === members) return "archive refused";
  return problems === 0 ? "archive read" : "archive read in part";
}

/** Workers end abruptly, so nothing may be left for their end. */
async function exerciseFile(octets: Buffer): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "kravvagt-fuzz-"));
  try {
    const file = path.join(folder, "report.zip");
    await writeFile(file, octets);
    return await readsOf(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readsOf(file: string): Promise<string> {
  const { files, reads } = await openReports([file], SIGNAL);
  promise(files === 1, "one file is counted as another number");
  let reports = 0;
  for await (const { kind, file: of } of reads) {
    promise(of === file, "a report is said to be in another file");
    if (kind === "report") reports += 1;
  }
  return reports > 0 ? "file with reports" : "file refused";
}

export const REPORT_ARCHIVES: Target = {
  name: "report-archives",
  about: "zip and gzip files of reports are unpacked, whatever they say of themselves, and never to more than they may",
  endings: ["archive read", "archive refused", "file with reports", "file refused"],
  prepare: async () => {
    const samples = sampleReports();
    return (random, number) => {
      const file = fileOf(random, samples);
      const isFile = number % 10 === 0;
      return { message: file, run: () => (isFile ? exerciseFile(file) : exerciseMembers(file)) };
    };
  },
};
