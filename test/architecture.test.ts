import { describe, expect, test } from "@jest/globals";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { builtinModules } from "node:module";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Folders whose code judges: no I/O, no clock, no packages. */
const PURE = ["core", "parsers", "wire", "dnssec", "tls", "mail", "web", "services"];

/** What knows what was found, and what became of it: never an adapter. */
const SHELL = ["verify", "watch", "reports", "ports"];

/** Which of our folders each folder may import, besides itself. `data` is data. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [...PURE, "data"],
  parsers: [...PURE, "data"],
  wire: [...PURE, "data"],
  dnssec: [...PURE, "data"],
  tls: [...PURE, "data"],
  mail: [...PURE, "data"],
  web: [...PURE, "data"],
  services: [...PURE, "data"],
  requirements: [...PURE, "data"],
  inventory: [...PURE, "data"],
  dial: [...PURE, "data"],
  dns: [...PURE, "data", "dial"],
  probes: [...PURE, "data", "dial", "dns"],
  practice: [...PURE, "data", "dial", "dns"],
  verify: [...PURE, "data", "requirements", "inventory", "dial", "dns", "probes"],
  ports: [...PURE, "watch"],
  watch: [...PURE, "data", "requirements", "inventory", "verify", "ports"],
  reports: [...PURE, "data", "requirements", "inventory", "verify", "watch"],
  status: [...PURE, "data", "requirements", "inventory", "verify", "watch", "reports", "ports"],
  stack: ["data"],
  functions: [...PURE, ...["data", "requirements", "inventory", "adapters", "status"], ...SHELL],
  adapters: [...PURE, "data", "inventory", "watch", "reports", "ports"],
  cli: [...PURE, ...["data", "requirements", "inventory", "dial", "dns", "probes", "practice", "status"], ...SHELL],
  data: PURE,
  bin: ["cli", "adapters", "stack"],
};

/** Packages that a folder may use; a folder that is not listed may use none. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  inventory: ["yaml", "zod", "tldts", "ipaddr.js"],
  dial: ["ipaddr.js"],
  dns: ["lru-cache", "zod"],
  probes: ["tldts", "p-queue", "undici", "parse5-sax-parser"],
  verify: ["p-queue", "zod"],
  watch: ["p-queue", "zod"],
  reports: ["zod"],
  adapters: [
    ...["@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb", "@aws-sdk/client-s3"],
    ...["@aws-sdk/client-sns", "@aws-sdk/client-sqs"],
    "@smithy/node-http-handler",
    "dynalite",
    "nodemailer",
    "sax",
    "zod",
  ],
  status: ["zod", "zod-openapi"],
  cli: ["commander"],
  functions: ["@middy", "@aws-lambda-powertools", "aws-lambda"],
  stack: ["aws-cdk-lib", "constructs", "cdk-nag", "zod", "yaml"],
  bin: ["aws-cdk-lib"],
};

/** Node's own modules that pure code may use: they compute, they do not reach out. */
const PURE_BUILTINS = ["node:crypto", "node:buffer"];

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly specifier: string;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(folder, file));
}

function folderOf(file: string): string {
  const [first = "", second = ""] = file.split(path.sep);
  return first === "lib" ? second.replace(/\.ts$/, "") : first;
}

function importsOf(file: string): readonly Import[] {
  const source = readFileSync(path.join(ROOT, file), "utf8");
  const found = [...source.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;"']*?from\s*["']([^"']+)["']/g)]
    .concat([...source.matchAll(/\bimport\(\s*["']([^"']+)["']/g)])
    .concat([...source.matchAll(/(?:^|\n)\s*import\s*["']([^"']+)["']/g)]);
  return found.map((match) => ({ file, folder: folderOf(file), specifier: match[1] ?? "" }));
}

const imports = ["lib", "bin", "data", "functions"]
  .filter((folder) => existsSync(path.join(ROOT, folder)))
  .flatMap(sourceFiles)
  .flatMap(importsOf);

function targetFolder({ file, specifier }: Import): string {
  return folderOf(path.relative(ROOT, path.resolve(ROOT, path.dirname(file), specifier)));
}

describe("who may import whom", () => {
  test("the scan sees the house", () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  test("folders import only in the direction of the data", () => {
    const wrong = imports
      .filter(({ specifier }) => specifier.startsWith("."))
      .filter((entry) => {
        const target = targetFolder(entry);
        return target !== entry.folder && MAY_IMPORT[entry.folder]?.includes(target) !== true;
      });
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  test("each folder uses only the packages it is allowed", () => {
    const wrong = imports.filter(({ folder, specifier }) => {
      if (specifier.startsWith(".") || specifier.startsWith("node:")) return false;
      return PACKAGES[folder]?.some((name) => specifier === name || specifier.startsWith(`${name}/`)) !== true;
    });
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  test("built-in modules are named as such, and pure code uses only those that compute", () => {
    const bare = imports.filter(({ specifier }) => builtinModules.includes(specifier));
    const impure = imports.filter(
      ({ folder, specifier }) =>
        [...PURE, "requirements"].includes(folder) &&
        specifier.startsWith("node:") &&
        !PURE_BUILTINS.includes(specifier),
    );
    expect([...bare, ...impure].map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  test("pure code reads no clock and draws no lots", () => {
    const impure = [...PURE, "requirements"]
      .filter((folder) => readdirSync(path.join(ROOT, "lib")).includes(folder))
      .flatMap((folder) => sourceFiles(path.join("lib", folder)))
      .filter((file) =>
        /\bDate\.now\(|new Date\(\)|Math\.random\(|randomBytes|process\./.test(
          readFileSync(path.join(ROOT, file), "utf8"),
        ),
      );
    expect(impure).toEqual([]);
  });
});
