import { findingsPart } from "../../lib/status/pages/findings.ts";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Language } from "../../lib/core/messages.ts";
import { STATIC_ASSETS } from "../../lib/status/assets.ts";
import { renderPage, renderProblem } from "../../lib/status/pages/index.ts";
import type { View } from "../../lib/status/page.ts";
import type { PageId } from "../../lib/status/renderer.ts";
import { AT, bodiesWith, HOSTILE, PAGE_IDS, PATHS, statusWith } from "../browser/bodies.ts";
import { readMarkup, type Tag } from "../browser/markup.ts";

const viewOf = (id: PageId, language: Language = "da"): View => ({ language, here: PATHS[id], now: AT });
const pageOf = (id: PageId, text: string, language: Language = "da"): string =>
  renderPage(id, bodiesWith(text)[id], viewOf(id, language));
const EVERY = PAGE_IDS.flatMap((id) => (["da", "en"] as const).map((language) => [id, language] as const));

const starts = (tags: readonly Tag[], name: string): readonly Tag[] =>
  tags.filter((tag) => tag.name === name && !tag.isEnd);
/** The words of a page as people read them. */
const wordsOf = (page: string): string =>
  readMarkup(page)
    .texts.join("")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&#96;", "`")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/gu, " ");

describe.each(EVERY)("the page %s in %s", (id, language) => {
  const page = pageOf(id, "example.dk", language);
  const { tags } = readMarkup(page);

  test("says its language, has a title, one h1, one main and a way past the menu", () => {
    expect(starts(tags, "html")[0]?.attributes.get("lang")).toBe(language);
    expect(/<title>(.+) – Kravvagt<\/title>/u.exec(page)?.[1]).toMatch(/\S/u);
    expect(starts(tags, "h1")).toHaveLength(1);
    expect(starts(tags, "main").map((tag) => tag.attributes.get("id"))).toEqual(["main-content"]);
    expect(starts(tags, "a")[0]?.attributes.get("href")).toBe("#main-content");
    for (const landmark of ["header", "footer"]) expect(starts(tags, landmark)).toHaveLength(1);
    for (const nav of starts(tags, "nav")) expect(nav.attributes.get("aria-label")).toMatch(/\S/u);
  });

  test("headings skip no level", () => {
    const levels = tags.filter((tag) => /^h[1-6]$/u.test(tag.name) && !tag.isEnd).map((tag) => Number(tag.name[1]));
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test("holds no script, no style of its own, no handler, nothing from elsewhere", () => {
    const names = new Set(tags.map(({ name }) => name));
    for (const banned of ["script", "style", "iframe", "img", "object", "base", "form"])
      expect(names.has(banned)).toBe(false);
    for (const { attributes } of tags) {
      for (const [name, value] of attributes) {
        expect(name).not.toMatch(/^on|^style$|^srcdoc$/u);
        if (["href", "src", "action"].includes(name)) expect(value).toMatch(/^(?:\/v1\/|\/assets\/|#)/u);
      }
    }
  });

  test("every file it loads is served, and every id it refers to is there once", () => {
    const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, attributes } of tags) {
      const target = attributes.get("href") ?? "";
      if (name === "link") expect(STATIC_ASSETS.has(target.replace("/assets/", ""))).toBe(true);
      if (target.startsWith("#")) expect(ids).toContain(target.slice(1));
      const labelled = attributes.get("aria-labelledby");
      if (labelled !== undefined) expect(ids).toContain(labelled);
    }
  });

  test("tables name their columns and rows; moments can be read by programs", () => {
    for (const cell of starts(tags, "th")) expect(cell.attributes.get("scope")).toMatch(/^(?:col|row)$/u);
    expect(starts(tags, "caption")).toHaveLength(starts(tags, "table").length);
    for (const moment of starts(tags, "time")) expect(moment.attributes.get("datetime")).toMatch(/^\d{4}-\d\d-\d\d/u);
    expect(starts(tags, "time").length).toBeGreaterThan(0);
  });

  test("leads to itself in both languages", () => {
    const switches = starts(tags, "a").filter(({ attributes }) => attributes.has("hreflang"));
    expect(switches.map(({ attributes }) => attributes.get("href"))).toEqual(
      ["da", "en"].map((code) => `${PATHS[id]}?lang=${code}`),
    );
    expect(switches.find(({ attributes }) => attributes.has("aria-current"))?.attributes.get("lang")).toBe(language);
  });
});

describe("hostile text", () => {
  /** Tags and attribute names in order: what a text must never change. Codes may break where they like. */
  const skeleton = (page: string): readonly string[] =>
    readMarkup(page)
      .tags.filter(({ name }) => name !== "wbr")
      .map(({ name, isEnd, attributes }) => `${isEnd ? "/" : ""}${name} ${[...attributes.keys()].join(" ")}`);

  test.each(PAGE_IDS.flatMap((id) => HOSTILE.map((text) => [id, text] as const)))(
    "%s shows %j and nothing becomes of it",
    (id, text) => {
      expect(skeleton(pageOf(id, text))).toEqual(skeleton(pageOf(id, "example.dk")));
    },
  );

  test("whatever the text, the page is the same but for its words", () => {
    const usual = new Map(PAGE_IDS.map((id) => [id, skeleton(pageOf(id, "example.dk"))]));
    fc.assert(
      fc.property(fc.constantFrom(...PAGE_IDS), fc.string({ unit: "binary", minLength: 1 }), (id, text) => {
        expect(skeleton(pageOf(id, text))).toEqual(usual.get(id));
      }),
    );
  });

  test("it is shown as it is", () => {
    expect(wordsOf(pageOf("asset", HOSTILE[0]))).toContain(HOSTILE[0]);
    expect(wordsOf(pageOf("asset", HOSTILE[1]))).toContain(HOSTILE[1]);
    expect(wordsOf(pageOf("asset", "\u202egnp.exe"))).toContain("\\u{202e}gnp.exe");
  });

  test("in the language of the address, links stay in it", () => {
    const view = { language: "en", here: "/v1/status?lang=en", now: AT } as const;
    const { tags } = readMarkup(renderPage("status", statusWith("x"), view));
    const links = starts(tags, "a").map(({ attributes }) => attributes.get("href") ?? "");
    expect(links.filter((link) => link.startsWith("/v1/") && !/[?&]lang=(?:en|da)/u.test(link))).toEqual([]);
  });

  test("an address that is not ours is not led to", () => {
    const view = { language: "da", here: "//evil.example/?lang=da", now: AT } as const;
    expect(renderPage("status", statusWith("x"), view)).not.toContain("evil.example");
  });
});

describe("the overview says at a glance", () => {
  const words = (body: Parameters<typeof statusWith>[1], more: object = {}, language: Language = "da"): string =>
    wordsOf(
      renderPage(
        "status",
        { ...statusWith("DNSSEC på alle domæner", body), suspect: false, ...more },
        viewOf("status", language),
      ),
    );
  const none = { pass: 0, fail: 0, indeterminate: 0, "not-applicable": 0, attested: 0 };
  const well = { verdict: "pass", assets: { ...none, pass: 41 }, stale: 0, openRegressions: 0 } as const;

  test("what is not fulfilled, and for how many", () => {
    expect(words({ stale: 0 })).toContain(
      "1 krav er ikke opfyldt S18, DNSSEC på alle domæner : ikke opfyldt for 3 af 41 domæner".replace(" :", ":"),
    );
  });

  test("what cannot be decided", () => {
    expect(
      words({
        ...well,
        verdict: "indeterminate",
        cause: "dns-timeout",
        assets: { ...none, pass: 40, indeterminate: 1 },
      }),
    ).toContain("kan ikke afgøres for 1 af 41 domæner");
  });

  test("that all is well, only when nothing speaks against it", () => {
    const good = "Det krav, Kravvagt bedømmer, er opfyldt";
    expect(words(well)).toContain(good);
    expect(words({ ...well, stale: 1 })).not.toContain(good);
    expect(words(well, { suspect: true })).not.toContain(good);
    expect(words(well, { closedAt: null })).not.toContain(good);
    expect(words({ ...well, verdict: "indeterminate", cause: "internal" })).not.toContain(good);
    expect(words(well, { requirements: [] })).not.toContain(good);
  });

  test("that a statement is no measurement", () => {
    expect(words({ ...well, verdict: "attested" })).toContain("bygger det helt eller delvist på erklæringer");
  });

  test("that we doubt ourselves, that it may be old, that nothing is known yet", () => {
    expect(words(well, { suspect: true })).toContain("Vi tvivler på vores egen seneste runde");
    expect(words({ ...well, stale: 1 })).toContain("1 afgørelse kan være forældet");
    expect(words(well, { closedAt: null })).toContain("Vi ved ikke noget endnu");
  });

  test("that the watch has stopped, once", () => {
    const stopped = {
      verdict: "indeterminate",
      cause: "probe-stale",
      assets: { ...none, indeterminate: 41 },
      stale: 41,
    } as const;
    const said = words(stopped, { closedAt: "2026-11-23T05:20:00.000Z" });
    expect(said).toContain("Ingen runde er afsluttet i 5 timer og 4 minutter");
    expect(said).not.toContain("kan være forældet");
  });

  test("which requirements nothing is said of", () => {
    expect(words(well)).toContain(
      "Kravvagt kan endnu ikke efterprøve S17, S19, S20, S21, S22, S23, S26, S27, S28, K10 og K11. Intet her siger, om de er opfyldt.",
    );
    expect(words(well, {}, "en")).toContain("Nothing here says whether they are fulfilled.");
  });

  test("how old it is", () => {
    expect(words(well)).toContain("Seneste runde afsluttet 23. november 2026 kl. 11.12 for 12 minutter siden");
  });
});

describe("what an asset's pages say", () => {
  test("what several checks say in the same words stands once", () => {
    const closed = {
      tag: "S27_TLS_NOT_JUDGED",
      check: "s27.versions",
      clause: "b",
      outcome: "not-applicable",
    } as const;
    const findings = [{ ...closed, evidence: {}, text: "porten er lukket" }];
    const same = [
      ...findings,
      { ...closed, check: "s27.profile", clause: "c", evidence: {}, text: "porten er lukket" },
    ];
    const view = { language: "da", here: "/", now: 0 } as const;
    expect(findingsPart({ findings: same, problem: null }, view)).toEqual(
      findingsPart({ findings, problem: null }, view),
    );
  });

  test("what is not fulfilled comes first, with its remedy", () => {
    const page = wordsOf(pageOf("asset", "tekst"));
    expect(page.indexOf("kan ikke afgøres DNS svarede ikke")).toBeGreaterThan(0);
    expect(page).toContain("Gør dette: tekst");
    expect(page.indexOf("fejl tekst")).toBeLessThan(page.indexOf("undtaget fejl tekst"));
    expect(page.indexOf("undtaget fejl tekst")).toBeLessThan(page.indexOf("i orden tekst"));
    expect(page).toContain("Dispensation: tekst (tekst, til 31. januar 2027)");
    expect(page).toContain("Set én gang: kan ikke afgøres. Afventer et nyt kig.");
    expect(page).toContain("Fundene kan ikke vises tekst");
    const requirement = wordsOf(pageOf("requirement", "tekst"));
    const table = requirement.slice(requirement.indexOf("Aktiver og deres afgørelser"));
    expect(table.indexOf("ikke opfyldt")).toBeLessThan(table.search(/(?<!ikke )opfyldt/u));
  });

  test("the newest event comes first, with the command that checks it", () => {
    const page = pageOf("history", "example.dk");
    expect(page.indexOf('id="nr-2"')).toBeLessThan(page.indexOf('id="nr-1"'));
    expect(page).toContain("<code>npx kravvagt history domain:example.dk S18 --verify</code>");
    expect(wordsOf(page)).toContain("Kæden er brudt");
    const whole = { ...bodiesWith("x").history, chain: { holds: true, problem: null } };
    expect(wordsOf(renderPage("history", whole, viewOf("history")))).toContain("Kæden holder");
  });

  test("the command is one word where a shell could take the name for more", () => {
    expect(wordsOf(pageOf("history", "a; rm -rf ~"))).toContain(
      "npx kravvagt history 'domain:a; rm -rf ~' S18 --verify",
    );
  });

  test("the next part of a list, and the way back", () => {
    const view = { language: "da", here: "/v1/assets?limit=1&cursor=abc", now: AT } as const;
    const { tags } = readMarkup(renderPage("assets", { ...bodiesWith("x").assets, next: "d e" }, view));
    const links = starts(tags, "a").map(({ attributes }) => attributes.get("href"));
    expect(links).toContain("/v1/assets?limit=1&amp;cursor=d+e");
    expect(links).toContain("/v1/assets?limit=1");
    expect(renderPage("assets", { ...bodiesWith("x").assets, next: null }, viewOf("assets"))).not.toContain(
      "Vis de næste",
    );
  });

  test("an empty list says so", () => {
    const empty = [
      renderPage("assets", { assets: [], next: null }, viewOf("assets")),
      renderPage("runs", { runs: [] }, viewOf("runs")),
      renderPage("regressions", { regressions: [], next: null }, viewOf("regressions")),
      renderPage("changes", { since: "2026-11-20T08:00:00.000Z", changes: [], next: null }, viewOf("changes")),
    ].map(wordsOf);
    expect(empty.map((page) => /endnu|Ingen\.|Intet er ændret/u.test(page))).toEqual([true, true, true, true]);
  });
});

describe("the page of a problem", () => {
  const problem = (status: number, text: string): string =>
    renderProblem({ type: "urn:x", title: text, status, detail: text }, { language: "da", here: text, now: AT });

  test.each([
    [404, "skrevet forkert"],
    [400, "Gå tilbage"],
    [503, "Fejlen er hos os"],
    [500, "Det siger intet om, hvorvidt kravene er opfyldt"],
  ])("%d says whose fault it is and where to go", (status, words) => {
    const page = problem(status, "Noget gik galt");
    expect(wordsOf(page)).toContain(words);
    expect(starts(readMarkup(page).tags, "h1")).toHaveLength(1);
  });

  test("shows what was asked for as text", () => {
    for (const text of HOSTILE) expect(() => readMarkup(problem(404, text))).not.toThrow();
  });
});
