import { describe, expect, test } from "@jest/globals";
import { build } from "esbuild";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "tldts";
import { packed, packedSuffixes } from "../../scripts/packed-suffixes.ts";
import { temporaryFolders } from "../adapters/temporary-folder.ts";

const ESM = createRequire(import.meta.url)
  .resolve("tldts")
  .replace(/dist.cjs.*$/u, "dist/es6/index.js");

const LIST_OCTETS = statSync(path.join(path.dirname(ESM), "src/data/trie.js")).size;

const newFolder = temporaryFolders();

/** What a module of this text exports, bundled with the packed list where it has one, and the bundle itself. */
async function bundled(contents: string): Promise<{ readonly text: string; readonly made: Record<string, unknown> }> {
  const outfile = path.join(newFolder(), "index.mjs");
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "js" },
    ...{ bundle: true, format: "esm", platform: "node", outfile, mainFields: ["module", "main"] },
    plugins: [packedSuffixes],
  });
  const made = (await import(pathToFileURL(outfile).href)) as Record<string, unknown>;
  return { text: readFileSync(outfile, "utf8"), made };
}

describe("the packed suffix list", () => {
  test("unpacks to what was packed, whatever its octets start at", async () => {
    const list = {
      text: "dk\u00e6\u4e2d",
      odd: new Uint8Array([1]),
      wide: new Uint16Array([1, 65_535, 256]),
      root: 663,
      none: new Uint8Array(0),
    };
    const { made } = await bundled(packed(list));
    expect({ ...made }).toEqual(list);
  });

  test("refuses a list in a form that it does not know", () => {
    expect(() => packed({ edges: [1, 2] })).toThrow("edges in an unknown form");
    expect(() => packed({ edges: null })).toThrow("edges in an unknown form");
  });

  test("finds the same registered names as the list that is installed, in two thirds of the octets", async () => {
    const { text, made } = await bundled(`export { parse } from ${JSON.stringify(ESM)};`);
    expect(text).toContain("brotliDecompressSync(");
    expect(text.length).toBeLessThan(LIST_OCTETS * 0.67);
    const parsePacked = made.parse as typeof parse;
    const names = [
      "a.b.kommune.dk",
      "x.co.uk",
      "www.ck",
      "a.b.ck",
      "y.github.io",
      "z.æ.中国",
      "dk",
      "1.2.3.4",
      "x.dkk",
    ];
    for (const options of [{}, { allowPrivateDomains: true }]) {
      for (const name of names) expect([name, parsePacked(name, options)]).toEqual([name, parse(name, options)]);
    }
  });
});
