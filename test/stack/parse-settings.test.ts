import { describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { parseSettings } from "../../lib/stack/parse-settings.ts";
import { EXAMPLE_FILE, readSettings, SETTINGS_FILE } from "../../lib/stack/read-settings.ts";
import { SettingsFileError } from "../../lib/stack/settings-problem.ts";

const LEAST = `version: 1
municipality: "0101"
alerts: { email: [a@example.dk] }
operator: { email: [b@example.dk] }
`;

function problemsIn(text: string): readonly string[] {
  try {
    parseSettings(text, "k.yaml");
  } catch (error) {
    if (error instanceof SettingsFileError) return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("deployment settings", () => {
  test("what need not be said has a default", () => {
    expect(parseSettings(LEAST, "k.yaml")).toEqual({
      ...{ version: 1, name: "Kravvagt", region: "eu-north-1", municipality: "0101", language: "da" },
      alerts: { email: ["a@example.dk"], sms: [] },
      operator: { email: ["b@example.dk"] },
      ...{ api: { by: "iam" }, cadence: { domains: "1h", mail: "6h", web: "24h" } },
      ...{ concurrency: { domains: 5, mail: 2, web: 2, reserve: true }, mail: { vpc: null } },
      ...{ logs: { days: 90 }, evidence: { lockDays: null }, tracing: false },
    });
  });

  test("JSON, and a byte order mark, are read too", () => {
    const settings = parseSettings(LEAST, "k.yaml");
    expect(parseSettings(`\uFEFF${JSON.stringify(settings)}`, "k.json")).toEqual(settings);
  });

  test.each([
    ["an unknown field", "colour: red", "5:1: colour: found an unknown field; expected a known field: version, name,"],
    ["a nested one", "logs:\n  weeks: 1", "6:3: logs.weeks: found an unknown field; expected a known field: days"],
    [
      "one of the other kind of access",
      "api: { by: iam, issuer: x }",
      "5:17: api.issuer: found an unknown field; expected a known field: by",
    ],
    ["no kind of access", "api: {}", "5:1: api.by: found nothing (the field is missing); expected by: iam, or by: jwt"],
    [
      "a token without audience",
      "api: { by: jwt, issuer: 'https://x.dk' }",
      "5:1: api.audience: found nothing (the field is missing); expected a list of ids",
    ],
    [
      "an empty audience",
      "api: { by: jwt, issuer: 'https://x.dk', audience: [] }",
      "5:41: api.audience: found a list of 0; expected at least one id",
    ],
    [
      "an issuer without TLS",
      "api: { by: jwt, issuer: 'http://x.dk', audience: [a] }",
      '5:17: api.issuer: found "http://x.dk"; expected an https address',
    ],
    [
      "a cadence that does not divide the day",
      "cadence: { domains: 7h }",
      '5:12: cadence.domains: found "7h"; expected one of 15m,',
    ],
    [
      "too little at once",
      "concurrency: { domains: 1 }",
      "5:16: concurrency.domains: found 1; expected a whole number from 2 to 100",
    ],
    [
      "half a batch",
      "concurrency: { domains: 2.5 }",
      "5:16: concurrency.domains: found 2.5; expected a whole number from 2 to 100",
    ],
    [
      "days that CloudWatch does not know",
      "logs: { days: 91 }",
      "5:9: logs.days: found 91; expected one of 30, 60, 90,",
    ],
    [
      "a lock of no days",
      "evidence: { lockDays: 0 }",
      "5:13: evidence.lockDays: found 0; expected null, or whole days from 1 to 36500",
    ],
    [
      "a region that is none",
      "region: Stockholm",
      '5:1: region: found "Stockholm"; expected a region such as eu-north-1',
    ],
    [
      "a name that CloudFormation refuses",
      "name: 9 lives",
      '5:1: name: found "9 lives"; expected a letter, then letters, digits and hyphens',
    ],
    ["a text for a flag", "tracing: yes please", '5:1: tracing: found "yes please"; expected true or false'],
    ["an empty field", "logs:", "5:1: logs: found an empty field; expected fields (name: value)"],
    ["an alias", "name: &n Vagt\nregion: *n", "1:1: found an alias (*name); expected each value written out"],
    ["what is no YAML", "alerts: [", "found what is not YAML ("],
  ])("%s is named with its place", (_, line, problem) => {
    const problems = problemsIn(`${LEAST}${line}\n`);
    expect(problems).toHaveLength(line === "alerts: [" ? problems.length : 1);
    expect(problems[0]).toContain("k.yaml:");
    expect(problems[0]).toContain(problem);
  });

  test.each([
    [
      "nobody to alert",
      "alerts: { email: [] }",
      "alerts.email: found a list of 0; expected at least one e-mail address",
    ],
    ["no alerts", "", "alerts: found nothing (the field is missing); expected fields (name: value)"],
    [
      "one address that is none",
      "alerts: { email: [a@example.dk, example.dk] }",
      'alerts.email[1]: found "example.dk"; expected an e-mail address',
    ],
    [
      "one address, no list",
      "alerts: { email: a@example.dk }",
      'alerts.email: found "a@example.dk"; expected a list of e-mail addresses',
    ],
    [
      "a national number",
      'alerts: { email: [a@example.dk], sms: ["12345678"] }',
      'alerts.sms[0]: found "12345678"; expected a telephone number with country code',
    ],
    [
      "a number that YAML took for one",
      "alerts: { email: [a@example.dk], sms: [+4512345678] }",
      "alerts.sms[0]: found 4512345678; expected a telephone number",
    ],
  ])("%s", (_, alerts, problem) => {
    const text = LEAST.replace("alerts: { email: [a@example.dk] }", alerts);
    const problems = problemsIn(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test("a municipality id that YAML took for a number is asked for in quotation marks", () => {
    const [problem] = problemsIn(LEAST.replace('"0101"', "0101"));
    expect(problem).toBe(
      "k.yaml:2:1: municipality: found 101; expected the inventory's municipality id, in quotation marks",
    );
  });

  test("everything that is wrong is told, in the order of the file", () => {
    const problems = problemsIn("tracing: 1\nversion: 2\nalerts: 7\ncolour: red\n");
    const fields = problems.map((line) => line.split(" ")[1]);
    expect(fields).toEqual(["municipality:", "operator:", "tracing:", "version:", "alerts:", "colour:"]);
  });

  test("no text makes it throw anything but a list of problems, and none is let through", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const problems = problemsIn(text);
        expect(problems.length).toBeGreaterThan(0);
        for (const problem of problems) expect(problem.length).toBeLessThan(500);
      }),
    );
  });
});

describe("the file", () => {
  function inFolder<T>(files: Readonly<Record<string, string>>, work: (folder: string) => T): T {
    const folder = mkdtempSync(path.join(tmpdir(), "kravvagt-settings-"));
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
      return work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  test("is the usual one where it is there", () => {
    const own = LEAST.replace("0101", "0202");
    const read = inFolder({ [SETTINGS_FILE]: own, [EXAMPLE_FILE]: LEAST }, (folder) => readSettings(folder));
    expect([read.file, read.isExample, read.settings.municipality]).toEqual([SETTINGS_FILE, false, "0202"]);
  });

  test("is the example, and says so, where nobody has written one", () => {
    const read = inFolder({ [EXAMPLE_FILE]: LEAST }, (folder) => readSettings(folder));
    expect([read.file, read.isExample]).toEqual([EXAMPLE_FILE, true]);
  });

  test("must be there when it was named: nothing takes its place", () => {
    inFolder({ [EXAMPLE_FILE]: LEAST }, (folder) => {
      expect(() => readSettings(folder, SETTINGS_FILE)).toThrow(
        `${SETTINGS_FILE}:1:1: found no such file; expected the deployment settings: copy ${EXAMPLE_FILE}`,
      );
    });
  });

  test("a wrong one is no reason to take the example", () => {
    inFolder({ [SETTINGS_FILE]: "version: 2", [EXAMPLE_FILE]: LEAST }, (folder) => {
      expect(() => readSettings(folder)).toThrow(SettingsFileError);
    });
  });

  test("a trouble that is no missing file is told as it is", () => {
    inFolder({ [EXAMPLE_FILE]: LEAST }, (folder) => {
      expect(() => readSettings(path.dirname(folder), path.basename(folder))).toThrow(/EISDIR/u);
    });
  });

  test("the example that is checked in can be read", () => {
    const house = path.resolve(import.meta.dirname, "../..");
    expect(readSettings(house, EXAMPLE_FILE).settings.alerts.email).toEqual(["it-sikkerhed@example.dk"]);
  });
});
