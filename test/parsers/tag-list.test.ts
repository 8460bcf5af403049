import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DKIM_TAGS, DMARC_TAGS, parseTagList, withoutMargins } from "../../lib/parsers/tag-list.ts";
import { cpuMilliseconds } from "../support/cpu-time.ts";

const latin1 = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 200 })
  .map((octets) => String.fromCharCode(...octets));

/** Letters, signs and white space that tag lists are made of, so that many of the texts are nearly right. */
const nearly = fc
  .array(fc.constantFrom("v", "p", "=", ";", " ", "\t", "\r\n", "\r\n ", "_", "9", "DKIM1", "\u0000", "é"), {
    maxLength: 40,
  })
  .map((parts) => parts.join(""));

function tags(text: string, rules = DKIM_TAGS): unknown {
  const list = parseTagList(text, rules);
  return list.ok ? list.value.map(({ name, value }) => `${name}=${value}`) : null;
}

describe("DKIM's tag lists (RFC 6376 section 3.2)", () => {
  test.each([
    ["v=DKIM1; p=ABC", ["v=DKIM1", "p=ABC"]],
    ["v=DKIM1;p=ABC;", ["v=DKIM1", "p=ABC"]],
    ["v=DKIM1;p=ABC; \t", ["v=DKIM1", "p=ABC"]],
    [" v = DKIM1 ;\tp = A B ", ["v=DKIM1", "p=A B"]],
    ["v=DKIM1;\r\n p=AB\r\n\tCD", ["v=DKIM1", "p=AB\tCD"]],
    ["p=", ["p="]],
    ["p=;", ["p="]],
    ["k=rsa; k=rsa", ["k=rsa", "k=rsa"]],
    ["n=a=b", ["n=a=b"]],
    ["x_1=y", ["x_1=y"]],
    ["V=1", ["V=1"]],
  ])("%j", (text, expected) => expect(tags(text)).toEqual(expected));

  test.each([
    "",
    ";",
    " ",
    "v",
    "v;p=1",
    "v=1;;p=2",
    ";v=1",
    "=1",
    "1v=1",
    "_v=1",
    "v-1=1",
    "v v=1",
    "p=é",
    "p=\u0000",
    "p=a\r\nb",
  ])("%j is malformed", (text) => expect(tags(text)).toBeNull());
});

describe("DMARC's tag lists (RFC 9989 section 4.8)", () => {
  test.each([
    ["v=DMARC1; p=none", ["v=DMARC1", "p=none"]],
    ["v=DMARC1\t;\tp=none\t;\t", ["v=DMARC1", "p=none"]],
  ])("%j", (text, expected) => expect(tags(text, DMARC_TAGS)).toEqual(expected));

  test.each(["p=", "v=DMARC1; p= ", "x_1=y", "x1=y", "v=DMARC1;\r\n p=none"])("%j is malformed", (text) =>
    expect(tags(text, DMARC_TAGS)).toBeNull(),
  );
});

describe("bounds", () => {
  test("length: 16,384 octets are read, one more is not", () => {
    const text = `p=${"A".repeat(16_382)}`;
    expect(tags(text)).toHaveLength(1);
    expect(tags(`${text}A`)).toBeNull();
  });

  test("tags: 128 are read, one more is not", () => {
    expect(tags("a=1;".repeat(128))).toHaveLength(128);
    expect(tags("a=1;".repeat(129))).toBeNull();
  });

  test("spaces cost no more than their number", () => {
    const took = cpuMilliseconds(() => {
      for (let count = 0; count < 100; count += 1) parseTagList(`p=${" ".repeat(16_000)}x;`);
    });
    expect(took).toBeLessThan(2_000);
  });
});

describe("whatever comes", () => {
  test("nothing throws, and what is read is clean", () => {
    fc.assert(
      fc.property(fc.oneof(latin1, nearly), fc.constantFrom(DKIM_TAGS, DMARC_TAGS), (text, rules) => {
        const list = parseTagList(text, rules);
        if (!list.ok) return;
        for (const { name, value } of list.value) {
          expect(rules.name.test(name)).toBe(true);
          expect(value).toMatch(/^[\t -~]*$/);
          expect(value).not.toContain(";");
          expect(withoutMargins(value)).toBe(value);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("a list that is written is read back", () => {
    const name = fc.stringMatching(/^[a-z]{1,5}$/);
    const value = fc.stringMatching(/^[!-:<-~]([ -:<-~]{0,10}[!-:<-~])?$/);
    const margin = fc.constantFrom("", " ", "\t", "  ");
    const list = fc.array(fc.record({ name, value }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(list, margin, fc.boolean(), (expected, space, isEnded) => {
        const text = expected.map((tag) => `${space}${tag.name}${space}=${space}${tag.value}${space}`).join(";");
        const read = parseTagList(isEnded ? `${text};` : text, DMARC_TAGS);
        expect(read).toEqual({ ok: true, value: expected });
      }),
    );
  });
});
