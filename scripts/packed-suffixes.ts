import type { Plugin } from "esbuild";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

/** The public suffix list of tldts, as lists of numbers and one long string. */
const LIST = /tldts[\\/]dist[\\/]es6[\\/]src[\\/]data[\\/]trie\.js$/;
/** What unpacks each kind of list from octets of its own, which start where the last ones ended. */
const UNPACKED: Readonly<Record<string, (octets: string) => string>> = {
  String: (octets) => `${octets}.toString("utf8")`,
  Uint8Array: (octets) => `new Uint8Array(${octets})`,
  Uint16Array: (octets) => `new Uint16Array(new Uint8Array(${octets}).buffer)`,
};

/**
 * Packs the public suffix list, a tenth of a bundle, into two fifths of its size. Unpacking it takes a millisecond, once.
 * Throws when a release of tldts keeps its list in another form.
 */
export const packedSuffixes: Plugin = {
  name: "packed-suffixes",
  setup(build) {
    build.onLoad({ filter: LIST }, async ({ path }) => {
      const list = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
      return { contents: packed(list), loader: "js" };
    });
  },
};

/** The module that exports what `list` holds, from one packed string. */
export function packed(list: Readonly<Record<string, unknown>>): string {
  const parts: Buffer[] = [];
  let from = 0;
  const lines = Object.entries(list).map(([name, value]) => {
    if (typeof value === "number") return `export const ${name} = ${value};`;
    const form = typeof value === "string" ? "String" : ((value as object | null)?.constructor.name ?? "");
    const unpack = UNPACKED[form];
    if (unpack === undefined) throw new Error(`the public suffix list has ${name} in an unknown form`);
    const octets = typeof value === "string" ? Buffer.from(value) : octetsOf(value as Uint8Array | Uint16Array);
    parts.push(octets);
    const slice = `all.subarray(${from}, ${(from += octets.length)})`;
    return `export const ${name} = ${unpack(slice)};`;
  });
  const text = brotliCompressSync(Buffer.concat(parts)).toString("base64");
  return [
    'import { brotliDecompressSync } from "node:zlib";',
    `const all = brotliDecompressSync(Buffer.from("${text}", "base64"));`,
    ...lines,
  ].join("\n");
}

function octetsOf({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
