import type { Plugin } from "esbuild";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

/** Where requirements keep what they say, in two languages. */
const MESSAGES = /lib[\\/]requirements[\\/].*messages\.ts$/;
/** What a module that only puts others' messages together does not do. */
const DECLARES = "defineMessages(";

/**
 * Packs the requirements' texts, a sixth of a bundle, into a third of their size: they are plain data. Unpacking them takes a
 * millisecond or two, once.
 */
export const packedMessages: Plugin = {
  name: "packed-messages",
  setup(build) {
    build.onLoad({ filter: MESSAGES }, async ({ path }) => {
      if (!(await readFile(path, "utf8")).includes(DECLARES)) return undefined;
      return { contents: packed((await import(pathToFileURL(path).href)) as object), loader: "js" };
    });
  },
};

/** The module that exports the same plain data. Throws where something else is exported. */
export function packed(module: object): string {
  const text = JSON.stringify(module);
  for (const [name, value] of Object.entries(module)) {
    if (JSON.stringify(value) === undefined || typeof value === "function") throw new Error(`${name} is no plain data`);
  }
  const octets = brotliCompressSync(text).toString("base64");
  return [
    'import { brotliDecompressSync } from "node:zlib";',
    `const all = JSON.parse(brotliDecompressSync(Buffer.from("${octets}", "base64")).toString("utf8"));`,
    ...Object.keys(module).map((name) => `export const ${name} = all.${name};`),
  ].join("\n");
}
