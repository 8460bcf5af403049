import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { asciiText } from "../../lib/reports/plain-letters.ts";
import { septetsOf, smsText, SMS_SEPTETS } from "../../lib/reports/sms-text.ts";

describe("septets of the GSM alphabet (3GPP TS 23.038 section 6.2.1)", () => {
  test("letters of the default alphabet count one, Danish ones among them", () => {
    expect(septetsOf("æøåÆØÅ §@")).toBe(9);
  });

  test("characters of the extension table take an escape, so two", () => {
    expect(septetsOf("^{}\\[~]|€")).toBe(18);
    expect(septetsOf("a€b")).toBe(4);
  });

  test.each(["ý", "–", "…", "ł", "😀", "\u0000", "`", "ç"])("%j is in neither", (character) => {
    expect(() => septetsOf(character)).toThrow(RangeError);
  });
});

describe("the text of one message", () => {
  test("what fits stays as it is", () => {
    expect(smsText("Kommunen Øvelse: S18 ikke længere opfyldt: havn-oevelse.dk")).toBe(
      "Kommunen Øvelse: S18 ikke længere opfyldt: havn-oevelse.dk",
    );
  });

  test("other letters are spelt, and what cannot be is a question mark", () => {
    expect(smsText("opfyldt → ikke opfyldt – «Čuček»… ý 😀 日本 `x`")).toBe(
      'opfyldt -> ikke opfyldt - "Cucek"... y ? ?? ?x?',
    );
  });

  test("it is one line", () => {
    expect(smsText(" a\r\nb\tc\u2028d ")).toBe("a b c d");
  });

  test.each([
    ["a".repeat(160), "a".repeat(160)],
    ["a".repeat(161), `${"a".repeat(157)}...`],
    ["€".repeat(80), "€".repeat(80)],
    ["€".repeat(81), `${"€".repeat(78)}...`],
    [`a${"€".repeat(80)}`, `a${"€".repeat(78)}...`],
    [`${"a".repeat(156)} bbbbb`, `${"a".repeat(156)}...`],
  ])("%#: it is cut at the septet", (text, cut) => {
    expect(smsText(text)).toBe(cut);
    expect(septetsOf(cut)).toBeLessThanOrEqual(SMS_SEPTETS);
  });

  test("any text makes one message", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const made = smsText(text);
        expect(septetsOf(made)).toBeLessThanOrEqual(SMS_SEPTETS);
        expect(made).not.toMatch(/[\r\n]/u);
      }),
    );
  });
});

describe("printable ASCII", () => {
  test("Danish letters are spelt as in names without them", () => {
    expect(asciiText("S18 ikke længere opfyldt: kommune-ø.dk på Ærø…")).toBe(
      "S18 ikke laengere opfyldt: kommune-oe.dk paa AEroe...".replace("AE", "Ae"),
    );
  });

  test("any text becomes printable ASCII of one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(asciiText(text)).toMatch(/^[ -~]*$/u);
      }),
    );
  });
});
