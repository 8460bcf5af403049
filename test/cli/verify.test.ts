import { EventEmitter } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openNetwork } from "../../lib/verify/network.ts";
import type { Services } from "../../lib/cli/services.ts";
import { mappedSockets } from "../../lib/dial/sockets.ts";
import { readInventoryText } from "../../lib/inventory/read-inventory.ts";
import { type PracticeInternet, startPracticeInternet } from "../../lib/practice/internet.ts";
import { REQUIREMENTS } from "../../lib/requirements/index.ts";
import type { VerificationResult } from "../../lib/verify/result.ts";
import { runMain } from "./run-main.ts";

const SECURE = "oevelse.dk";
const UNSIGNED = "bibliotek-oevelse.dk";
const UNREGISTERED = "ledig-oevelse.dk";
/** Signed, with nothing else wrong than a DMARC policy that is too weak. */
const QUARANTINING = "afsender-oevelse.dk";

let folder = "";
let internet: PracticeInternet;
let services: Partial<Services>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kravvagt-cli-"));
  internet = await startPracticeInternet();
  const practice = await readInventoryText(internet.inventory, "practice.json");
  if (!practice.ok) throw new Error("the practice inventory cannot be read");
  const sockets = mappedSockets(internet.sockets, internet.families);
  services = {
    openNetwork: ({ inventory }, options) => {
      const files = { ...practice, inventory: { ...inventory, network: practice.inventory.network } };
      return openNetwork(files, { ...options, sockets });
    },
  };
});

afterAll(async () => {
  await internet.stop();
  await rm(folder, { recursive: true });
});

async function verify(args: readonly string[]) {
  const ran = await runMain(["verify", ...args], { services });
  return ran;
}

async function verifyJson(args: readonly string[]): Promise<{ code: number; result: VerificationResult }> {
  const { code, stdout } = await verify([...args, "--format", "json"]);
  return { code, result: JSON.parse(stdout) as VerificationResult };
}

/** The verdict of each requirement as a whole. */
function verdictsOf({ requirements }: VerificationResult): Readonly<Record<string, string>> {
  return Object.fromEntries(requirements.map(({ requirement, verdict }) => [requirement, verdict]));
}

/** The same of every requirement that is built. */
function everywhere<Value>(value: Value): Readonly<Record<string, Value>> {
  return Object.fromEntries(REQUIREMENTS.map(({ id }) => [id, value]));
}

describe("verify ends with", () => {
  test.each<readonly [readonly string[], number, Readonly<Record<string, string>>]>([
    [[SECURE], 0, everywhere("pass")],
    [[UNSIGNED], 1, everywhere("fail")],
    [[UNREGISTERED], 2, everywhere("indeterminate")],
    [[SECURE, UNSIGNED, UNREGISTERED], 1, everywhere("fail")],
    [[SECURE, UNREGISTERED], 2, everywhere("indeterminate")],
    [[QUARANTINING], 1, { ...everywhere("pass"), S23: "fail" }],
  ])("%j: %d", async (names, wanted, verdicts) => {
    const { code, result } = await verifyJson(names);
    expect(code).toBe(wanted);
    expect(verdictsOf(result)).toEqual(verdicts);
    expect(result.verdicts.map(({ asset, requirement }) => [asset.id, requirement])).toEqual(
      names
        .map((name) => `domain:${name}`)
        .toSorted()
        .flatMap((id) => REQUIREMENTS.map((requirement) => [id, requirement.id])),
    );
    expect(result).toMatchObject({ schema: "kravvagt/result/1", municipality: null, interrupted: false });
  });

  test.each<readonly [readonly string[], number, Readonly<Record<string, string>>]>([
    [["S18"], 0, { S18: "pass" }],
    [["S18", "S20"], 0, { S18: "pass", S20: "pass" }],
    [["S23"], 1, { S23: "fail" }],
  ])("what --requirement %j names, and judges nothing else", async (wanted, ends, verdicts) => {
    const { code, result } = await verifyJson([QUARANTINING, "--requirement", wanted.join(",")]);
    expect([code, verdictsOf(result)]).toEqual([ends, verdicts]);
    expect(result.verdicts.map(({ requirement }) => requirement)).toEqual(wanted);
  });
});

describe("verify of names", () => {
  test("a host has nothing to verify yet: said so, and never a pass", async () => {
    const { code, stdout, stderr } = await verify([`www.${SECURE}`]);
    expect(code).toBe(2);
    expect(stdout).toContain("Intet blev vurderet.");
    expect(stderr).toContain(`Intet at efterprøve endnu for host:www.${SECURE}`);
  });

  test("in a pipe there is no progress and no colour; the result alone is on standard output", async () => {
    const { stdout, stderr } = await verify([UNSIGNED]);
    expect(`${stdout}${stderr}`).not.toContain("\u001b");
    expect(stdout).toMatch(/^S18 {2}DNSSEC på alle domæner\nIKKE OPFYLDT/u);
    expect(stdout.match(/^[SK]\d\d(?= {2})/gmu)).toEqual(REQUIREMENTS.map(({ id }) => id));
    expect(stderr).toMatch(/^Ikke bygget endnu, og derfor ikke vurderet: S17, S21, S22, S26, S27, S28, K10, K11\.$/mu);
  });

  test("on a terminal a line of progress is rewritten and removed", async () => {
    const { stderr } = await runMain(["verify", UNSIGNED], { services, isTerminal: true });
    expect(stderr).toContain(`\r\u001b[K1/1 aktiver  ${UNSIGNED}`);
    expect(stderr.endsWith("\r\u001b[K")).toBe(true);
  });

  test("speaks English when asked to", async () => {
    expect((await verify([UNSIGNED, "--lang", "en"])).stdout).toContain("is not signed with DNSSEC");
  });

  test("--rate slows down and changes no verdict", async () => {
    expect((await verifyJson([UNSIGNED, "--rate", "200"])).code).toBe(1);
  });
});

describe("verify of an inventory", () => {
  async function write(text: string): Promise<string> {
    const file = path.join(folder, "kommune.yaml");
    await writeFile(file, text);
    return file;
  }

  test("without assets for a requirement is no-inventory", async () => {
    const file = await write("version: 1\nassets: []\nmunicipality: { id: '0101', name: X }\n");
    const { code, result } = await verifyJson(["--inventory", file]);
    expect(code).toBe(2);
    expect(result).toMatchObject({ municipality: "0101", verdicts: [] });
    expect(verdictsOf(result)).toEqual(everywhere("indeterminate"));
    for (const { cause } of result.requirements) expect(cause).toBe("no-inventory");
  });

  test("judges its assets; an exempted fail is attested", async () => {
    const file = await write(
      [
        `version: 1\nassets: [{ domain: ${SECURE} }, { domain: ${UNSIGNED} }]`,
        "exemptions:",
        ...REQUIREMENTS.map(
          ({ id }) =>
            `  - { requirement: ${id}, asset: ${UNSIGNED}, reason: Flyttes, by: Anna And, validUntil: 2099-01-01 }`,
        ),
      ].join("\n"),
    );
    const attested = { S18: "attested", S19: "attested", S20: "attested" };
    const { code, result } = await verifyJson(["--inventory", file, "--requirement", "S18,S19,S20"]);
    expect([code, verdictsOf(result)]).toEqual([0, attested]);
    for (const { assets } of result.requirements) expect(assets).toMatchObject({ pass: 1, attested: 1 });
    // Nobody can be exempted from what is not known: whether this domain signs with DKIM.
    const whole = await verifyJson(["--inventory", file]);
    expect([whole.code, verdictsOf(whole.result)]).toEqual([2, { ...attested, S23: "indeterminate" }]);
  });

  test("an exemption is of its own requirement alone", async () => {
    const file = await write(
      [
        `version: 1\nassets: [{ domain: ${SECURE} }, { domain: ${UNSIGNED} }]`,
        `exemptions: [{ requirement: S18, asset: ${UNSIGNED}, reason: Flyttes, by: Anna And, validUntil: 2099-01-01 }]`,
      ].join("\n"),
    );
    const { code, result } = await verifyJson(["--inventory", file]);
    expect(code).toBe(1);
    expect(verdictsOf(result)).toEqual({ ...everywhere("fail"), S18: "attested" });
  });

  test("lapsed as a whole cannot pass", async () => {
    const file = await write(
      `version: 1\nassets: [{ domain: ${SECURE} }]\ninventoryAttestation: { by: x, validUntil: 2020-01-01 }`,
    );
    const { code, result } = await verifyJson(["--inventory", file]);
    expect(code).toBe(2);
    expect(verdictsOf(result)).toEqual(everywhere("indeterminate"));
    for (const { cause } of result.requirements) expect(cause).toBe("attestation-expired");
    for (const { verdict } of result.verdicts) expect(verdict).toBe("pass");
  });

  test("with names judges those alone", async () => {
    const file = await write(`version: 1\nassets: [{ domain: ${SECURE} }, { domain: ${UNSIGNED} }]`);
    const { code, result } = await verifyJson([SECURE, "--inventory", file]);
    expect(code).toBe(0);
    expect(result.verdicts.map(({ asset }) => asset.id)).toEqual(REQUIREMENTS.map(() => `domain:${SECURE}`));
  });
});

describe("observations", () => {
  test("saved and judged again give the same requirements and verdicts, byte for byte, without a network", async () => {
    const saved = path.join(folder, "observations");
    const first = await verifyJson([SECURE, UNSIGNED, "--save-observations", saved]);
    expect((await readdir(saved)).length).toBeGreaterThan(1);
    const offline: Partial<Services> = { openNetwork: () => Promise.reject(new Error("no network here")) };
    const args = ["verify", "--from-observations", saved, "--format", "json"];
    const again = await runMain(args, { services: offline });
    const result = JSON.parse(again.stdout) as VerificationResult;
    expect(again.code).toBe(first.code);
    expect(JSON.stringify(result.requirements)).toBe(JSON.stringify(first.result.requirements));
    expect(JSON.stringify(result.verdicts)).toBe(JSON.stringify(first.result.verdicts));

    const one = await runMain([...args, SECURE], { services: offline });
    expect(one.code).toBe(0);
  });

  test("from a folder that is not there, or holds something else, is 66", async () => {
    expect((await verify(["--from-observations", path.join(folder, "none")])).code).toBe(66);
    expect((await verify(["--from-observations", folder])).code).toBe(66);
  });

  test("that cannot be saved is 74", async () => {
    const file = path.join(folder, "in-the-way");
    await writeFile(file, "");
    const { code } = await verify([UNSIGNED, "--save-observations", file]);
    expect(code).toBe(74);
    expect(await readFile(file, "utf8")).toBe("");
  });
});

describe("an interrupt", () => {
  test("once ends with what was found so far, and 130", async () => {
    const signals = new EventEmitter();
    const open: Services["openNetwork"] = async (files, options) => {
      const network = await services.openNetwork!(files, options);
      setImmediate(() => signals.emit("SIGINT"));
      return network;
    };
    const ran = await runMain(["verify", SECURE, "--format", "json"], { services: { openNetwork: open }, signals });
    const result = JSON.parse(ran.stdout) as VerificationResult;
    expect(ran.code).toBe(130);
    expect(result.interrupted).toBe(true);
    expect(verdictsOf(result)).toEqual(everywhere("indeterminate"));
    for (const { cause } of result.requirements) expect(cause).toBe("internal");
    expect(ran.stderr).toContain("Afbrudt.");
    expect(signals.listenerCount("SIGINT")).toBe(0);
  });

  test("twice, well apart, ends at once", async () => {
    const signals = new EventEmitter();
    const exits: number[] = [];
    const open: Services["openNetwork"] = async () => {
      signals.emit("SIGINT");
      signals.emit("SIGINT");
      expect(exits).toEqual([]);
      await new Promise((resolve) => setTimeout(resolve, 250));
      signals.emit("SIGINT");
      throw new Error("the stand-in for exit returned");
    };
    await runMain(["verify", SECURE], {
      services: { openNetwork: open },
      signals,
      exitNow: (code) => exits.push(code),
    });
    expect(exits).toEqual([130]);
  });
});

describe("dnssec", () => {
  async function dnssec(...args: string[]) {
    return runMain(["dnssec", ...args], { services });
  }

  test("draws the chain from the root to a secure name", async () => {
    const { code, stdout } = await dnssec(SECURE);
    expect(code).toBe(0);
    const zones = stdout.split("\n").flatMap((line) => /^(?: {2}▼ {2})?(\S+) {2}✓ sikker$/u.exec(line)?.[1] ?? []);
    expect(zones).toEqual([".", "dk.", `${SECURE}.`]);
    expect(stdout).toMatch(/DS \d+ {2}13 ECDSAP256SHA256, SHA-256 {2}← passer til en nøgle/u);
    expect(stdout).toMatch(/DNSKEY \d+ {2}KSK, 13 ECDSAP256SHA256, 256 bit/u);
    expect(stdout).toMatch(/SOA {2}✓ sikker/u);
    expect(stdout).toMatch(/signeret af \S+ \d+ \(13 ECDSAP256SHA256\), udløber \d{4}-\d\d-\d\d/u);
    expect(stdout).toMatch(/LOC {2}✓ sikker {2}findes ikke, bevist med NSEC/u);
    expect(stdout).toContain("Kæden fra roden: ✓ sikker");
  });

  test("shows where an unsigned name falls off, and ends with 1", async () => {
    const { code, stdout } = await dnssec(UNSIGNED, "--lang", "en");
    expect(code).toBe(1);
    expect(stdout).toContain("the zone above proves that there is no DS record");
    expect(stdout).toContain("The chain from the root: ✗ insecure");
  });

  test("is there as JSON", async () => {
    const { code, stdout } = await dnssec(SECURE, "--format", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "kravvagt/dnssec/1",
      name: `${SECURE}.`,
      walk: { status: "secure", zone: `${SECURE}.` },
    });
  });

  test("works for the root and for a top-level domain", async () => {
    expect((await dnssec(".")).code).toBe(0);
    expect((await dnssec("dk")).code).toBe(0);
  });
});
