import { describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const HOUSE = path.resolve(import.meta.dirname, "../..");

interface CdkSettings {
  readonly app: string;
  readonly context: Readonly<Record<string, unknown>>;
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(HOUSE, file), "utf8"));
const cdk = read("cdk.json") as CdkSettings;

describe("the app", () => {
  test("wants the settings that were named: without them it says so and makes nothing", () => {
    const [command = "", ...args] = cdk.app.split(" ");
    expect(command).toBe("node");
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      ...{ cwd: HOUSE, encoding: "utf8" },
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ config: "not-there.yaml" }) },
    });
    expect(stderr).toMatch(/^not-there\.yaml:1:1: found no such file; expected the deployment settings: copy .+\n$/u);
    expect([status, stdout]).toEqual([66, ""]);
  }, 60_000);
});

describe("cdk.json", () => {
  test("asks nobody for news and tells nobody that it runs", () => {
    expect(cdk).toMatchObject({ notices: false, versionReporting: false });
    expect(cdk.context["cli-telemetry"]).toBe(false);
  });

  test("has every feature flag that this version of CDK recommends", () => {
    const recommended = read("node_modules/aws-cdk-lib/recommended-feature-flags.json") as CdkSettings["context"];
    expect(Object.keys(recommended).length).toBeGreaterThan(50);
    expect(cdk.context).toMatchObject(recommended);
  });
});
