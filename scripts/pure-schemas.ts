import type { Plugin } from "esbuild";
import { readFile } from "node:fs/promises";

/** Read by esbuild, whose expressions know no flag u. */
const SCHEMAS = /@aws-sdk[\\/]client-[a-z0-9]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/;
const STATEMENT = /^(?=(?:export )?(?:var|const) |\w+\.)/mu;
const LIST = /^((?:export )?var [\w$]+ = )(\[.*\]);\s*$/su;

/**
 * Lets the bundler drop what the SDK knows of operations that are never called. It describes each by a list with computed
 * keys, which a bundler must take for something that could have effects; said to be pure, they go: a tenth of a bundle.
 */
export const pureSchemas: Plugin = {
  name: "pure-schemas",
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => {
      const statements = (await readFile(path, "utf8")).split(STATEMENT);
      const contents = statements.map((each) => each.replace(LIST, "$1/* @__PURE__ */ (() => $2)();\n")).join("");
      return { contents, loader: "js" };
    });
  },
};
