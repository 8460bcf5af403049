import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { AssetKind } from "../lib/core/asset.ts";
import { openNetwork } from "../lib/verify/network.ts";
import { comparePractice } from "../lib/cli/practice-report.ts";
import type { Services } from "../lib/cli/services.ts";
import { mappedSockets } from "../lib/dial/sockets.ts";
import { type PracticeInternet, startPracticeInternet } from "../lib/practice/internet.ts";
import { REQUIREMENTS } from "../lib/requirements/index.ts";
import type { VerificationResult } from "../lib/verify/result.ts";
import { type Ran, runMain } from "./cli/run-main.ts";

/** Two rounds on a busy machine: each waits for name servers that never answer. */
const PATIENCE = 360_000;

let folder = "";
let inventory = "";
let saved = "";
let internet: PracticeInternet;
let started: Ran;
let verified: Ran;
let result: VerificationResult;

/** A network that must not be needed. */
const OFFLINE: Partial<Services> = {
  openNetwork: () => Promise.reject(new Error("the network was opened")),
  startPractice: () => Promise.reject(new Error("the practice internet was started")),
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kravvagt-end-to-end-"));
  [inventory, saved] = [path.join(folder, "kommune.json"), path.join(folder, "observations")];
  internet = await startPracticeInternet();
  await writeFile(inventory, internet.inventory);
  const sockets = mappedSockets(internet.sockets, internet.families);
  const services: Partial<Services> = { openNetwork: (files, options) => openNetwork(files, { ...options, sockets }) };
  const verify = ["verify", "--inventory", inventory, "--format", "json", "--save-observations", saved];
  // One after the other: TLS profiles of every web host twice over would wait for each other longer than one may take.
  started = await runMain(["start", "--once"]);
  verified = await runMain(verify, { services });
  result = JSON.parse(verified.stdout) as VerificationResult;
}, PATIENCE);

afterAll(async () => {
  await internet.stop();
  await rm(folder, { recursive: true });
});

/** The ids of the municipality's assets of these kinds. */
function assetsOf(...kinds: readonly AssetKind[]): readonly string[] {
  return [...internet.expected.keys()].filter((id) => kinds.some((kind) => id.startsWith(`${kind}:`)));
}

describe("start --once", () => {
  test("verifies the practice municipality, finds what is to be found, and ends with 0", () => {
    const { size } = internet.expected;
    expect(started.stdout).toContain(`${size} af ${size} aktiver blev vurderet, som de skulle.`);
    expect(started.stdout.match(/^ {2}= \S+: /gmu)).toHaveLength(size);
    expect(started.stdout).not.toContain("≠");
    expect(started.code).toBe(0);
  });
});

describe("verify --inventory", () => {
  test("finds the same over the network: every practice case as expected", () => {
    const compared = comparePractice(result, internet.expected);
    expect(compared).toHaveLength(internet.expected.size);
    const wrong = compared.filter(({ difference }) => difference !== null);
    expect(wrong.map((one) => `${one.case.class}: ${one.difference?.en}`)).toEqual([]);
  });

  test("ends with 1 for what failed, and says what it cost", () => {
    expect(verified.code).toBe(1);
    expect(result).toMatchObject({ municipality: "0000", interrupted: false, vantage: "local" });
    expect(result.requirements).toMatchObject(
      REQUIREMENTS.map(({ id }) => ({ requirement: id, verdict: "fail", cause: null })),
    );
    for (const { requirement, assets } of result.requirements) {
      const { appliesTo = [] } = REQUIREMENTS.find(({ id }) => id === requirement) ?? {};
      const counted = Object.values(assets).reduce((sum, count) => sum + count, 0);
      expect([requirement, counted]).toEqual([requirement, assetsOf(...appliesTo).length]);
    }
    expect(result.cost.dnsQueries).toBeGreaterThan(internet.expected.size);
    expect(result.cost.bytesIn).toBeGreaterThan(0);
  });

  test("saves one file for the run and one for each observation", async () => {
    const byKind = Map.groupBy(await readdir(saved), (file) => file.split("--")[0]);
    const kinds = new Set(REQUIREMENTS.flatMap(({ checks }) => checks.flatMap(({ needs }) => needs)));
    const ofDomains = [...kinds].filter((kind) => kind.startsWith("dns.") && kind !== "dns.https");
    expect(new Set(byKind.keys())).toEqual(new Set(["run.json", ...kinds]));
    expect(byKind.get("run.json")).toHaveLength(1);
    for (const kind of ofDomains) expect([kind, byKind.get(kind)?.length]).toEqual([kind, assetsOf("domain").length]);
    // A visit is of one address of one gateway or host: many assets have none, and some more than one.
    for (const kind of kinds) expect([kind, byKind.get(kind)?.length]).not.toEqual([kind, 0]);
  });
});

describe("verify --from-observations", () => {
  async function again(...args: readonly string[]): Promise<{ code: number; stored: VerificationResult }> {
    const ran = await runMain(["verify", "--from-observations", saved, "--format", "json", ...args], {
      services: OFFLINE,
    });
    return { code: ran.code, stored: JSON.parse(ran.stdout) as VerificationResult };
  }

  test.each([
    ["alone", () => []],
    ["with the inventory", () => ["--inventory", inventory]],
  ])("%s gives the same requirements and verdicts, byte for byte, without a network", async (_, args) => {
    const { code, stored } = await again(...args());
    expect(code).toBe(verified.code);
    expect(JSON.stringify(stored.requirements)).toBe(JSON.stringify(result.requirements));
    expect(stored.verdicts).toHaveLength(result.verdicts.length);
    for (const [index, verdict] of result.verdicts.entries()) {
      expect(JSON.stringify(stored.verdicts[index])).toBe(JSON.stringify(verdict));
    }
  });

  test("judges by the statements and the reading of the inventory that is given", async () => {
    const [failing] = result.verdicts.filter(({ requirement, verdict }) => requirement === "S18" && verdict === "fail");
    const practice = JSON.parse(internet.inventory) as Record<string, unknown>;
    const exemption = { requirement: "S18", asset: failing?.asset.id, reason: "Flyttes", by: "Anna And" };
    const other = path.join(folder, "other.json");
    await writeFile(
      other,
      JSON.stringify({
        ...practice,
        reading: "stat-2024-10",
        exemptions: [{ ...exemption, validUntil: "2099-01-01" }],
      }),
    );
    const { stored } = await again("--inventory", other);
    expect(stored.reading).toBe("stat-2024-10");
    const verdictOf = (id: string | undefined, wanted: string) =>
      stored.verdicts.find(({ asset, requirement }) => asset.id === id && requirement === wanted)?.verdict;
    expect(verdictOf(failing?.asset.id, "S18")).toBe("attested");
    const differing = [...internet.expected].flatMap(([id, each]) =>
      Object.entries("domain" in each ? { S18: { underState: each.underState }, ...each.mail } : each.web).flatMap(
        ([requirement, wanted]) =>
          wanted.underState === undefined ? [] : [[id, requirement, wanted.underState] as const],
      ),
    );
    expect(new Set(differing.map(([, requirement]) => requirement))).toEqual(new Set(["S18", "S19", "S23"]));
    for (const [id, requirement, verdict] of differing) {
      expect([id, requirement, verdictOf(id, requirement)]).toEqual([id, requirement, verdict]);
    }
  });

  test("an asset that was not looked at then is indeterminate, never a pass", async () => {
    const other = path.join(folder, "more.json");
    const practice = JSON.parse(internet.inventory) as { readonly assets: readonly object[] };
    const assets = [...practice.assets, { domain: "nyt-oevelse.dk" }];
    await writeFile(other, JSON.stringify({ ...practice, assets }));
    const { stored } = await again("--inventory", other);
    const unseen = stored.verdicts.filter(({ asset }) => asset.name === "nyt-oevelse.dk");
    expect(unseen).toMatchObject(
      REQUIREMENTS.filter(({ appliesTo }) => appliesTo.includes("domain")).map(({ id }) => {
        return { requirement: id, verdict: "indeterminate", cause: "internal" };
      }),
    );
  });
});
