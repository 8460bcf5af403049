import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { href, hereWith, Html, html, type Part, raw } from "../../lib/status/html.ts";
import { HOSTILE } from "../browser/bodies.ts";

const text = (part: Part): string => html`${part}`.toString();

describe("html", () => {
  test("escapes what would end a text or an attribute value", () => {
    expect(html`<a title="${`"'<>&\``}">${"<b>"}</a>`.toString()).toBe(
      '<a title="&quot;&#39;&lt;&gt;&amp;&#96;">&lt;b&gt;</a>',
    );
  });

  test("an entity in the data stays what the data says", () => {
    expect(text("&lt;script&gt;")).toBe("&amp;lt;script&amp;gt;");
  });

  test("shows control, reordering and invisible characters instead of sending them", () => {
    expect(text("a\u0000b\u202ec\u200dd\ue000")).toBe("a\\u{0}b\\u{202e}c\\u{200d}d\ue000");
    expect(text("\ud800")).toBe("\\u{d800}");
  });

  test("passes Html, joins lists however deep, and makes nothing of nothing", () => {
    const part = html`<i>${1}</i>`;
    expect(html`${part}${[part, ["x", [null, undefined, false]]]}`.toString()).toBe("<i>1</i><i>1</i>x");
    expect(text(0)).toBe("0");
    expect(text("")).toBe("");
  });

  test("data that looks like Html is still data", () => {
    const fake = { toString: () => "<b>" } as unknown as Part;
    expect(() => text(fake)).toThrow();
    const stolen = JSON.parse('{"#text":"<b>"}') as Part;
    expect(() => text(stolen)).toThrow();
    expect(() => new Html("<b>", Symbol("html") as never)).toThrow("only html and raw");
  });

  test("raw is a constant", () => {
    expect(raw`<wbr />`.toString()).toBe("<wbr />");
  });

  test("no text ever yields markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (data) => {
        expect(text(data)).not.toMatch(/[<>"'`\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(text(data).replaceAll(/&(?:amp|lt|gt|quot|#39|#96);/gu, "")).not.toContain("&");
      }),
    );
  });
});

describe("href", () => {
  test("percent-encodes each segment and query value", () => {
    expect(href(["assets", "url:https://a.dk/æ?x#y"])).toBe("/v1/assets/url%3Ahttps%3A%2F%2Fa.dk%2F%C3%A6%3Fx%23y");
    expect(href(["changes"], { since: "2026-11-23", lang: null, cursor: "a&b=c" })).toBe(
      "/v1/changes?since=2026-11-23&cursor=a%26b%3Dc",
    );
  });

  test("leads to our own routes only", () => {
    expect(() => href(["elsewhere" as "status"])).toThrow("no route of ours");
  });

  test("whatever a segment holds, it stays one segment below its route on this host", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HOSTILE, ".")), (segment) => {
        const made = new URL(href(["assets", segment]), "http://127.0.0.1:1");
        expect(made.origin).toBe("http://127.0.0.1:1");
        expect(made.pathname.split("/").length).toBe("/v1/assets/x".split("/").length);
        expect(made.pathname.startsWith("/v1/assets/")).toBe(true);
        expect([made.search, made.hash]).toEqual(["", ""]);
      }),
    );
  });

  test("says the same asset to whoever decodes it", () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        const [, , , last = ""] = href(["assets", `url:${url}`]).split("/");
        expect(decodeURIComponent(last)).toBe(`url:${url}`);
      }),
    );
  });
});

describe("hereWith", () => {
  test("replaces, adds and removes parts of the query", () => {
    expect(hereWith("/v1/assets?limit=5&cursor=x", { cursor: "y z" })).toBe("/v1/assets?limit=5&cursor=y+z");
    expect(hereWith("/v1/assets?cursor=x", { cursor: null })).toBe("/v1/assets");
    expect(hereWith("/v1/assets", { lang: "en" })).toBe("/v1/assets?lang=en");
    expect(hereWith("/v1/assets?lang=da&lang=da", { lang: "en" })).toBe("/v1/assets?lang=en");
  });

  test.each([
    ...["//evil.example/v1/x", "https://evil.example/v1/x", "/\\evil.example", "/v1/../../x", "/v1/..", "/v1//x"],
    ...["javascript:alert(1)", "", "/v1/a b", "/v1/<x>", "/v2/status", "/v1/.", "/v1/x\n"],
  ])("%j is no path of ours", (here) => {
    expect(hereWith(here, { lang: "en" })).toBe("/v1/status?lang=en");
  });

  test("stays on this host whatever the address was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (here) => {
        expect(new URL(hereWith(here, { lang: "en" }), "http://127.0.0.1:1").origin).toBe("http://127.0.0.1:1");
        expect(hereWith(here, {})).toMatch(/^\/v1\//u);
      }),
    );
  });
});
