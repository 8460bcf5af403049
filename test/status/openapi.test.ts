import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { openApiText } from "../../lib/status/openapi.ts";
import { ROUTES } from "../../lib/status/routes.ts";
import { worldOf } from "./support/status-world.ts";
import { createMemory } from "../../lib/watch/memory/create-memory.ts";
import type { RememberedMunicipality } from "../support/remembered.ts";
import { createMemoryEvidence, createMemoryTable } from "../support/memory-table.ts";

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description: string;
    readonly schema: object;
  }[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const document = JSON.parse(openApiText()) as Document;
const operations = Object.entries(document.paths).map(([path, { get }]) => ({ path, ...get! }));

describe("the OpenAPI document", () => {
  test("is the one that is published, and the one that is served", async () => {
    const published: unknown = JSON.parse(readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8"));
    expect(published).toEqual(document);
    const memory = createMemory(createMemoryTable());
    const remembered = { memory, evidence: createMemoryEvidence() } as unknown as RememberedMunicipality;
    const served = await worldOf(remembered).ask("/openapi.json");
    expect(served.headers["content-type"]).toContain("application/json");
    expect(served.body).toBe(openApiText());
  });

  test("is of version 3.1 and has what it must have (OpenAPI 3.1 section 4.8)", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/u);
    expect(document.info).toMatchObject({
      title: expect.any(String),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/u),
    });
    for (const { path, responses, operationId } of operations) {
      expect(path).toMatch(/^\//u);
      expect(operationId).toMatch(/^[a-zA-Z]+$/u);
      expect(Object.values(responses).every(({ description }) => description !== "")).toBe(true);
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const name of Object.keys(document.components.schemas)) expect(name).toMatch(/^[A-Z][a-zA-Z]+$/u);
  });

  test("has every route with its parameters, those of the path as required", () => {
    expect(operations.map(({ path }) => path).sort()).toEqual(ROUTES.map(({ path }) => path).sort());
    for (const route of ROUTES) {
      const parameters = operations.find(({ path }) => path === route.path)?.parameters ?? [];
      const inPath = parameters.filter((parameter) => parameter.in === "path");
      const inQuery = parameters.filter((parameter) => parameter.in === "query");
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(route.path.match(/\{[a-z]+\}/gu) ?? []);
      expect(inPath.every(({ required }) => required === true)).toBe(true);
      expect(inQuery.map(({ name }) => name).sort()).toEqual(
        [...new Set([...Object.keys(route.queryParameters), "lang"])].sort(),
      );
      expect(inQuery.some(({ required }) => required === true)).toBe(false);
      expect(parameters.every(({ description }) => description !== "")).toBe(true);
    }
  });

  test("says everything in both languages", () => {
    for (const { summary, description } of operations) {
      expect(summary).toMatch(/\S/u);
      expect(description).toMatch(/\S/u);
      expect(summary).not.toBe(description);
    }
  });

  test("has forms that compile, and refers to no other", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "openapi", components: document.components });
    for (const name of Object.keys(document.components.schemas)) {
      const validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
      expect([name, validate("no object")]).toEqual([name, name === "Json"]);
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/gu)].map(
      ([, reference]) => reference ?? "",
    );
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      expect(Object.keys(document.components.schemas)).toContain(reference.replace("#/components/schemas/", ""));
    }
  });

  test("lets readers meet fields that they do not know", () => {
    expect(JSON.stringify(document.components)).not.toContain('"additionalProperties":false');
  });
});
