import { describe, expect, test } from "@jest/globals";
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { LARGEST_EVIDENCE, openEvidenceFiles } from "../../lib/adapters/evidence-files.ts";
import type { EvidenceStore } from "../../lib/ports.ts";
import { createMemoryEvidence } from "../support/memory-table.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();
const ELEVEN_MINUTES = 11 * 60;
const PERMISSIONS = 0o777;

function addressOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

function fileOf(folder: string, address: string): string {
  const hex = address.slice("sha256:".length);
  return path.join(folder, hex.slice(0, 2), `${hex}.json.gz`);
}

const STORES: readonly (readonly [string, () => Promise<EvidenceStore>])[] = [
  ["in memory", async () => createMemoryEvidence()],
  ["in files", () => openEvidenceFiles(newFolder())],
];

describe.each(STORES)("evidence %s", (_, openStore) => {
  test("is kept under its address, the first text for ever", async () => {
    const store = await openStore();
    const address = addressOf("one");
    expect(await store.get(address)).toBeNull();
    const text = '{"é":"\u{1f600}"}\n';
    await store.put(address, text);
    await store.put(address, "another");
    expect(await store.get(address)).toBe(text);
    expect(await store.get(addressOf("two"))).toBeNull();
  });

  test("an empty text is a text", async () => {
    const store = await openStore();
    await store.put(addressOf(""), "");
    expect(await store.get(addressOf(""))).toBe("");
  });
});

describe("evidence in files", () => {
  test("lies compressed, by the first digits of its address, for this user alone", async () => {
    const folder = path.join(newFolder(), "evidence");
    const store = await openEvidenceFiles(folder);
    const text = "x".repeat(100_000);
    await store.put(addressOf(text), text);
    const file = fileOf(folder, addressOf(text));
    expect(statSync(file).size).toBeLessThan(1_000);
    expect(statSync(file).mode & PERMISSIONS).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & PERMISSIONS).toBe(0o700);
    expect(statSync(folder).mode & PERMISSIONS).toBe(0o700);
    expect(readdirSync(path.join(folder, "unfinished"))).toEqual([]);
  });

  test.each([
    "sha256:../../../../etc/passwd",
    `sha256:${"A".repeat(64)}`,
    `sha256:${"a".repeat(63)}`,
    `sha256:${"a".repeat(65)}`,
    `sha256:${"a".repeat(64)}\n`,
    `md5:${"a".repeat(64)}`,
    "a".repeat(64),
    "",
  ])("an address that is none is a mistake: %j", async (address) => {
    const store = await openEvidenceFiles(newFolder());
    await expect(store.put(address, "text")).rejects.toThrow(TypeError);
    await expect(async () => store.get(address)).rejects.toThrow(TypeError);
  });

  test("what is damaged is told by the file's name", async () => {
    const folder = newFolder();
    const store = await openEvidenceFiles(folder);
    const text = randomBytes(500).toString("hex");
    const address = addressOf(text);
    await store.put(address, text);
    const file = fileOf(folder, address);
    const whole = readFileSync(file);
    const flipped = Buffer.from(whole).fill(whole.at(200)! ^ 1, 200, 201);
    const damaged = [
      flipped,
      whole.subarray(0, 300),
      Buffer.alloc(0),
      Buffer.from("plain text"),
      gzipSync(Buffer.from([0xff, 0xfe])),
      gzipSync(Buffer.alloc(LARGEST_EVIDENCE + 1)),
    ];
    for (const content of damaged) {
      writeFileSync(file, content);
      await expect(store.get(address)).rejects.toMatchObject({ name: "StoreError", problem: "corrupt", path: file });
    }
  });

  test("an empty file, as a power cut may leave it, is written again", async () => {
    const folder = newFolder();
    const store = await openEvidenceFiles(folder);
    await store.put(addressOf("one"), "one");
    truncateSync(fileOf(folder, addressOf("one")));
    await store.put(addressOf("one"), "one");
    expect(await store.get(addressOf("one"))).toBe("one");
  });

  test("many writers of the same text leave one whole file", async () => {
    const folder = newFolder();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openEvidenceFiles(folder)));
    const text = randomBytes(50_000).toString("hex");
    const readings = stores.flatMap((store) => [store.put(addressOf(text), text), store.get(addressOf(text))]);
    expect(
      (await Promise.all(readings)).every((found) => found === undefined || found === null || found === text),
    ).toBe(true);
    expect(await stores[0]?.get(addressOf(text))).toBe(text);
    expect(readdirSync(path.join(folder, "unfinished"))).toEqual([]);
  });

  test("what a killed process left unfinished goes when it is old enough to have no writer", async () => {
    const folder = newFolder();
    await openEvidenceFiles(folder);
    const [old, fresh] = ["old.tmp", "fresh.tmp"].map((name) => path.join(folder, "unfinished", name));
    for (const file of [old, fresh]) writeFileSync(file!, "half");
    const then = Date.now() / 1_000 - ELEVEN_MINUTES;
    utimesSync(old!, then, then);
    await openEvidenceFiles(folder);
    expect(readdirSync(path.join(folder, "unfinished"))).toEqual(["fresh.tmp"]);
  });

  test("a text that could not be read again is not kept", async () => {
    const folder = newFolder();
    const store = await openEvidenceFiles(folder);
    const text = "x".repeat(LARGEST_EVIDENCE + 1);
    await expect(store.put(addressOf("large"), text)).rejects.toMatchObject({ problem: "too-large" });
    expect(await store.get(addressOf("large"))).toBeNull();
  });

  test("a folder that cannot be made is told", async () => {
    const file = path.join(newFolder(), "file");
    writeFileSync(file, "");
    await expect(openEvidenceFiles(path.join(file, "evidence"))).rejects.toMatchObject({ problem: "unreadable" });
  });
});
