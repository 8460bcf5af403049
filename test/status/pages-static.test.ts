import { describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { reduceCss } from "../../scripts/reduce-css.ts";
import { STATIC_ASSETS, STYLE_PATH, TAB_ICON_PATH } from "../../lib/status/assets.ts";
import { renderPage } from "../../lib/status/pages/index.ts";
import { AT, bodiesWith, PAGE_IDS, PATHS } from "../browser/bodies.ts";
import { readMarkup } from "../browser/markup.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const LARGEST_TOTAL = 400 * 1024;

const style = Buffer.from(STATIC_ASSETS.get(STYLE_PATH.replace("/assets/", ""))?.body ?? []).toString("utf8");

describe("the static files", () => {
  test("are as copied from dkfds and pages.css, with both licences", () => {
    const check = ["scripts/copy-dkfds.ts", "--check"];
    expect(execFileSync(process.execPath, check, { cwd: ROOT, encoding: "utf8" })).toBe("");
    for (const licence of ["LICENSE-dkfds.md", "LICENSE-IBM-Plex.txt"]) {
      expect(readFileSync(path.join(ROOT, "lib/status/static", licence), "utf8")).toMatch(/MIT|SIL OPEN FONT/u);
    }
  });

  test("are few and small", () => {
    const total = [...STATIC_ASSETS.values()].reduce((sum, { body }) => sum + body.byteLength, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThan(LARGEST_TOTAL);
  });

  test("carry a hash of their content in the name, and a media type", () => {
    const types = { css: "text/css; charset=utf-8", svg: "image/svg+xml", woff2: "font/woff2" };
    for (const [name, { type, body }] of STATIC_ASSETS) {
      const [, hash, extension = ""] = /^[a-z-]+\.([0-9a-f]{16})\.([a-z0-9]+)$/u.exec(name) ?? [];
      expect(createHash("sha256").update(body).digest("hex").slice(0, 16)).toBe(hash);
      expect(type).toBe(types[extension as keyof typeof types]);
    }
    expect(STATIC_ASSETS.has(TAB_ICON_PATH.replace("/assets/", ""))).toBe(true);
  });

  test("fonts are fonts and pictures hold no script", () => {
    for (const [name, { body }] of STATIC_ASSETS) {
      const text = Buffer.from(body).toString("latin1");
      if (name.endsWith(".woff2")) expect(text.slice(0, 4)).toBe("wOF2");
      if (name.endsWith(".svg")) expect(text).not.toMatch(/<script|on[a-z]+=|href|style=/iu);
    }
  });

  test("the style loads nothing but files beside it", () => {
    const named = [...style.matchAll(/url\(([^)]*)\)/gu)].map((match) => match[1] ?? "");
    expect(named.length).toBeGreaterThan(4);
    for (const name of named) expect(STATIC_ASSETS.has(name)).toBe(true);
    expect(style).not.toMatch(/@import|data:|https?:|expression\(/u);
  });

  test("every class of every page has a style, and no font or picture is copied for nothing", () => {
    const pages = PAGE_IDS.map((id) =>
      renderPage(id, bodiesWith("example.dk")[id], { language: "da", here: PATHS[id], now: AT }),
    );
    const used = new Set(
      pages.flatMap((page) =>
        readMarkup(page).tags.flatMap(({ attributes }) => attributes.get("class")?.split(" ") ?? []),
      ),
    );
    const styled = new Set([...style.matchAll(/\.(-?[a-zA-Z_][\w-]*)/gu)].map((match) => match[1]));
    const plain = ["alert-body", "event-baseline"];
    expect([...used].filter((name) => !styled.has(name) && !plain.includes(name))).toEqual([]);
    const loaded = [...STATIC_ASSETS.keys()].filter(
      (name) => /svg$|woff2$/u.test(name) && !name.startsWith("kravvagt"),
    );
    expect(loaded.filter((name) => !style.includes(name))).toEqual([]);
  });

  test("no file is read at run time, so that a bundle is whole", () => {
    expect(readFileSync(path.join(ROOT, "lib/status/assets.ts"), "utf8")).not.toMatch(/node:fs|import\.meta/u);
  });
});

describe("reduceCss", () => {
  const kept = { classes: new Set(["a", "b"]), elements: new Set(["p", "ul"]) };

  test.each([
    ["keeps what names kept classes and elements only", ".a p{x:1}.c{y:2}.a.c{y:2}i{z:3}", ".a p{x:1}"],
    ["keeps the selectors of a list that are kept", ".a,.c,p>.b{x:1}", ".a,p>.b{x:1}"],
    ["looks past :not()", "ul:not(.c):not(.d),.a:not(p,.c .d){x:1}", "ul:not(.c):not(.d),.a:not(p,.c .d){x:1}"],
    [
      "goes into media, and leaves out empty ones",
      "@media print{.a{x:1}.c{y:2}}@media(x){.c{y:2}}",
      "@media print{\n.a{x:1}\n}",
    ],
    ["leaves out fonts and animations", "@font-face{src:url(x)}@keyframes k{0%{x:1}to{x:2}}.a{x:1}", ".a{x:1}"],
    [
      "leaves out form controls and foreign ids",
      "[type=text]{x:1}#c{x:1}#main-content:focus,.a{x:1}",
      "#main-content:focus,.a{x:1}",
    ],
    ["leaves out what only one browser knows", ".a::-webkit-scrollbar{x:1}.a:before{x:1}", ".a:before{x:1}"],
    ["passes statements", '@charset "utf-8";.a{x:1}', ".a{x:1}"],
  ])("%s", (_, css, expected) => {
    expect(reduceCss(css, kept)).toBe(expected);
  });

  test("refuses a sheet that is cut off", () => {
    expect(() => reduceCss(".a{x:1", kept)).toThrow("never closed");
  });
});
