import { describe, expect, test } from "@jest/globals";
import { expand, type MacroValues, targetName } from "../../../lib/mail/spf/macro-expansion.ts";
import { parseMacroString } from "../../../lib/parsers/spf-macro.ts";

/** The sender of RFC 7208 section 7.4. */
const VALUES: Readonly<Record<string, string>> = {
  s: "strong-bad@email.example.com",
  l: "strong-bad",
  o: "email.example.com",
  d: "email.example.com",
  i: "192.0.2.3",
  v: "in-addr",
};
const values: MacroValues = (letter) => VALUES[letter] ?? null;

function expanded(text: string): string | null {
  const parsed = parseMacroString(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return expand(parsed.value, values);
}

describe("the examples of RFC 7208 section 7.4", () => {
  test.each([
    ["%{s}", "strong-bad@email.example.com"],
    ["%{o}", "email.example.com"],
    ["%{d}", "email.example.com"],
    ["%{d4}", "email.example.com"],
    ["%{d3}", "email.example.com"],
    ["%{d2}", "example.com"],
    ["%{d1}", "com"],
    ["%{dr}", "com.example.email"],
    ["%{d2r}", "example.email"],
    ["%{l}", "strong-bad"],
    ["%{l-}", "strong.bad"],
    ["%{lr}", "strong-bad"],
    ["%{lr-}", "bad.strong"],
    ["%{l1r-}", "strong"],
    ["%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"],
    ["%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"],
    ["%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"],
    ["%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"],
    ["%{S}", "strong-bad%40email.example.com"],
    ["%%%_%-", "% %20"],
  ])("%s is %s", (text, result) => {
    expect(expanded(text)).toBe(result);
  });

  test("what is not known leaves the whole unknown", () => {
    expect(expanded("x.%{h}.y")).toBeNull();
  });
});

describe("names to look up", () => {
  test("a final dot changes nothing, letters become small, odd octets are escaped", () => {
    expect(targetName("Example.ORG.")).toEqual({ ok: true, value: "example.org." });
    expect(targetName("a b\\.example.org")).toEqual({ ok: true, value: "a\\032b\\\\.example.org." });
  });

  test("long ones lose labels from the left until 253 characters are left (RFC 7208 section 7.3)", () => {
    const label = "a".repeat(49);
    const fits = Array<string>(5).fill(label).join(".");
    expect(targetName(`x.${fits}`)).toEqual({ ok: true, value: `x.${fits}.` });
    expect(targetName(`gone.xxxxxx.${fits}`)).toEqual({ ok: true, value: `${fits}.` });
    expect(targetName(`gone.xxx.${fits}`)).toEqual({ ok: true, value: `xxx.${fits}.` });
  });

  test.each(["", ".", "a..b", `${"a".repeat(64)}.org`, "a".repeat(300)])("%j makes none", (text) => {
    expect(targetName(text).ok).toBe(false);
  });
});
