import type { Plugin } from "esbuild";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import type { Requirement } from "../lib/core/requirement.ts";

const LIST = /lib[\\/]requirements[\\/]index\.ts$/;
/** What asks the checks. */
const JUDGES = "lib/core/evaluate.ts";

/**
 * Packs the list of requirements, for functions that plan and tell and never judge: all that they say and declare, without the
 * code of their checks. To judge by it throws; and a bundle that could is not built.
 */
export const toldRequirements: Plugin = {
  name: "told-requirements",
  setup(build) {
    build.initialOptions.metafile = true;
    build.onLoad({ filter: LIST }, async ({ path }) => {
      const { REQUIREMENTS } = (await import(pathToFileURL(path).href)) as {
        readonly REQUIREMENTS: readonly Requirement[];
      };
      return { contents: told(REQUIREMENTS), loader: "js" };
    });
    build.onEnd(({ metafile }) => {
      const judging = Object.values(metafile?.outputs ?? {}).some(
        ({ inputs }) => (inputs[JUDGES]?.bytesInOutput ?? 0) > 0,
      );
      return judging ? { errors: [{ text: `${JUDGES} is in a bundle that has no checks` }] } : undefined;
    });
  },
};

/** The module that exports the same list. Throws where a requirement holds anything but data beside its checks' `judge`. */
export function told(requirements: readonly Requirement[]): string {
  const text = JSON.stringify(requirements, (key, value: unknown) => {
    if (typeof value === "function" && key !== "judge") throw new Error(`${key} is no plain data`);
    return value;
  });
  const octets = brotliCompressSync(text).toString("base64");
  return [
    'import { brotliDecompressSync } from "node:zlib";',
    `const all = JSON.parse(brotliDecompressSync(Buffer.from("${octets}", "base64")).toString("utf8"));`,
    'const judge = () => { throw new Error("this function judges nothing"); };',
    "export const REQUIREMENTS = all.map((each) => ({ ...each, checks: each.checks.map((check) => ({ ...check, judge })) }));",
  ].join("\n");
}
