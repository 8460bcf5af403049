import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { compareReports, unraised } from "../scripts/golden/golden-difference.ts";
import { type GoldenReport, judgeRecordings } from "../scripts/golden/golden-report.ts";
import { MAIL_WORLDS } from "../scripts/golden/mail-worlds.ts";
import { RECORDINGS } from "../scripts/golden/recordings.ts";

const EXPECTED = path.resolve(import.meta.dirname, "golden/expected.json");
const SIGNED = "domain:oevelse.dk";
const DOMAINS = RECORDINGS.domains.folder;

let folder = "";
let expected: GoldenReport;
let found: GoldenReport;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kravvagt-golden-"));
  expected = JSON.parse(await readFile(EXPECTED, "utf8")) as GoldenReport;
  found = await judgeRecordings(...Object.values(RECORDINGS).map(({ folder: each }) => each));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The expected report with the verdict of one asset altered. */
function altered(change: object, asset = SIGNED): GoldenReport {
  const verdicts = found.readings["kommune-2024"].map((each) => (each.asset === asset ? { ...each, ...change } : each));
  return { ...found, readings: { ...found.readings, "kommune-2024": verdicts } };
}

describe("the recorded observations", () => {
  test("are judged as expected, in both readings and both languages (else: node scripts/golden.ts)", () => {
    expect(compareReports(expected, found).lines).toEqual([]);
    expect(found).toEqual(expected);
  });

  const judgedIn = (reading: keyof GoldenReport["readings"], requirement: string) =>
    found.readings[reading].filter((each) => each.requirement === requirement);
  const has = (values: readonly string[]) => [...new Set(values)].sort();
  /** Assets that the two readings judge otherwise, with the verdict of the stricter one. */
  const differingIn = (requirement: string) => {
    const municipal = judgedIn("kommune-2024", requirement);
    return judgedIn("stat-2024-10", requirement)
      .filter(({ verdict }, index) => verdict !== municipal[index]?.verdict)
      .map(({ asset, verdict }) => [asset, verdict]);
  };

  test("hold every verdict and outcome that S18 can reach, and zones that the readings judge otherwise", () => {
    const municipal = judgedIn("kommune-2024", "S18");
    expect(has(municipal.map(({ verdict }) => verdict))).toEqual(["attested", "fail", "indeterminate", "pass"]);
    expect(has(municipal.flatMap(({ cause }) => cause ?? []))).toEqual([
      "asset-not-found",
      "dns-servfail",
      "dns-timeout",
    ]);
    expect(has(municipal.flatMap(({ findings }) => findings.map(({ outcome }) => outcome)))).toContain("warn");
    expect(differingIn("S18")).toEqual([
      ["domain:affald-oevelse.dk", "fail"],
      ["domain:miljoe-oevelse.dk", "fail"],
    ]);
  });

  test.each([
    ["S19", ["fail", "not-applicable", "pass"], []],
    ["S20", ["fail", "indeterminate", "not-applicable", "pass"], ["tcp-timeout"]],
    ["S23", ["attested", "fail", "indeterminate", "pass"], ["dns-timeout", "no-inventory"]],
  ])("hold mail that %s judges in every way: %j", (requirement, verdicts, causes) => {
    const municipal = judgedIn("kommune-2024", requirement);
    expect(municipal).toHaveLength(MAIL_WORLDS.length);
    expect(has(municipal.map(({ verdict }) => verdict))).toEqual(verdicts);
    expect(has(municipal.flatMap(({ cause }) => cause ?? []))).toEqual(causes);
    for (const { asset, evidence } of municipal) expect([asset, evidence]).toEqual([asset, expect.any(String)]);
  });

  test("hold mail that the readings judge otherwise", () => {
    expect(differingIn("S19")).toEqual([["domain:usigneret-post.dk", "fail"]]);
    expect(differingIn("S20")).toEqual([]);
    expect(differingIn("S23")).toEqual([["domain:tavs-post.dk", "fail"]]);
  });

  test("are judged by no requirement that they were not made for", () => {
    for (const { asset, requirement, findings } of found.readings["kommune-2024"]) {
      const tags = findings.filter(({ cause }) => cause === "internal").map(({ tag }) => tag);
      expect([asset, requirement, tags]).toEqual([asset, requirement, []]);
    }
  });
});

describe("a difference", () => {
  test("in what was observed is found: the same records a hundred years later prove nothing", async () => {
    const copy = path.join(folder, "observations");
    await cp(DOMAINS, copy, { recursive: true });
    const name = (await readdir(copy)).find((each) => each.startsWith("dns.chain--domain_oevelse.dk--")) ?? "";
    const text = await readFile(path.join(copy, name), "utf8");
    const late = text.replace('"observedAt": "2026-', '"observedAt": "2126-');
    expect(late).not.toBe(text);
    await writeFile(path.join(copy, name), late);
    const withLate = await judgeRecordings(copy, RECORDINGS.mail.folder);
    const { lines, changedVerdicts } = compareReports(expected, withLate);
    expect(changedVerdicts).toEqual(["S18"]);
    expect(lines).toContain(`S18 ${SIGNED} (kommune-2024)`);
    expect(lines).toContain("  ~ verdict: pass -> indeterminate (internal)");
    expect(lines.some((line) => line.startsWith("  + S18_UNOBSERVED_INTERNAL (indeterminate): "))).toBe(true);
    expect(lines.some((line) => line.startsWith("  - S18_SECURE (pass): "))).toBe(true);
  });

  test("in words alone is shown, and is no change of verdict", () => {
    const [first] = found.readings["kommune-2024"].find(({ asset }) => asset === SIGNED)?.findings ?? [];
    const other = altered({ findings: [{ ...first, text: { da: "Andet.", en: first?.text.en } }] });
    const { lines, changedVerdicts } = compareReports(found, other);
    expect(changedVerdicts).toEqual([]);
    expect(lines[0]).toBe(`S18 ${SIGNED} (kommune-2024)`);
    expect(lines[1]).toMatch(/^ {2}~ S18_SECURE text: \{"da":".*-> \{"da":"Andet\."/u);
  });

  test("of which assets there are is shown", () => {
    const fewer = { ...found, readings: { ...found.readings, "stat-2024-10": [] } };
    expect(compareReports(found, fewer).lines).toContain("  - no longer judged");
    expect(compareReports(fewer, found).lines).toContain("  + not expected");
  });
});

describe("a verdict that changes", () => {
  test("asks for a higher version of its requirement", () => {
    const other = altered({ verdict: "indeterminate", cause: "internal" });
    expect(unraised(found, other)).toEqual(["S18"]);
    expect(unraised(found, { ...other, versions: { S18: (found.versions.S18 ?? 0) + 1 } })).toEqual([]);
    expect(unraised(found, found)).toEqual([]);
  });
});
