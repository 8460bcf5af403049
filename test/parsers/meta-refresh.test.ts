import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseRefresh } from "../../lib/parsers/meta-refresh.ts";
import { SCANNED_LENGTH, scanForLeaving } from "../../lib/parsers/meta-refresh-scan.ts";
import { cpuMilliseconds } from "../support/cpu-time.ts";

const read = (file: string): unknown =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../vectors/redirects", file), "utf8"));

interface RefreshVector {
  readonly name: string;
  readonly content: string;
  readonly refresh: unknown;
}

interface PageVector {
  readonly name: string;
  readonly html: string;
  readonly leaving: unknown;
}

describe("instructions", () => {
  test.each((read("refreshes.json") as readonly RefreshVector[]).map((vector) => [vector.name, vector] as const))(
    "%s",
    (_, { content, refresh }) => {
      expect(parseRefresh(content)).toEqual(refresh);
    },
  );

  test("what is too long is none", () => {
    expect(parseRefresh(`0;url=https://kommune.dk/${"x".repeat(9000)}`)).toBeNull();
  });
});

describe("pages", () => {
  test.each((read("pages.json") as readonly PageVector[]).map((vector) => [vector.name, vector] as const))(
    "%s",
    (_, { html, leaving }) => {
      expect(scanForLeaving(html)).toEqual(leaving);
    },
  );
});

describe("whatever comes", () => {
  const piece = fc.constantFrom(
    ...["<", ">", "<meta ", "http-equiv=refresh", " content=", '"0;url=https://kommune.dk/"', "'", '"', "/", "=", " "],
    ...[
      "<!--",
      "-->",
      "--!>",
      "<script>",
      "</script>",
      "location=",
      "<base href=",
      "&#",
      "&#x41;",
      "&sol;",
      "\u0000",
      "\n",
    ],
  );

  test("it ends, within its bounds", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { refreshes, base } = scanForLeaving(pieces.join(""));
        expect(refreshes.length).toBeLessThanOrEqual(4);
        for (const text of [...refreshes, base ?? ""]) expect(text.length).toBeLessThanOrEqual(2048);
        for (const text of refreshes) parseRefresh(text);
      }),
      { numRuns: 2000 },
    );
  });

  test("the worst pages of full length take little time", () => {
    const pieces = [
      "<",
      "<a",
      "<!--",
      "<!---->",
      "<a b='",
      '<a "',
      "<a =",
      "<script>",
      "<script></script>",
      "<script></",
    ];
    const more = [
      "&#",
      "location ",
      "<p location . ",
      "<a b=c ",
      "<style>x</style >",
      "\t",
      "<meta content=&amp;&amp;",
    ];
    const took = cpuMilliseconds(() => {
      for (const each of [...pieces, ...more]) scanForLeaving(each.repeat(Math.ceil(SCANNED_LENGTH / each.length)));
      scanForLeaving(`<script>${"location        ".repeat(4000)}</script>`);
      scanForLeaving(`<meta http-equiv=refresh content="${"&#".repeat(1000)}">`.repeat(60));
      for (const each of ["0", ".", " ", "url ", "0;url "]) parseRefresh(`0;${each.repeat(2000)}`.slice(0, 8192));
    });
    expect(took).toBeLessThan(3000);
  });
});
