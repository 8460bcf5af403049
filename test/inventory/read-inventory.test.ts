import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { renderProblem } from "../../lib/inventory/problem.ts";
import { readInventory } from "../../lib/inventory/read-inventory.ts";

const ANCHOR = ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n";
const CERTIFICATE = new URL("../../lib/practice/certificates/ca.pem", import.meta.url);

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kravvagt-inventory-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function read(text: string | Uint8Array) {
  const file = path.join(folder, "kommune.yaml");
  await writeFile(file, text);
  return readInventory(file);
}

async function problemsOf(text: string | Uint8Array) {
  const result = await read(text);
  return result.ok ? [] : result.problems.map((problem) => renderProblem(problem, "en").replaceAll(folder, "DIR"));
}

const BASE = "version: 1\nassets: []\n";

describe("an inventory file", () => {
  test("that does not exist", async () => {
    const result = await readInventory(path.join(folder, "none.yaml"));
    expect(result.ok ? [] : result.problems).toMatchObject([
      { found: { en: expect.stringContaining("does not exist") } },
    ]);
  });

  test("that is a folder", async () => {
    const result = await readInventory(folder);
    expect(result.ok ? [] : result.problems).toMatchObject([{ found: { en: expect.stringContaining("is a folder") } }]);
  });

  test("that is not UTF-8", async () => {
    expect(await problemsOf(Buffer.from([0x76, 0xff, 0xfe]))).toEqual([expect.stringContaining("text in UTF-8")]);
  });

  test("with a byte order mark is read", async () => {
    expect((await read(`\ufeff${BASE}`)).ok).toBe(true);
  });

  test("of more than 10 MB is refused before it is parsed", async () => {
    const large = `${BASE}${"#".repeat(10 * 1024 * 1024)}`;
    expect(await problemsOf(large)).toEqual([expect.stringContaining("at most 10485760 bytes")]);
  });
});

describe("files that an inventory names", () => {
  test("are read relative to its folder", async () => {
    await writeFile(path.join(folder, "root.ds"), ANCHOR);
    await writeFile(path.join(folder, "ca.pem"), await readFile(CERTIFICATE));
    const result = await read(`${BASE}network: { trustAnchors: root.ds, ca: ca.pem }`);
    if (!result.ok) throw new Error("expected an inventory");
    expect(result.trustAnchors).toMatchObject([{ zone: ".", keyTag: 20326 }]);
    expect(result.ca).toHaveLength(1);
  });

  test("not named are null", async () => {
    expect(await read(BASE)).toMatchObject({ ok: true, trustAnchors: null, ca: null });
  });

  test.each([
    ["trustAnchors", null, /3:26: network\.trustAnchors: found the file DIR\/x, which does not exist/u],
    ["trustAnchors", "example. IN A 192.0.2.1\n", /3:26: network\.trustAnchors: .*without usable trust anchors/u],
    ["trustAnchors", "", /without usable trust anchors/u],
    ["ca", null, /3:16: network\.ca: found the file DIR\/x, which does not exist/u],
    ["ca", "hello", /3:16: network\.ca: .*without usable certificates/u],
    ["ca", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", /without usable certificates/u],
  ])("%s %j", async (field, content, wanted) => {
    if (content !== null) await writeFile(path.join(folder, "x"), content);
    expect(await problemsOf(`${BASE}network: { ${field}: x }`)).toEqual([expect.stringMatching(wanted)]);
  });

  const attestation = (sha256: string): string =>
    `${BASE}attestations:\n  - { requirement: S22, clause: "2", assets: all, statement: x, by: x, validUntil: 2027-01-01, evidence: { file: a.pdf, sha256: ${sha256} } }`;

  test("evidence that is not what was hashed is a problem", async () => {
    await writeFile(path.join(folder, "a.pdf"), "changed");
    expect(await problemsOf(attestation("f".repeat(64)))).toEqual([
      expect.stringMatching(/4:\d+: attestations\[0\]\.evidence\.file: .*expected SHA-256 f{64}/u),
    ]);
  });

  test("evidence that is what was hashed is fine", async () => {
    await writeFile(path.join(folder, "a.pdf"), "as it was");
    const sha256 = createHash("sha256").update("as it was").digest("hex");
    expect(await read(attestation(sha256))).toMatchObject({ ok: true, warnings: [] });
  });

  test("evidence that lies elsewhere is a warning", async () => {
    const result = await read(attestation("f".repeat(64)));
    expect(result).toMatchObject({ ok: true, warnings: [{ line: 4, field: "attestations[0].evidence.file" }] });
  });
});
