import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { printable, printableJson, printableLines } from "../../lib/reports/printable.ts";

describe("printable", () => {
  test.each([
    ["æøå ÆØÅ – 漢字 💩", "æøå ÆØÅ – 漢字 💩"],
    ["\u001b]0;x\u0007", "\\u{1b}]0;x\\u{7}"],
    ["a\nb\tc", "a\\u{a}b\\u{9}c"],
    ["\u0085\u2028\u2029\ufeff\u200b", "\\u{85}\\u{2028}\\u{2029}\\u{feff}\\u{200b}"],
    ["\u202ekd.elpmaxe\u2066", "\\u{202e}kd.elpmaxe\\u{2066}"],
    ["\ud800", "\\u{d800}"],
  ])("%j", (text, wanted) => {
    expect(printable(text)).toBe(wanted);
  });

  test("lines keep their breaks and tabs, and nothing else", () => {
    expect(printableLines("a\n\tb\u001b[0m")).toBe("a\n\tb\\u{1b}[0m");
  });

  test("JSON is the same data, without anything unprintable", () => {
    fc.assert(
      fc.property(fc.json(), fc.string({ unit: "binary" }), (json, text) => {
        const value: unknown = { text, json: JSON.parse(json) as unknown };
        const written = printableJson(value);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(printableLines(written)).toBe(written);
      }),
    );
  });
});
