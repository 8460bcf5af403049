import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { entityTag, isNamed } from "../../lib/status/etag.ts";
import { preferredLanguage, prefersPage } from "../../lib/status/negotiate.ts";

describe("a page is preferred", () => {
  test.each([
    "text/html",
    "TEXT/HTML",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
    "application/json;q=0.5, text/html;q=0.6",
    "text/*",
    "text/html;charset=utf-8",
    "application/json;q=0, */*",
  ])("by %s", (accept) => expect(prefersPage(accept)).toBe(true));

  test.each([
    undefined,
    "",
    "*/*",
    "application/json",
    "application/json, text/html",
    "text/html;q=0",
    "text/html;q=0.5, application/json",
    "text/html;q=0.5, */*",
    "text/html;q=high",
    "text/html;q=1.5",
    "text/html;q=0.12345",
    "application/problem+json",
    ",,;;,",
  ])("not by %s", (accept) => expect(prefersPage(accept)).toBe(false));
});

describe("the language", () => {
  test.each([
    [undefined, null],
    ["da", "da"],
    ["en", "en"],
    ["EN-us", "en"],
    ["en;q=0.5, da;q=0.6", "da"],
    ["en, da", null],
    ["*", null],
    ["en;q=0, *", "da"],
    ["de, en;q=0.1", "en"],
    ["dan", null],
    ["da;q=0", null],
    ["en-GB;q=0.2, en;q=0.9, da;q=0.5", "en"],
  ] as const)("of %s", (field, language) => {
    for (const otherwise of ["da", "en"] as const) {
      expect(preferredLanguage(field, otherwise)).toBe(language ?? otherwise);
    }
  });

  test("of any text is one of the two", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (field) => ["da", "en"].includes(preferredLanguage(field, "da"))),
    );
  });
});

describe("an entity tag", () => {
  test("is the same for the same bytes, and for no others", () => {
    expect(entityTag("a")).toBe(entityTag(Buffer.from("a")));
    expect(entityTag("a")).not.toBe(entityTag("b"));
  });

  test("is named whole, weak or strong, alone or in a list, with commas inside", () => {
    const tag = '"a,b"';
    for (const field of [tag, ` ${tag} `, `W/${tag}`, `"x", ${tag}`, `"x",W/${tag},"y"`, "*"]) {
      expect([field, isNamed(tag, field)]).toEqual([field, true]);
    }
    for (const field of [undefined, "", '"a"', "a,b", '"a,b', 'a,b"', '"x", "b"', '"*"']) {
      expect([field, isNamed(tag, field)]).toEqual([field, false]);
    }
  });
});
