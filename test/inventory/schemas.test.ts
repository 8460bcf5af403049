import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { SCHEMAS, schemaText } from "../../lib/reports/schemas.ts";
import { unobserved } from "../../lib/core/observation.ts";

function published(file: string): string {
  return readFileSync(new URL(`../../docs/schemas/${file}`, import.meta.url), "utf8");
}

function validator(file: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return ajv.compile(JSON.parse(published(file)) as object);
}

describe("docs/schemas", () => {
  test.each(SCHEMAS)("$file is as generated, and is a schema", ({ file, ...schema }) => {
    expect(published(file)).toBe(schemaText(schema));
    expect(validator(file)).toBeInstanceOf(Function);
  });
});

describe("the schema of inventories", () => {
  const validate = validator("inventory.schema.json");
  const whole: unknown = parse(readFileSync(new URL("fixtures/whole.yaml", import.meta.url), "utf8"));

  test("accepts one with everything in it", () => {
    expect(validate(whole) ? [] : validate.errors).toEqual([]);
  });

  test.each([
    [{ version: 2, assets: [] }],
    [{ version: 1 }],
    [{ version: 1, assets: [{ domain: "example.dk", dkimSelector: ["x"] }] }],
    [{ version: 1, assets: [{ domain: "example.dk", host: "example.dk" }] }],
    [
      {
        version: 1,
        assets: [],
        exemptions: [{ requirement: "S99", asset: "x", reason: "x", by: "x", validUntil: "x" }],
      },
    ],
    [{ version: 1, assets: [], foo: 1 }],
  ])("refuses %j", (inventory) => {
    expect(validate(inventory)).toBe(false);
  });
});

describe("the schema of observations", () => {
  const validate = validator("observation.schema.json");

  test("accepts what was not observed, and refuses an unknown cause", () => {
    const base = {
      schema: "kravvagt/observation/1",
      kind: "dns.chain",
      asset: "domain:example.dk",
      target: "domain:example.dk",
    };
    const observation = {
      ...base,
      observedAt: "2026-11-23T06:00:00.000Z",
      result: unobserved("dns-timeout", "silence"),
    };
    expect(validate(observation)).toBe(true);
    expect(validate({ ...observation, result: { ...observation.result, cause: "bored" } })).toBe(false);
  });
});
