import { expect, test } from "@jest/globals";
import type { JudgedFinding } from "../../lib/core/finding.ts";
import { storedFinding } from "../../lib/reports/stored-finding.ts";
import { s18 } from "../../lib/requirements/s18/requirement.ts";

const FOUND: JudgedFinding = {
  ...{ tag: "S18_UNSIGNED", check: "s18.chain", clause: "1", outcome: "fail", cause: null },
  evidence: { zone: "eksempel.dk", domain: "eksempel.dk", parent: "dk", parentZone: "dk" },
};

test("a stored finding is told in either language, with its remedy", () => {
  const [da, en] = [storedFinding(s18, FOUND, "da"), storedFinding(s18, FOUND, "en")];
  expect(da.text).toContain("eksempel.dk er ikke signeret med DNSSEC");
  expect(en.text).toContain("eksempel.dk is not signed with DNSSEC");
  expect(da.remedy).toBeDefined();
  expect("cause" in da || "exempted" in da).toBe(false);
});

test.each([
  ["a tag that is no more", { tag: "S18_LONG_GONE" }],
  ["a tag that is a word of the language", { tag: "constructor" }],
  ["arguments that are no more", { evidence: {} }],
])("older than the words: %s keeps its tag for a text", (_, change) => {
  const told = storedFinding(s18, { ...FOUND, ...change }, "da");
  expect(told.text).toBe(told.tag);
  expect(told.remedy).toBeUndefined();
});

test("a requirement that is no longer built has tags for texts", () => {
  expect(storedFinding(undefined, FOUND, "da")).toMatchObject({ text: "S18_UNSIGNED", outcome: "fail" });
});

test("cause and exemption are told where there are any", () => {
  const exempted = { reason: "Flyttes", by: "Anna And", validUntil: "2027-01-01T00:00:00.000Z" };
  expect(storedFinding(s18, { ...FOUND, exempted }, "da").exempted).toEqual(exempted);
  const silent: JudgedFinding = { ...FOUND, outcome: "indeterminate", cause: "dns-timeout" };
  expect(storedFinding(s18, silent, "da").cause).toBe("dns-timeout");
});
