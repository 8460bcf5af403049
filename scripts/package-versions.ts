import type { Plugin } from "esbuild";
import { readFile } from "node:fs/promises";

const PACKAGE = /node_modules[\\/]@aws-sdk[\\/][a-z0-9-]+[\\/]package\.json$/;

/** Leaves of the SDK's own package files, which it reads to say who it is, what it reads: name and version. */
export const packageVersions: Plugin = {
  name: "package-versions",
  setup(build) {
    build.onLoad({ filter: PACKAGE }, async ({ path }) => {
      const { name, version } = JSON.parse(await readFile(path, "utf8")) as Readonly<Record<string, unknown>>;
      return { contents: JSON.stringify({ name, version }), loader: "json" };
    });
  },
};
