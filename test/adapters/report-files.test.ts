import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { openReports } from "../../lib/adapters/report-files.ts";
import type { ReportRead } from "../../lib/mail/reports/report-read.ts";

const VECTORS = path.resolve(import.meta.dirname, "../vectors/reports");
const MEGABYTE = 1024 * 1024;

const google = readFileSync(path.join(VECTORS, "google.xml"));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kravvagt-reports-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function written(name: string, content: Uint8Array | string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

async function readAll(...paths: readonly string[]): Promise<readonly ReportRead[]> {
  const { reads } = await openReports(paths, new AbortController().signal);
  const all: ReportRead[] = [];
  for await (const read of reads) all.push(read);
  return all;
}

/** What each read came to, in a line. */
async function told(...paths: readonly string[]): Promise<readonly string[]> {
  return (await readAll(...paths)).map((read) => {
    const place =
      read.member === null ? path.relative(folder, read.file) : `${path.relative(folder, read.file)}/${read.member}`;
    if (read.kind === "report") return `${place}: ${read.report.reporter}`;
    return read.kind === "problem" ? `${place}: ${read.words.en}` : `${place}: passed over`;
  });
}

interface Member {
  readonly name: string;
  readonly content: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** What the directory says instead of the truth. */
  readonly unpacked?: number;
  readonly packed?: number;
  readonly local?: number;
  readonly data?: Uint8Array;
}

/** An archive by PKWARE's APPNOTE, in as little as it takes. */
function zip(members: readonly Member[], { count = members.length, comment = "" } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, method = 8, flags = 0, ...claims } of members) {
    const data = claims.data ?? (method === 8 ? deflateRawSync(content) : content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(claims.packed ?? data.length, 20);
    entry.writeUInt32LE(claims.unpacked ?? content.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(claims.local ?? at, 42);
    directory.push(entry, Buffer.from(name));
    parts.push(local, Buffer.from(name), Buffer.from(data));
    at += local.length + Buffer.byteLength(name) + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, ...directory, end, Buffer.from(comment)]);
}

describe("files", () => {
  test("as XML, gzip and zip, whatever they are called", async () => {
    const paths = [
      await written("a.txt", google),
      await written("b.dat", gzipSync(google)),
      await written(
        "c.bin",
        zip([
          { name: "one.xml", content: google },
          { name: "two.xml", content: google, method: 0 },
        ]),
      ),
    ];
    expect(await told(...paths)).toEqual([
      "a.txt: google.com",
      "b.dat: google.com",
      "c.bin/one.xml: google.com",
      "c.bin/two.xml: google.com",
    ]);
  });

  test("a folder, with all below it in order; other files are named, hidden ones not", async () => {
    await written("folder/b.xml", google);
    await written("folder/a/deep.XML.GZ", gzipSync(google));
    await written("folder/notes.txt", "no report");
    await written("folder/.DS_Store", "no report");
    await symlink(path.join(folder, "folder"), path.join(folder, "folder/loop.xml"));
    expect(await told(path.join(folder, "folder"))).toEqual([
      "folder/a/deep.XML.GZ: google.com",
      "folder/b.xml: google.com",
      "folder/loop.xml: passed over",
      "folder/notes.txt: passed over",
    ]);
  });

  test("one that is wrong keeps nothing else from being read", async () => {
    const wrong = await written("wrong.xml", "<feedback>");
    const right = await written("right.xml", google);
    const reads = await readAll(path.join(folder, "none.xml"), wrong, right, await written("empty.xml", ""));
    expect(reads.map((read) => [read.kind, read.kind === "problem" ? read.words.en : ""])).toEqual([
      ["problem", "expected a file, found none"],
      ["problem", "expected a whole report, found the end before </feedback>"],
      ["report", ""],
      ["problem", "expected a report, found an empty file"],
    ]);
  });

  test("counts what it found, and stops when it is to", async () => {
    const controller = new AbortController();
    const files = await Promise.all(["s1.xml", "s2.xml"].map((name) => written(name, google)));
    const { files: count, reads } = await openReports(files, controller.signal);
    expect(count).toBe(2);
    const seen: string[] = [];
    for await (const { file } of reads) {
      seen.push(file);
      controller.abort();
    }
    expect(seen).toEqual(files.slice(0, 1));
  });

  test("a device is no file", async () => {
    expect(await told("/dev/zero")).toEqual([
      expect.stringMatching(/expected a file or a folder, found something else$/),
    ]);
  });
});

describe("compressed files that are not what they seem", () => {
  test("gzip that grows, and gzip that is cut off", async () => {
    const bomb = gzipSync(Buffer.alloc(65 * MEGABYTE, " "));
    expect(bomb.length).toBeLessThan(MEGABYTE / 10);
    expect(await told(await written("bomb.gz", bomb))).toEqual([
      "bomb.gz: expected at most 64 MB unpacked, found more or something made to grow",
    ]);
    const packed = gzipSync(google);
    expect(await told(await written("cut.gz", packed.subarray(0, packed.length - 9)))).toEqual([
      "cut.gz: expected a whole gzip file, found a damaged or truncated one",
    ]);
  });

  test("more than mail carries", async () => {
    const noise = Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(10 * MEGABYTE, 7)]);
    expect(await told(await written("large.gz", noise))).toEqual([
      "large.gz: expected at most 10 MB compressed, found more",
    ]);
  });

  const ZEROES = Buffer.alloc(2 * MEGABYTE, " ");
  const MANY = Buffer.concat([google, Buffer.alloc(900_000, " ")]);
  const whole = (): Member => ({ name: "a.xml", content: google });

  test.each<[string, () => Buffer, string]>([
    [
      "a ratio that no report has",
      () => zip([{ name: "a.xml", content: ZEROES }]),
      "/a.xml: expected at most 64 MB unpacked, found more or something made to grow",
    ],
    [
      "more than it promises",
      () => zip([{ ...whole(), unpacked: 100 }]),
      "/a.xml: expected at most 64 MB unpacked, found more or something made to grow",
    ],
    [
      "less than it promises",
      () => zip([{ ...whole(), unpacked: google.length + 1 }]),
      "/a.xml: expected a whole zip archive, found a damaged or truncated one",
    ],
    [
      "a checksum of something else",
      () => zip([{ ...whole(), data: deflateRawSync(Buffer.alloc(google.length)) }]),
      "/a.xml: expected a whole zip archive, found a damaged or truncated one",
    ],
    [
      "no deflate",
      () => zip([{ ...whole(), data: Buffer.from([0xff, 0xff, 0xff]) }]),
      "/a.xml: expected a whole zip archive, found a damaged or truncated one",
    ],
    [
      "a password",
      () => zip([{ ...whole(), flags: 1 }]),
      "/a.xml: expected an archive without a password, found an encrypted one",
    ],
    ["another method", () => zip([{ ...whole(), method: 14 }]), '/a.xml: expected the method "deflate", found another'],
    [
      "ZIP64",
      () => zip([{ ...whole(), unpacked: 0xffffffff }]),
      ": expected an ordinary zip archive, found ZIP64, which only large archives use",
    ],
    [
      "ZIP64 by its count",
      () => zip([whole()], { count: 0xffff }),
      ": expected an ordinary zip archive, found ZIP64, which only large archives use",
    ],
    [
      "too many members",
      () => zip(Array.from({ length: 2_001 }, whole)),
      ": expected at most 2000 files in the archive, found more",
    ],
    [
      "members that share octets",
      () => zip([whole(), { ...whole(), local: 0 }]),
      ": expected a whole zip archive, found a damaged or truncated one",
    ],
    [
      "a member beyond the end",
      () => zip([{ ...whole(), packed: 0x7fffffff }]),
      ": expected a whole zip archive, found a damaged or truncated one",
    ],
    [
      "fewer members than it says",
      () => zip([whole()], { count: 2 }),
      ": expected a whole zip archive, found a damaged or truncated one",
    ],
    ["no members", () => zip([]), ": expected a report in the archive, found no files"],
    [
      "only folders",
      () => zip([{ name: "a/", content: Buffer.alloc(0) }]),
      ": expected a report in the archive, found no files",
    ],
    ["a cut", () => zip([whole()]).subarray(0, -5), ": expected a whole zip archive, found a damaged or truncated one"],
    [
      "a beginning only",
      () => Buffer.from("PK\x03\x04"),
      ": expected a whole zip archive, found a damaged or truncated one",
    ],
  ])("zip with %s", async (_, make, problem) => {
    expect(await told(await written("z.zip", make()))).toEqual([`z.zip${problem}`]);
  });

  test("members that are too much only together", async () => {
    const members = Array.from({ length: 80 }, (_, n) => ({ name: `${n}.xml`, content: MANY }));
    const lines = await told(await written("together.zip", zip(members)));
    const read = lines.filter((line) => line.endsWith(": google.com")).length;
    expect(read).toBe(Math.floor((64 * MEGABYTE) / MANY.length));
    expect(lines.slice(read)).toEqual(
      Array.from({ length: 80 - read }, () => expect.stringMatching(/: expected at most 64 MB unpacked/)),
    );
  });

  test("names are for people: no path is made of them", async () => {
    const [read] = await readAll(
      await written("evil.zip", zip([{ name: "../../../etc/passwd\u001b[2J", content: google }])),
    );
    expect(read).toMatchObject({ kind: "report", member: "../../../etc/passwd\u001b[2J" });
  });

  test("a comment may follow, and what a Mac adds is passed over", async () => {
    const members = [whole(), { name: "__MACOSX/._a.xml", content: Buffer.from([0, 5, 22, 7]) }];
    expect(await told(await written("mac.zip", zip(members, { comment: "PK\u0005\u0006 not the end" })))).toEqual([
      "mac.zip/a.xml: google.com",
    ]);
  });
});

test("what another program packed without knowing sizes beforehand is read", async () => {
  const file = path.join(VECTORS, "streamed.zip");
  const members = (await readAll(file)).map(({ kind, member }) => [kind, member]);
  expect(members).toEqual([
    ["report", "google.xml"],
    ["report", "yahoo.xml"],
  ]);
});
