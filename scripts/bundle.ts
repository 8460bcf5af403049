import { build, type BuildOptions } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { leftOut } from "./left-out.ts";
import { measureBundle, type Measured } from "./measure-bundle.ts";
import { packageVersions } from "./package-versions.ts";
import { packedMessages } from "./packed-messages.ts";
import { packedSuffixes } from "./packed-suffixes.ts";
import { pureSchemas } from "./pure-schemas.ts";
import { toldRequirements } from "./told-requirements.ts";
import { undiciParts } from "./undici-parts.ts";

/** The entry points: every other file of `functions/` is a part of several of them. */
export const FUNCTIONS = [
  "planner",
  "verify-domains",
  "verify-mail",
  "verify-web",
  "publisher",
  "close-run",
  "status",
] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

const HOUSE = path.resolve(import.meta.dirname, "..");
/** Where the stack takes them from. */
export const BUNDLES = path.join(HOUSE, "dist", "functions");
/** Maps are for whoever reads a stack trace: they lie beside what is deployed. */
const MAPS = "maps";
/** Some packages are CommonJS inside, and call `require` for Node's own modules. */
const BANNER =
  'import{createRequire as bundledRequire}from"node:module";const require=bundledRequire(import.meta.url);';
/** Target C1 of docs/benchmarks.md. */
const LARGEST_BYTES = 1_048_576;
/** It misses the target by an HTTP client, an HTML parser and a TLS prober; once a day it may, but it must not grow. */
const LARGER: Partial<Readonly<Record<string, number>>> = { "verify-web": 1_420_000 };
const MOST_OF_UNBUNDLED = 0.6;

/** How a function is bundled: as ES modules for Lambda's Node 24, with everything it needs in its folder. */
function bundleOptions(name: FunctionName, out: string): BuildOptions {
  const { version } = JSON.parse(readFileSync(path.join(HOUSE, "package.json"), "utf8")) as {
    readonly version: string;
  };
  return {
    absWorkingDir: HOUSE,
    entryPoints: { index: path.join("functions", `${name}.ts`) },
    outdir: path.join(out, name),
    outExtension: { ".js": ".mjs" },
    // What is imported only when somebody asks for it stays apart, so that nobody else waits for it.
    splitting: true,
    ...{ bundle: true, platform: "node", format: "esm", target: "node24", treeShaking: true, minify: true },
    ...{ sourcemap: "external", charset: "utf8", legalComments: "none", logLevel: "warning" },
    // The SDK asks it for a browser's name, which it never does in a function.
    external: ["bowser"],
    mainFields: ["module", "main"],
    alias: {
      "@aws-sdk/credential-provider-node": path.join(HOUSE, "scripts/lambda-credentials.ts"),
      "@smithy/core/event-streams": path.join(HOUSE, "scripts/no-event-streams.ts"),
      // The same as ES modules: of CommonJS nothing can be left out.
      yaml: path.join(HOUSE, "node_modules/yaml/browser/dist/index.js"),
    },
    plugins: [
      ...[pureSchemas, packedMessages, packedSuffixes, packageVersions],
      ...(name.startsWith("verify-") ? [leftOut(name), undiciParts] : [toldRequirements]),
    ],
    define: { KRAVVAGT_VERSION: JSON.stringify(version) },
    banner: { js: BANNER },
  };
}

/**
 * Bundles every function into `<out>/<name>/index.mjs`, with what it loads only when it is asked for beside it, and the maps
 * into `<out>/maps`. The folder changes all at once: whoever deploys from it never finds half of it.
 */
export async function bundleAll(out: string = BUNDLES): Promise<void> {
  const unfinished = `${out}.${process.pid}`;
  try {
    await Promise.all(FUNCTIONS.map((name) => build(bundleOptions(name, unfinished))));
    mkdirSync(path.join(unfinished, MAPS));
    for (const name of FUNCTIONS) moveMaps(name, unfinished);
    rmSync(out, { recursive: true, force: true });
    renameSync(unfinished, out);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function moveMaps(name: FunctionName, out: string): void {
  const maps = readdirSync(path.join(out, name)).filter((file) => file.endsWith(".map"));
  for (const file of maps) renameSync(path.join(out, name, file), path.join(out, MAPS, `${name}-${file}`));
}

/** Size and load time of every bundle, against our own code in one file with the packages as they are installed. */
export async function measureAll(bundles: string = BUNDLES): Promise<readonly Measured[]> {
  const unbundled = path.join(HOUSE, "dist", `unbundled.${process.pid}`);
  await build({
    absWorkingDir: HOUSE,
    entryPoints: FUNCTIONS.map((name) => path.join("functions", `${name}.ts`)),
    outdir: unbundled,
    outExtension: { ".js": ".mjs" },
    ...{ bundle: true, splitting: true, packages: "external", platform: "node", format: "esm", target: "node24" },
    define: { KRAVVAGT_VERSION: '"0"' },
  });
  const measured: Measured[] = [];
  // One after the other: side by side they would wait for each other.
  for (const name of FUNCTIONS) {
    const files = { bundle: path.join(bundles, name, "index.mjs"), unbundled: path.join(unbundled, `${name}.mjs`) };
    measured.push(await measureBundle(name, files));
  }
  rmSync(unbundled, { recursive: true, force: true });
  return measured;
}

/** One line of a table, and whether the bundle keeps to target C1: to its size, and to all of it. */
export function judged({ name, bytes, milliseconds, unbundled }: Measured): {
  readonly line: string;
  readonly isSmall: boolean;
  readonly isKept: boolean;
} {
  const ratio = milliseconds / unbundled;
  const isSmall = bytes < (LARGER[name] ?? LARGEST_BYTES);
  const isKept = isSmall && ratio <= MOST_OF_UNBUNDLED;
  const size = `${(bytes / 1000).toFixed(0)} kB`.padStart(8);
  const times = `${milliseconds.toFixed(0)} ms of ${unbundled.toFixed(0)} ms unbundled (${ratio.toFixed(2)})`;
  return { line: `${name.padEnd(16)}${size}  ${times}${isKept ? "" : "  misses its target"}`, isSmall, isKept };
}

if (import.meta.main) {
  await bundleAll();
  if (process.argv.includes("--measure")) {
    const all = (await measureAll()).map(judged);
    for (const { line } of all) console.log(line);
    process.exitCode = all.every(({ isKept }) => isKept) ? 0 : 1;
  }
}
