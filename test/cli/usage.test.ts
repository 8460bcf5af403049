import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { UNBUILT_COMMANDS } from "../../lib/cli/help-texts.ts";
import { runMain } from "./run-main.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kravvagt-cli-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("help", () => {
  test("names every command of the promised command line, in Danish", async () => {
    const { code, stdout, stderr } = await runMain(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    const built = ["start", "verify", "inventory", "dnssec", "explain"];
    for (const name of [...built, ...UNBUILT_COMMANDS]) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, "mu"));
    expect(stdout).toContain("Kommandoer:");
    expect(stdout).toContain("Slutkoder: 0");
  });

  test("is there in English", async () => {
    expect((await runMain(["--lang", "en", "--help"])).stdout).toContain("Exit codes: 0");
  });

  test("lists every promised option of verify", async () => {
    const { stdout } = await runMain(["verify", "--help"]);
    const options = [
      "inventory",
      "requirement",
      "format",
      "lang",
      "save-observations",
      "from-observations",
      "reading",
      "strict",
      "rate",
      "data",
    ];
    for (const option of options) expect(stdout).toContain(`--${option}`);
  });

  test("without a command goes to standard error and is wrong usage", async () => {
    const { code, stdout, stderr } = await runMain([]);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr).toContain("Kommandoer:");
  });

  test("the version is the package's", async () => {
    expect(await runMain(["--version"])).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
  });
});

describe("wrong usage", () => {
  test.each([
    [["verfy"], /Kommandoen verfy findes ikke\. Mente du verify\?/u],
    [["verify", "--foo", "a.dk"], /Tilvalget --foo findes ikke\./u],
    [["verify", "--format"], /mangler sin værdi/u],
    [["explain"], /Argumentet tag mangler\./u],
    [["explain", "a", "b"], /for mange argumenter/u],
    [["verify"], /mindst ét navn/u],
    [["verify", "dk"], /dk: forventede et registreret domænenavn/u],
    [["verify", "a..dk"], /uden tomme led/u],
    [["verify", "\u001b[31m.dk"], /^\\u\{1b\}\[31m\.dk: forventede/u],
    [["verify", "--format", "xml", "a.dk"], /--format: xml kendes ikke\. Vælg blandt text, json/u],
    [["verify", "--lang", "sv", "a.dk"], /--lang: sv kendes ikke/u],
    [["verify", "--reading", "x", "a.dk"], /--reading: x kendes ikke/u],
    [["verify", "--requirement", "S99", "a.dk"], /S99 findes ikke/u],
    [["verify", "--requirement", "S18,S28", "a.dk"], /--requirement S28 er ikke bygget endnu/u],
    [["verify", "--rate", "0", "a.dk"], /--rate: forventede et helt tal/u],
    [["verify", "--rate", "many", "a.dk"], /--rate: forventede et helt tal/u],
    [["verify", "--data", "x", "a.dk"], /--data kræver --inventory/u],
    [["verify", "--data", "", "--inventory", "x"], /--data: forventede en mappe/u],
    [["verify", "--from-observations", "x", "--save-observations", "y"], /giver ingen mening/u],
    [["start", "--data", ""], /--data: forventede en mappe/u],
    [["history", "a.dk", "S18", "--data", ""], /--data: forventede en mappe/u],
    [["start", "--port", "0"], /--port: forventede/u],
    [["dnssec", "a..dk"], /uden tomme led/u],
    [["dnssec", "a.dk", "--format", "csv"], /--format: csv kendes ikke/u],
    [["inventory", "chek", "x"], /Kommandoen chek findes ikke\. Mente du check\?/u],
    [["inventory", "push", "x"], /inventory push: angiv stakkens bucket med --bucket/u],
    [["explain", "S18_UNSIGNE"], /Mente du S18_UNSIGNED/u],
    [["explain", "qqqqqqqqqq"], /findes ikke\.$/mu],
  ])("%j", async (args, wanted) => {
    const { code, stdout, stderr } = await runMain(args);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr).toMatch(wanted);
    expect(stderr).not.toContain("\u001b");
  });

  test.each(UNBUILT_COMMANDS)("%s says plainly that it is not built yet", async (name) => {
    const { code, stdout, stderr } = await runMain([name, "--lang=en", "--whatever", "x"]);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr).toContain(`kravvagt ${name} is not built yet`);
  });
});

describe("inventory check", () => {
  async function check(text: string, ...more: string[]) {
    const file = path.join(folder, "kommune.yaml");
    await writeFile(file, text);
    const ran = await runMain(["inventory", "check", file, ...more]);
    return { ...ran, stderr: ran.stderr.replaceAll(folder, "DIR"), stdout: ran.stdout.replaceAll(folder, "DIR") };
  }

  test("says what is in a right one", async () => {
    const text =
      "version: 1\nassets: [{ domain: a.dk }, { domain: b.dk }, { host: www.a.dk }]\ninventoryAttestation: { by: x, validUntil: 2027-01-01 }";
    expect(await check(text)).toEqual({
      code: 0,
      stdout:
        "DIR/kommune.yaml: i orden. 3 aktiver (2 domain, 1 host), 0 erklæringer, dispensationer og tilladelser.\n",
      stderr: "",
    });
  });

  test("warns when nobody has declared it complete", async () => {
    expect((await check("version: 1\nassets: []")).stderr).toContain("inventoryAttestation mangler");
  });

  test("gives every mistake a line of its own, and ends with 66", async () => {
    const { code, stdout, stderr } = await check("version: 1\nassets:\n  - domain: dk\n  - hots: x\n", "--lang", "en");
    expect([code, stdout]).toEqual([66, ""]);
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(
        /^DIR\/kommune\.yaml:3:13: assets\[0\]\.domain: found "dk"; expected a registered domain name/u,
      ),
      expect.stringMatching(/^DIR\/kommune\.yaml:4:5: assets\[1\]: found hots; expected exactly one of the fields/u),
    ]);
  });

  test("shows hostile content harmlessly", async () => {
    const { stderr } = await check('version: 1\nassets:\n  - domain: "\\e[31m\\u202e.dk"\n');
    for (const harmful of ["\u001b", "\u202e"]) expect(stderr).not.toContain(harmful);
    expect(stderr).toContain("[31m");
  });

  test.each([["verify"], ["start"]])("%s refuses a file that is not there, with 66", async (command) => {
    const { code, stderr } = await runMain([command, "--inventory", path.join(folder, "none.yaml")]);
    expect(code).toBe(66);
    expect(stderr).toContain("som ikke findes");
  });
});

describe("explain", () => {
  test("gives meaning, remedy and the requirement in its own words", async () => {
    const { code, stdout } = await runMain(["explain", "s18_unsigned"]);
    expect(code).toBe(0);
    expect(stdout).toContain("S18_UNSIGNED  (fejl)");
    expect(stdout).toContain("<zone> er ikke signeret med DNSSEC");
    expect(stdout).toContain("Gør dette:");
    expect(stdout).toContain("»DNSSEC skal tilknyttes alle domænenavne tilhørende kommunen.«");
  });

  test("explains why there was no answer, too, and in English", async () => {
    const { stdout } = await runMain(["explain", "S18_UNOBSERVED_DNS_TIMEOUT", "--lang", "en"]);
    expect(stdout).toContain("DNS gave no answer about <target>");
  });
});

describe("a bug of our own", () => {
  const services = { startPractice: () => Promise.reject(new TypeError("x is not a \u001bfunction")) };

  test("is one line and 70", async () => {
    const { code, stderr } = await runMain(["start"], { services });
    expect(code).toBe(70);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(
      /^En fejl hos os selv .*TypeError: x is not a \\u\{1b\}function/u,
    );
  });

  test("is not what a refused socket is: that is 69", async () => {
    const refused = Object.assign(new Error("listen EACCES 127.0.0.1"), { code: "EACCES" });
    const { code, stderr } = await runMain(["start"], { services: { startPractice: () => Promise.reject(refused) } });
    expect(code).toBe(69);
    expect(stderr).toContain("kan ikke startes på denne maskine: listen EACCES");
  });

  test("shows its stack when asked to", async () => {
    const { stderr } = await runMain(["start"], { services, environment: { KRAVVAGT_DEBUG: "1" } });
    expect(stderr).toContain("usage.test.ts");
  });
});
