import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { toCsv } from "../../lib/reports/csv.ts";
import { FORMATS, renderResult, toJson } from "../../lib/reports/format.ts";
import { toJunit } from "../../lib/reports/junit.ts";
import { toSarif } from "../../lib/reports/sarif.ts";
import { HOSTILE, SAMPLE } from "./sample-result.ts";
import { readCsv, readXml } from "./readers.ts";

test.each(FORMATS)("%s ends in a line feed and holds nothing a terminal acts on", (format) => {
  const text = renderResult(SAMPLE, format, "da");
  expect(text.endsWith("\n")).toBe(true);
  // eslint-disable-next-line no-control-regex -- control characters are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]|\p{Cs}/u);
});

describe("JSON", () => {
  test("is the result, and as its published schema says", () => {
    const schema = readFileSync(new URL("../../docs/schemas/result.schema.json", import.meta.url), "utf8");
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(schema) as object);
    const written: unknown = JSON.parse(toJson(SAMPLE));
    expect(written).toEqual(SAMPLE);
    expect(validate(written) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...SAMPLE, extra: 1 })).toBe(true);
    expect(validate({ ...SAMPLE, schema: "kravvagt/result/2" })).toBe(false);
    expect(
      validate({ ...SAMPLE, requirements: [{ requirement: "S18", verdict: "ok", cause: null, assets: {} }] }),
    ).toBe(false);
  });
});

describe("SARIF", () => {
  const log = JSON.parse(toSarif(SAMPLE, "da")) as SarifLog;
  const [run] = log.runs;

  test("is version 2.1.0 with one run of this tool", () => {
    expect(log).toMatchObject({
      version: "2.1.0",
      runs: [{ tool: { driver: { name: "Kravvagt", version: "0.1.0" } } }],
    });
    expect(log.runs).toHaveLength(1);
    expect(run?.invocations).toMatchObject([{ executionSuccessful: true, startTimeUtc: SAMPLE.startedAt }]);
  });

  test("has a result for each finding that failed, warns or is open, and for no other", () => {
    const found = run?.results.map(({ ruleId, kind, level, locations }) => {
      return [locations[0]?.logicalLocations[0]?.fullyQualifiedName, ruleId, kind, level];
    });
    expect(found).toEqual([
      ["domain:attested.dk", "S18_UNSIGNED", "fail", "error"],
      ["domain:fail.dk", "S18_KEY_SHORT", "fail", "warning"],
      ["domain:fail.dk", "S18_UNSIGNED", "fail", "error"],
      ["domain:pass-warn.dk", "S18_KEY_SHORT", "fail", "warning"],
      ["domain:silent.dk", "S18_UNOBSERVED_DNS_TIMEOUT", "open", "none"],
    ]);
  });

  test("points each result at its rule, whose text comes from the requirement's messages", () => {
    const rules = run?.tool.driver.rules ?? [];
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(rules.find(({ id }) => id === "S18_UNSIGNED")?.shortDescription.text).toContain("<zone> er ikke signeret");
  });

  test("suppresses what is exempted, with the reason", () => {
    expect(run?.results[0]?.suppressions).toEqual([{ kind: "external", status: "accepted", justification: "Flyttes" }]);
  });

  test("doubles braces, because message texts may hold placeholders", () => {
    expect(run?.results[2]?.message.text).toContain("{{0}}");
    expect(run?.results[2]?.message.text).not.toMatch(/[^{]\{0\}/u);
  });

  test("tells what was not seen and what has no assets", () => {
    const said = run?.invocations[0]?.toolExecutionNotifications.map(({ message }) => message.text);
    expect(said).toEqual([
      SAMPLE.notSeen[0],
      expect.stringMatching(/^S19: Fortegnelsen har ingen aktiver, som kravet gælder for: domain\. .*- domain: /u),
    ]);
  });
});

interface SarifLog {
  runs: {
    tool: { driver: { rules: { id: string; shortDescription: { text: string } }[] } };
    invocations: { toolExecutionNotifications: { message: { text: string } }[] }[];
    results: {
      ruleId: string;
      ruleIndex: number;
      kind: string;
      level: string;
      message: { text: string };
      locations: { logicalLocations: { fullyQualifiedName: string }[] }[];
      suppressions?: unknown;
    }[];
  }[];
}

describe("JUnit", () => {
  const elements = readXml(toJunit(SAMPLE, "da"));

  test("is well-formed, with a suite per requirement and a case per asset", () => {
    const suites = elements.filter(({ name }) => name === "testsuite");
    expect(suites.map(({ attributes }) => attributes)).toMatchObject([
      { name: "S18 DNSSEC på alle domæner", tests: "6", failures: "1", errors: "1", skipped: "1" },
      { name: "S19 Mailgateways i DNSSEC-signerede domæner", tests: "1", failures: "0", errors: "1", skipped: "0" },
    ]);
    expect(elements[0]).toMatchObject({
      name: "testsuites",
      attributes: { tests: "7", failures: "1", errors: "2", skipped: "1" },
    });
  });

  test("a fail is a failure, the unknown an error, the inapplicable skipped, and the rest passes", () => {
    const outcome = (id: string): string[] =>
      elements.filter(({ parent }) => parent?.attributes.name === id).map(({ name }) => name);
    expect(outcome("domain:fail.dk")).toEqual(["failure", "system-out"]);
    expect(outcome("domain:silent.dk")).toEqual(["error"]);
    expect(outcome("domain:na.dk")).toEqual(["skipped"]);
    expect(outcome("domain:pass.dk")).toEqual([]);
    expect(outcome("domain:pass-warn.dk")).toEqual(["system-out"]);
    expect(outcome("domain:attested.dk")).toEqual(["system-out"]);
    expect(outcome("ingen aktiver")).toEqual(["error"]);
  });

  test("carries hostile text as text", () => {
    const failure = elements.find(({ name }) => name === "failure");
    expect(failure?.text).toContain("<b>&\"'\\u{202e}=1+1");
    expect(failure?.attributes.type).toBe("S18_UNSIGNED");
  });
});

describe("CSV", () => {
  const rows = readCsv(toCsv(SAMPLE));
  const [header, ...data] = rows;

  test("has a header, a row per finding and one for a requirement without assets, all of one width", () => {
    expect(header?.slice(0, 5)).toEqual(["asset", "kind", "requirement", "verdict", "cause"]);
    expect(data).toHaveLength(9);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([13]));
    expect(data.at(-1)?.slice(0, 5)).toEqual(["", "", "S19", "indeterminate", "no-inventory"]);
  });

  test("lets no cell begin a formula", () => {
    for (const cell of data.flat()) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/u);
    expect(data.flat()).toContain("'=cmd()");
  });

  test.each(["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠1"])("defuses %j", (text) => {
    const verdict = SAMPLE.verdicts[1]!;
    const findings = [{ ...verdict.findings[0]!, text }];
    const [, row] = readCsv(toCsv({ ...SAMPLE, verdicts: [{ ...verdict, findings }] }));
    expect(row?.[9]).toMatch(/^'/u);
  });

  test("quotes what must be quoted", () => {
    expect(toCsv(SAMPLE)).toContain('"\\u{1b}[31m<b>&""\'\\u{202e}=1+1,');
    expect(HOSTILE).toContain(",");
  });
});
