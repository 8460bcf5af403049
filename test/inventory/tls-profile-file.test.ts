import { describe, expect, test } from "@jest/globals";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DEFAULT_TLS_PROFILE } from "../../data/tls-profiles/index.ts";
import { readInventory } from "../../lib/inventory/read-inventory.ts";
import { packInventory, openInventoryVersion } from "../../lib/inventory/inventory-version.ts";
import { parseTlsProfile } from "../../lib/inventory/tls-profile-file.ts";
import { gradeOf } from "../../lib/tls/profile-grade.ts";
import { suiteNamed } from "../../lib/tls/suites.ts";

const NO_CBC = `
schema: kravvagt/tls-profile/1
id: kommune-uden-cbc
version: "1"
source: Kommunens egen TLS-politik
extends: dk-bilag1-inferred-2024
suites:
  cipher:
    rows: { AES_128_CBC: insufficient, AES_256_CBC: { grade: phase-out, source: Afsnit 4 } }
`;

function numberOf(name: string): number {
  const suite = suiteNamed(name);
  if (suite === null) throw new Error(`no suite ${name}`);
  return suite.number;
}

const CBC = { kind: "suite", suite: numberOf("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256") } as const;
const GCM = { kind: "suite", suite: numberOf("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256") } as const;

function profileIn(text: string) {
  const read = parseTlsProfile(text, "profil.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.profile;
}

function problemsIn(text: string): readonly string[] {
  const read = parseTlsProfile(text, "profil.yaml");
  return read.ok ? [] : read.problems.map(({ line, field }) => `${String(line)} ${field}`);
}

describe("a TLS profile in a file", () => {
  test("says only what differs from the profile that it extends", () => {
    const profile = profileIn(NO_CBC);
    expect(gradeOf(DEFAULT_TLS_PROFILE, CBC).verdict).toBe("pass");
    expect(gradeOf(profile, CBC)).toMatchObject({ verdict: "fail", grade: "insufficient" });
    expect(gradeOf(profile, GCM).verdict).toBe("pass");
    expect(profile).toMatchObject({ id: "kommune-uden-cbc", isInferred: false, caveat: null });
  });

  test("has a hash of its own, which follows its rows", () => {
    const other = profileIn(NO_CBC.replace("AES_128_CBC: insufficient", "AES_128_CBC: phase-out"));
    expect(new Set([DEFAULT_TLS_PROFILE.hash, profileIn(NO_CBC).hash, other.hash]).size).toBe(3);
  });

  test("may replace the sizes of keys", () => {
    const profile = profileIn(
      `${NO_CBC}rsaBits: [{ atLeast: 3072, grade: good }, { atLeast: 0, grade: insufficient }]\n`,
    );
    expect(gradeOf(profile, { kind: "certificate-key", type: "RSA", bits: 2048 }).verdict).toBe("fail");
  });

  test.each([
    ["an unknown field", `${NO_CBC}ciphers: []\n`, ["10 ciphers"]],
    [
      "an unknown grade",
      NO_CBC.replace("AES_128_CBC: insufficient", "AES_128_CBC: bad"),
      ["9 suites.cipher.rows.AES_128_CBC"],
    ],
    ["an unknown base", NO_CBC.replace("dk-bilag1-inferred-2024", "dk-bilag1"), ["6 extends"]],
    ["an unknown table", NO_CBC.replace("cipher:", "chiper:"), ["8 suites.chiper"]],
    ["sizes without an end", `${NO_CBC}dhBits: [{ atLeast: 3072, grade: good }]\n`, ["10 dhBits"]],
    ["no fields", "- 1\n", ["1 "]],
    ["no YAML", "a: [\n", ["2 "]],
  ])("%s is told with its line and field", (_, text, problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });
});

describe("settings.tlsProfile", () => {
  async function inventoryWith(tlsProfile: string, profile = NO_CBC): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), "kravvagt-test-"));
    await writeFile(path.join(folder, "profil.yaml"), profile);
    const file = path.join(folder, "kommune.yaml");
    await writeFile(file, `version: 1\nassets: [{ host: www.eksempel.dk }]\nsettings:\n  tlsProfile: ${tlsProfile}\n`);
    return file;
  }

  test.each([
    ["rfc9325", "rfc9325"],
    ["profil.yaml", "kommune-uden-cbc"],
  ])("%s is %s", async (named, id) => {
    const read = await readInventory(await inventoryWith(named));
    expect(read.ok && read.inventory.settings.tlsProfile?.id).toBe(id);
  });

  test("goes along when the inventory is pushed", async () => {
    const { version } = await packInventory(await inventoryWith("profil.yaml"));
    const read = await openInventoryVersion(JSON.stringify(version), "s3");
    expect(read.ok && read.inventory.settings.tlsProfile?.id).toBe("kommune-uden-cbc");
  });

  test.each([
    ["a file that is not there", "ingen.yaml", NO_CBC, "som ikke findes"],
    ["a file with a fault", "profil.yaml", NO_CBC.replace("extends:", "ekstends:"), "profil.yaml:2:1: extends"],
  ])("%s is a problem of that line", async (_, named, text, words) => {
    const read = await readInventory(await inventoryWith(named, text));
    expect(read).toMatchObject({ ok: false, problems: [{ line: 4, field: "settings.tlsProfile" }] });
    expect(read.ok ? "" : read.problems[0]?.found.da).toContain(words);
  });
});
