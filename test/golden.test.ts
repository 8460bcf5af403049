import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { compareReports, unraised } from "../scripts/golden/golden-difference.ts";
import { type GoldenReport, judgeRecordings } from "../scripts/golden/golden-report.ts";
import { RECORDINGS } from "../scripts/golden/recordings.ts";

const EXPECTED = path.resolve(import.meta.dirname, "golden/expected.json");
const SIGNED = "domain:oevelse.dk";

let folder = "";
let expected: GoldenReport;
let found: GoldenReport;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kravvagt-golden-"));
  expected = JSON.parse(await readFile(EXPECTED, "utf8")) as GoldenReport;
  found = await judgeRecordings(RECORDINGS);
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

  test("hold every verdict and outcome that S18 can reach, and zones that the readings judge otherwise", () => {
    const municipal = found.readings["kommune-2024"];
    const has = (values: readonly string[]) => [...new Set(values)].sort();
    expect(has(municipal.map(({ verdict }) => verdict))).toEqual(["attested", "fail", "indeterminate", "pass"]);
    expect(has(municipal.flatMap(({ cause }) => cause ?? []))).toEqual([
      "asset-not-found",
      "dns-servfail",
      "dns-timeout",
    ]);
    expect(has(municipal.flatMap(({ findings }) => findings.map(({ outcome }) => outcome)))).toContain("warn");
    const differing = found.readings["stat-2024-10"].filter(
      ({ verdict }, index) => verdict !== municipal[index]?.verdict,
    );
    expect(differing.map(({ asset, verdict }) => [asset, verdict])).toEqual([
      ["domain:affald-oevelse.dk", "fail"],
      ["domain:miljoe-oevelse.dk", "fail"],
    ]);
  });
});

describe("a difference", () => {
  test("in what was observed is found: the same records a hundred years later prove nothing", async () => {
    const copy = path.join(folder, "observations");
    await cp(RECORDINGS, copy, { recursive: true });
    const name = (await readdir(copy)).find((each) => each.startsWith("dns.chain--domain_oevelse.dk--")) ?? "";
    const text = await readFile(path.join(copy, name), "utf8");
    const late = text.replace('"observedAt": "2026-', '"observedAt": "2126-');
    expect(late).not.toBe(text);
    await writeFile(path.join(copy, name), late);
    const { lines, changedVerdicts } = compareReports(expected, await judgeRecordings(copy));
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
