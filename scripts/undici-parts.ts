import type { Plugin } from "esbuild";
import { readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";

/** Its parser, WebAssembly in base64. */
const PARSER = /undici[\\/]lib[\\/]llhttp[\\/]llhttp_simd-wasm\.js$/;
const BASE64 = /'([A-Za-z0-9+/=]{10000,})'/u;
/**
 * What undici loads only when it is asked for something that nobody here asks of it: the parser for processors without SIMD,
 * which Lambda has none of, and content of the forms that `fetch` knows.
 */
const NEVER_ASKED =
  /undici[\\/]lib[\\/](llhttp[\\/]llhttp-wasm|web[\\/]fetch[\\/](body|formdata)|web[\\/]webidl[\\/]index)\.js$/;
/** HTTP/2, of which lib/probes/http/http2-transport.ts takes care. */
const HTTP2 = /undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/;

/** Leaves out what undici's client never needs here: what is called all the same throws. Its parser is packed. */
export const undiciParts: Plugin = {
  name: "undici-parts",
  setup(build) {
    // As Node itself builds it: without its second, experimental parser.
    build.initialOptions.define = { ...build.initialOptions.define, esbuildDetection: "true" };
    build.onLoad({ filter: NEVER_ASKED }, ({ path }) => ({ contents: refusal(path), loader: "js" }));
    build.onLoad({ filter: HTTP2 }, ({ path }) => ({
      contents: `module.exports = () => { ${refusal(path)} };`,
      loader: "js",
    }));
    build.onLoad({ filter: PARSER }, async ({ path }) => {
      const [, base64] = BASE64.exec(await readFile(path, "utf8")) ?? [];
      if (base64 === undefined) throw new Error("undici keeps its parser in another form");
      const packed = brotliCompressSync(Buffer.from(base64, "base64")).toString("base64");
      const unpacked = `require("node:zlib").brotliDecompressSync(Buffer.from("${packed}", "base64"))`;
      return { contents: `module.exports = ${unpacked};`, loader: "js" };
    });
  },
};

function refusal(path: string): string {
  const name = path.replaceAll("\\", "/").split("/undici/").at(-1) ?? path;
  return `throw new Error(${JSON.stringify(`undici's ${name} was left out of this bundle`)});`;
}
