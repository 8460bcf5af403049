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

/** The same of every requirement about a domain but S17, which is that of the name alone: all of these stand under .dk. */
function ofDomain(verdict: string): Readonly<Record<string, string>> {
  return { S17: "pass", S18: verdict, S19: verdict, S20: verdict, S23: verdict };
}

/** A host that is there, and does not answer on the web. */
const SILENT_WEB = { S27: "indeterminate", K11: "indeterminate" };

/** Which requirements are judged for which of these assets, in the order of the ids. */
function judgedOf(ids: readonly string[]): readonly (readonly [string, string])[] {
  return ids.toSorted().flatMap((asset) => {
    const own = REQUIREMENTS.filter(({ appliesTo }) => appliesTo.some((kind) => asset.startsWith(`${kind}:`)));
    return own.map(({ id }) => [asset, id] as const).toSorted(([, one], [, other]) => (one < other ? -1 : 1));
  });
}

describe("verify ends with", () => {
  // A name that can be registered is the host of that name, too, where it has an address.
  test.each<readonly [readonly string[], number, Readonly<Record<string, string>>, readonly string[]]>([
    [[SECURE], 0, everywhere("pass"), [SECURE]],
    [[UNSIGNED], 1, { ...ofDomain("fail"), ...SILENT_WEB }, [UNSIGNED]],
    [[UNREGISTERED], 2, ofDomain("indeterminate"), []],
    [[SECURE, UNSIGNED, UNREGISTERED], 1, { ...ofDomain("fail"), ...SILENT_WEB }, [SECURE, UNSIGNED]],
    [[SECURE, UNREGISTERED], 2, { ...ofDomain("indeterminate"), S27: "pass", K11: "pass" }, [SECURE]],
    [[QUARANTINING], 1, { ...ofDomain("pass"), S23: "fail", ...SILENT_WEB }, [QUARANTINING]],
  ])("%j: %d", async (names, wanted, verdicts, hosts) => {
    const { code, result } = await verifyJson(names);
    expect(code).toBe(wanted);
    expect(verdictsOf(result)).toEqual(verdicts);
    expect(result.verdicts.map(({ asset, requirement }) => [asset.id, requirement])).toEqual(
      judgedOf([...names.map((name) => `domain:${name}`), ...hosts.map((name) => `host:${name}`)]),
    );
    expect(result).toMatchObject({ schema: "kravvagt/result/1", municipality: null, interrupted: false });
  });

  test.each<readonly [readonly string[], number, Readonly<Record<string, string>>]>([
    [["S18"], 0, { S18: "pass" }],
    [["S18", "S20"], 0, { S18: "pass", S20: "pass" }],
    [["S23"], 1, { S23: "fail" }],
    [["S17"], 0, { S17: "pass" }],
    [["S27", "K11"], 2, SILENT_WEB],
  ])("what --requirement %j names, and judges nothing else", async (wanted, ends, verdicts) => {
    const { code, result } = await verifyJson([QUARANTINING, "--requirement", wanted.join(",")]);
    expect([code, verdictsOf(result)]).toEqual([ends, verdicts]);
    expect(new Set(result.verdicts.map(({ requirement }) => requirement))).toEqual(new Set(wanted));
  });
});

describe("verify of names", () => {
  test("a host is judged for the web alone", async () => {
    const { code, result } = await verifyJson([`www.${SECURE}`]);
    expect([code, verdictsOf(result)]).toEqual([0, { S17: "pass", S27: "pass", K11: "pass" }]);
    expect(result.verdicts.map(({ asset, requirement }) => [asset.id, requirement])).toEqual(
      judgedOf([`host:www.${SECURE}`]),
    );
  });

  test("what no requirement is about has nothing to verify: said so, and never a pass", async () => {
    const { code, stdout, stderr } = await verify([`www.${SECURE}`, "--requirement", "S18"]);
    expect([code, stdout]).toEqual([2, expect.stringContaining("Intet blev vurderet.")]);
    expect(stderr).toContain(`Intet at efterprøve endnu for host:www.${SECURE}`);
  });

  test("two assets of one name are told apart", async () => {
    const { stdout } = await verify([SECURE, "--requirement", "S17"]);
    expect(stdout).toContain(`\n  ✓ domain:${SECURE}\n  ✓ host:${SECURE}\n`);
  });

  test("in a pipe there is no progress and no colour; the result alone is on standard output", async () => {
    const { stdout, stderr } = await verify([UNSIGNED]);
    expect(`${stdout}${stderr}`).not.toContain("\u001b");
    expect(stdout).toMatch(/^S17 {2}Internetvendte tjenester under \.dk\nOPFYLDT/u);
    expect(stdout).toMatch(/^S18 {2}DNSSEC på alle domæner\nIKKE OPFYLDT/mu);
    expect(stdout.match(/^[SK]\d\d(?= {2})/gmu)).toEqual(REQUIREMENTS.map(({ id }) => id));
    expect(stderr).toMatch(/^Ikke bygget endnu, og derfor ikke vurderet: S21, S22, S26, S28, K10\.$/mu);
  });

  test("on a terminal a line of progress is rewritten and removed", async () => {
    const { stderr } = await runMain(["verify", UNSIGNED], { services, isTerminal: true });
    expect(stderr).toContain(`\r\u001b[K1/2 aktiver  ${UNSIGNED}\r\u001b[K2/2 aktiver  ${UNSIGNED}`);
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
        `version: 1\nassets: [{ domain: ${SECURE} }, { host: www.${SECURE} }, { domain: ${UNSIGNED} }]`,
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
    expect([whole.code, verdictsOf(whole.result)]).toEqual([
      2,
      { ...everywhere("pass"), ...attested, S23: "indeterminate" },
    ]);
  });

  test("an exemption is of its own requirement alone", async () => {
    const file = await write(
      [
        `version: 1\nassets: [{ domain: ${SECURE} }, { domain: ${UNSIGNED} }]`,
        `exemptions: [{ requirement: S18, asset: ${UNSIGNED}, reason: Flyttes, by: Anna And, validUntil: 2099-01-01 }]`,
      ].join("\n"),
    );
    const { code, result } = await verifyJson(["--inventory", file, "--requirement", "S17,S18,S19,S20,S23"]);
    expect(code).toBe(1);
    expect(verdictsOf(result)).toEqual({ ...ofDomain("fail"), S18: "attested" });
  });

  test("lapsed as a whole cannot pass", async () => {
    const file = await write(
      `version: 1\nassets: [{ domain: ${SECURE} }, { host: www.${SECURE} }]\ninventoryAttestation: { by: x, validUntil: 2020-01-01 }`,
    );
    const { code, result } = await verifyJson(["--inventory", file]);
    expect(code).toBe(2);
    expect(verdictsOf(result)).toEqual(everywhere("indeterminate"));
    for (const { cause } of result.requirements) expect(cause).toBe("attestation-expired");
    for (const { verdict } of result.verdicts) expect(verdict).toBe("pass");
  });

  test("with names judges those alone", async () => {
    const site = `www.${SECURE}`;
    const file = await write(
      `version: 1\nassets: [{ domain: ${SECURE} }, { host: ${site} }, { domain: ${UNSIGNED} }, { host: www.${UNSIGNED} }]`,
    );
    const { code, result } = await verifyJson([SECURE, site, "--inventory", file]);
    expect(code).toBe(0);
    expect(result.verdicts.map(({ asset, requirement }) => [asset.id, requirement])).toEqual(
      judgedOf([`domain:${SECURE}`, `host:${site}`]),
    );
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
