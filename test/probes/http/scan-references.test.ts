import { describe, expect, test } from "@jest/globals";
import { scanReferences } from "../../../lib/probes/http/scan-references.ts";

const URL = "https://www.kommune.dk/";
const plainOf = (page: string, url = URL): readonly string[] =>
  scanReferences(page, url).plain.map((each) => `${each.kind} ${each.url}`);

describe("references by plain HTTP", () => {
  test.each([
    ["<a href=http://a.dk/x#y>", "link http://a.dk/x"],
    ["<AREA HREF=' \nHTTP://A.dk/x'>", "link http://a.dk/x"],
    ["<form action=http://a.dk/>", "form http://a.dk/"],
    ["<button formaction=http://a.dk/>", "form http://a.dk/"],
    ["<link rel='x Canonical' href=http://a.dk/>", "canonical http://a.dk/"],
    ["<link rel=stylesheet href=http://a.dk/s>", "resource http://a.dk/s"],
    ["<img src=http://a.dk/i>", "resource http://a.dk/i"],
    ["<script src=http://a.dk/j></script>", "resource http://a.dk/j"],
    ["<iframe src=http://a.dk/f></iframe>", "resource http://a.dk/f"],
    ["<object data=http://a.dk/o>", "resource http://a.dk/o"],
    ["<a href='http&colon;//a.dk/&amp;'>", "link http://a.dk/&"],
    ["<base href=http://a.dk/b/><a href=c>", "link http://a.dk/b/c"],
    ["<a href=c><base href=http://a.dk/b/>", "link http://a.dk/b/c"],
    ["<template></template><a href=http://a.dk/>", "link http://a.dk/"],
    ["<svg><title><a href=http://a.dk/></a></title></svg>", "link http://a.dk/"],
  ])("%s", (page, expected) => {
    expect(plainOf(page)).toEqual([expected]);
  });

  test.each([
    "<a href=https://a.dk/>",
    "<a href=/x><form><img src=y>",
    "<a href=mailto:http://a.dk/>",
    "<a data-href=http://a.dk/>",
    "<link rel=alternate href=http://a.dk/>",
    "<!-- <a href=http://a.dk/> -->",
    "<script>'<a href=http://a.dk/>'</script>",
    "<style><a href=http://a.dk/></style>",
    "<title><a href=http://a.dk/></title>",
    "<textarea><a href=http://a.dk/></textarea>",
    "<noscript><a href=http://a.dk/></noscript>",
    "<template><a href=http://a.dk/></template>",
    "<a href='http://'>",
    "http://a.dk/",
  ])("are none in %s", (page) => {
    expect(plainOf(page)).toEqual([]);
  });

  test("of a page that came by plain HTTP are all of its own", () => {
    expect(plainOf("<a href=/x><form>", "http://www.kommune.dk/a")).toEqual([
      "link http://www.kommune.dk/x",
      "form http://www.kommune.dk/a",
    ]);
  });

  test("are bounded, those of the same owner staying", () => {
    const others = Array.from({ length: 50 }, (_, at) => `<a href=http://a${at}.dk/>`).join("");
    const plain = plainOf(`${others}<a href=http://a1.dk/><a href=http://kommune.dk/x><a href=http://b.kommune.dk/>`);
    expect(plain).toHaveLength(20);
    expect(plain.slice(0, 2)).toEqual(["link http://a0.dk/", "link http://a1.dk/"]);
    expect(plain.slice(-2)).toEqual(["link http://kommune.dk/x", "link http://b.kommune.dk/"]);
    const long = "x".repeat(600);
    expect(plainOf(`<a href=http://a.dk/b?${long}><a href=http://c.dk/${long}>`)).toEqual([
      "link http://a.dk/b",
      "link http://c.dk/",
    ]);
  });
});

describe("the page and the resource of the same host", () => {
  test.each([
    ["<a href=/#x><a href=/?y><a href=https://b.dk/z><a href=/s.PDF><a href=om?b=c#d>", `${URL}om?b=c`, null],
    ["<a href=http://www.kommune.dk/om>", `${URL}om`, null],
    ["<a href=https://www.kommune.dk:8443/om>", null, null],
    ["<img src=//b.dk/x><img src=data:x><img src=/y><script src=z></script>", null, `${URL}y`],
    ["<link rel=icon href=/x><link rel=stylesheet href=/y>", null, `${URL}y`],
    ["", null, null],
  ])("%s", (html, page, resource) => {
    expect(scanReferences(html, URL)).toMatchObject({ page, resource });
  });

  test("keep the port of the page", () => {
    const seen = scanReferences("<a href=/om>", "http://www.kommune.dk:8080/");
    expect(seen.page).toBe("https://www.kommune.dk:8080/om");
  });
});

/** Far above what any takes, far below what one of quadratic time would. */
const PATIENCE_MS = 5000;
const SIZE = 262_144;

test.each([
  ["one tag with all attributes", `<a ${Array.from({ length: 60_000 }, (_, at) => at.toString(36)).join(" ")}`],
  ["nothing but openings", "<".repeat(SIZE)],
  ["comments that never end", "<!--".repeat(SIZE / 4)],
  ["scripts within scripts", "<script><!--<script ".repeat(13_000)],
  ["SVG within SVG", "<svg>".repeat(SIZE / 5)],
  ["MathML within MathML", "<math><mi>".repeat(SIZE / 10)],
  ["character references", "&notit".repeat(SIZE / 6)],
  ["an attribute without end", `<a href="${" ".repeat(SIZE)}`],
  ["different links", Array.from({ length: 14_000 }, (_, at) => `<a href=http://${at}.dk>`).join("")],
])("a page of %s takes no long time", (_, page) => {
  const startedAt = performance.now();
  const seen = scanReferences(page, URL);
  expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
  expect(seen.plain.length).toBeLessThanOrEqual(20);
});
