import { readFileSync } from "node:fs";

/** A bundle has no package.json beside it, so bundling puts the version in here. */
declare const KRAVVAGT_VERSION: string | undefined;

/** This engine's version, as package.json has it. */
export const ENGINE_VERSION: string = typeof KRAVVAGT_VERSION === "string" ? KRAVVAGT_VERSION : versionInPackage();

function versionInPackage(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
