import { EventEmitter } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Services } from "../../lib/cli/services.ts";
import { temporaryFolders } from "../adapters/temporary-folder.ts";
import { type QuickPractice, SITE, startQuickPractice } from "./quick-practice.ts";
import { type Ran, runMain } from "./run-main.ts";

const newFolder = temporaryFolders();
const OLD = "www.ungdomsskole-oevelse.dk";
const MAIL = "mail.jobcenter-oevelse.dk";
/** At its address nobody answers on the web. */
const SILENT = "www.bibliotek-oevelse.dk";
/** What the practice hosts use of TLS 1.2 would be phased out. */
const ONLY_13 = `
schema: kravvagt/tls-profile/1
id: kun-tls13
version: "7"
source: Kommunens egen TLS-politik
extends: dk-bilag1-inferred-2024
tables:
  version:
    rows: { TLSv1.2: { grade: phase-out, source: Afsnit 4 } }
`;

let practice: QuickPractice;
let inventory = "";
let profile = "";

beforeAll(async () => {
  practice = await startQuickPractice();
});
beforeEach(() => {
  const folder = newFolder();
  [inventory, profile] = [path.join(folder, "kommune.json"), path.join(folder, "profil.yaml")];
  writeFileSync(inventory, practice.inventory());
  writeFileSync(profile, ONLY_13);
});
afterAll(() => practice.stop());

function tls(...args: readonly string[]): Promise<Ran> {
  return runMain(["tls", ...args, "--inventory", inventory], { services: practice.services });
}

interface Told {
  readonly schema: string;
  readonly name: string;
  readonly profile: { readonly id: string; readonly version: string; readonly hash: string };
  readonly endpoints: readonly {
    readonly target: string;
    readonly state: string;
    readonly connections: number;
    readonly lines: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly judged: { readonly verdict: string; readonly findings: readonly { readonly tag: string }[] };
}

async function told(...args: readonly string[]): Promise<{ code: number; told: Told; tags: readonly string[] }> {
  const { code, stdout } = await tls(...args, "--format", "json");
  const parsed = JSON.parse(stdout) as Told;
  return { code, told: parsed, tags: parsed.judged.findings.map(({ tag }) => tag) };
}

describe("tls HOST", () => {
  test("shows all that a good server takes, at each address, with the connections that it took", async () => {
    const { code, stdout } = await tls(SITE);
    expect(code).toBe(0);
    expect(stdout).not.toContain("✗");
    expect(stdout.match(/^www\.oevelse\.dk:443 \[.*$/gmu)).toEqual([
      expect.stringMatching(/ \[185\.20\.80\.1\] {2}\d+ forbindelser, dk-bilag1-inferred-2024 /u),
      expect.stringMatching(/ \[2a0d:2000:80::1\] {2}\d+ forbindelser, /u),
    ]);
    const lines = stdout.split("\n");
    for (const line of [
      "  TLS 1.0   – afvist",
      "  TLS 1.2   ✓ tilstrækkelig",
      "  TLS 1.3   ✓ god",
      "  Cipher suites, TLS 1.2",
      `    ${"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384".padEnd(48)} ✓ god`,
      "  Nøgleudveksling, grupper, TLS 1.3",
      `    ${"X25519MLKEM768".padEnd(48)} ✓ god`,
      "  Certifikatets nøgle, RSA",
      "  Certifikatets nøgle, udsteder 1 (ECDSA)",
      "S27  opfyldt",
    ])
      expect(lines).toContain(line);
    expect(stdout).toMatch(/^ {2}ECDSA {5}✓ oevelse\.dk, .* fører til en betroet rod, .* 2 certifikater sendt$/mu);
    expect(stdout).toMatch(/^ {2}RSA {7}✓ /mu);
    expect(stdout).toContain("[S27_PROFILE_INFERRED]");
    // Each group names a line once, however many certificates show it.
    expect(lines.filter((line) => line.startsWith("    SHA256 "))).toHaveLength(2 * 5);
  });

  test("says in English what is wrong with one of old versions, and ends with 1", async () => {
    const { code, stdout } = await tls(OLD, "--lang", "en");
    expect(code).toBe(1);
    expect(stdout.match(/^ {2}TLS 1\.[01].*$/gmu)).toEqual([
      "  TLS 1.0   ✗ phase out (T1)",
      "  TLS 1.1   ✗ phase out (T1)",
      "  TLS 1.0   ✗ phase out (T1)",
      "  TLS 1.1   ✗ phase out (T1)",
    ]);
    expect(stdout).toContain("  The certificate's key, issuer 1 (ECDSA)\n");
    expect(stdout).toContain("S27  not fulfilled");
    expect(stdout).toContain("[S27_VERSION_OLD]");
    expect(stdout.replaceAll("Kommunen Øvelse", "")).not.toMatch(/[æøå]/iu);
  });

  test.each([
    [SILENT, "ingen svar over TCP", "S27  kan ikke afgøres (ingen svar over TCP)"],
    ["findes-ikke.oevelse.dk", "navnet findes ikke", "S27  kan ikke afgøres (navnet findes ikke)"],
  ])("%s is not known, never fulfilled: 2", async (host, words, verdict) => {
    const { code, stdout } = await tls(host);
    expect([code, stdout]).toEqual([2, expect.stringContaining(`  ${words} (`)]);
    expect(stdout.split("\n")).toContain(verdict);
    expect(stdout).not.toContain("✓");
  });

  test("interrupted before anything was seen it ends with 130 and shows nothing", async () => {
    const signals = new EventEmitter();
    const openNetwork: Services["openNetwork"] = (files, options) => {
      signals.emit("SIGINT");
      return practice.services.openNetwork?.(files, options) ?? Promise.reject(new Error("no network"));
    };
    const { code, stdout, stderr } = await runMain(["tls", SITE, "--inventory", inventory], {
      ...{ signals, services: { ...practice.services, openNetwork } },
    });
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toMatch(/Afbrudt\.\n$/u);
  });

  test("says that its verdict is of TLS alone", async () => {
    expect((await tls(SITE)).stdout).toMatch(/Kun TLS er bedømt her\. .*kravvagt verify.*\n$/u);
  });

  test("HOST:PORT begins with STARTTLS where that is usual", async () => {
    const { code, stdout } = await tls(`${MAIL}:143`);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^mail\.jobcenter-oevelse\.dk:143 \[.*\] \(STARTTLS\) /u),
    ]);
    expect(stdout).toContain("[S27_VERSIONS_NOT_HTTPS]");
  });

  test.each([
    ["oevelse..dk", "oevelse..dk: forventede "],
    ["www.oevelse.dk:99999", "www.oevelse.dk:99999: forventede "],
    ["domain:oevelse.dk", "domain:oevelse.dk: forventede "],
  ])("%s is wrong usage, told before anything is looked at", async (place, words) => {
    const services = { openNetwork: () => Promise.reject(new Error("the network was opened")) };
    const { code, stdout, stderr } = await runMain(["tls", place], { services });
    expect([code, stdout, stderr]).toEqual([64, "", expect.stringContaining(words)]);
  });

  test("is there as JSON", async () => {
    const { code, told: found } = await told(OLD);
    expect(code).toBe(1);
    expect(found).toMatchObject({
      ...{ schema: "kravvagt/tls/1", name: OLD, profile: { id: "dk-bilag1-inferred-2024" } },
      judged: { requirement: "S27", verdict: "fail" },
    });
    expect(found.profile.hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(found.endpoints.map(({ state }) => state)).toEqual(["visited", "visited"]);
    for (const { connections, lines } of found.endpoints) {
      expect(connections).toBeGreaterThan(5);
      expect(lines).toContainEqual(
        expect.objectContaining({ parameter: "version", value: "TLS 1.0", grade: "phase-out", verdict: "fail" }),
      );
    }
  });
});

describe("--tls-profile", () => {
  test("a file that phases TLS 1.2 out fails what passed, and is named", async () => {
    const { code, told: found, tags } = await told(SITE, "--tls-profile", profile);
    expect([code, found.profile]).toEqual([1, { id: "kun-tls13", version: "7", hash: expect.any(String) }]);
    expect(tags).toContain("S27_PROFILE_VERSION");
    for (const { lines } of found.endpoints)
      expect(lines).toContainEqual(expect.objectContaining({ value: "TLS 1.2", verdict: "fail", source: "Afsnit 4" }));
    // A profile of one's own is not inferred.
    expect(tags).not.toContain("S27_PROFILE_INFERRED");
  });

  test("one of the house goes by its id", async () => {
    const { told: found } = await told(SITE, "--tls-profile", "rfc9325");
    expect(found.profile.id).toBe("rfc9325");
  });

  test("one that is neither an id nor a file, or whose content is wrong, is 66 and says why", async () => {
    const missing = await tls(SITE, "--tls-profile", path.join(newFolder(), "none.yaml"));
    expect([missing.code, missing.stdout]).toEqual([66, ""]);
    expect(missing.stderr).toMatch(/none\.yaml kan ikke læses \(ENOENT\), og de kendte profiler hedder dk-bilag1-/u);
    const broken = path.join(newFolder(), "broken.yaml");
    writeFileSync(broken, ONLY_13.replace("phase-out", "bad"));
    const { code, stdout, stderr } = await tls(SITE, "--tls-profile", broken);
    expect([code, stdout, stderr]).toEqual([66, "", expect.stringContaining("tables.version.rows.TLSv1.2")]);
  });
});
