import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { problemForm } from "./forms.ts";
import { languageParameter } from "./parameters.ts";
import { PROBLEM_TYPE } from "./problem.ts";
import type { Answers, Parameters, Route } from "./route.ts";
import { ROUTES } from "./routes.ts";

/** Raised with the interface, not with the engine: the first number is that of the paths. */
const API_VERSION = "1.0.0";

/** The status API as an OpenAPI 3.1 document, made of the table of routes. */
export function openApiText(): string {
  const document = createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Kravvagt: status API",
        version: API_VERSION,
        summary: "What a municipality fulfils of the technical minimum requirements, since when, and on what evidence",
        license: { name: "EUPL-1.2", identifier: "EUPL-1.2" },
      },
      servers: [{ url: "/" }],
      paths: pathsOf(ROUTES),
      components: { schemas: schemasOf(ROUTES) },
    },
    { override: openForMore },
  );
  return `${JSON.stringify(withNamedJson(document), null, 2)}\n`;
}

/** The only form that refers to itself is any JSON; it is given the same name wherever it was met. */
function withNamedJson(document: object): object {
  const named = JSON.stringify(document).replaceAll(/__schema\d+/gu, "Json");
  return JSON.parse(named) as object;
}

/** A reader must let fields pass that it does not know: more may come. */
function openForMore({ jsonSchema }: { readonly jsonSchema: { additionalProperties?: unknown } }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

function pathsOf(routes: readonly Route[]): ZodOpenApiPathsObject {
  return Object.fromEntries(routes.map((route) => [route.path, { get: operationOf(route) }]));
}

function operationOf({ id, summary, pathParameters, queryParameters, answers }: Route): ZodOpenApiOperationObject {
  const query = { ...queryParameters, lang: languageParameter };
  const isNamed = Object.keys(pathParameters).length > 0;
  return {
    operationId: id,
    summary: summary.en,
    description: summary.da,
    requestParams: {
      query: z.object(formsOf(query, (form) => form.optional())),
      ...(isNamed ? { path: z.object(formsOf(pathParameters, (form) => form)) } : {}),
    },
    responses: {
      ...answered(answers),
      ...problem("400", "A parameter is not of its form"),
      ...(isNamed ? problem("404", "There is nothing of that name") : {}),
      ...problem("500", "A fault of ours"),
      ...problem("503", "The data store cannot be read"),
    },
  };
}

function formsOf(parameters: Parameters, as: (form: z.ZodType) => z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { form, description }]) => [name, as(form).meta({ description })]),
  );
}

function answered(answers: Answers): ZodOpenApiOperationObject["responses"] {
  if (answers.kind === "redirect") return { "307": { description: "It is elsewhere: see Location" } };
  if (answers.kind === "text") {
    const { type, description } = answers;
    return { "200": { description, content: { [mediaTypeOf(type)]: { schema: { type: "string" } } } } };
  }
  return {
    "200": { description: answers.name, content: { "application/json": { schema: answers.form } } },
    ...NOT_MODIFIED,
  };
}

const NOT_MODIFIED = { "304": { description: "If-None-Match names what would have been answered" } } as const;

function mediaTypeOf(type: string): string {
  return type.split(";")[0] ?? type;
}

function problem(status: "400" | "404" | "500" | "503", description: string): ZodOpenApiOperationObject["responses"] {
  return { [status]: { description, content: { [PROBLEM_TYPE]: { schema: problemForm } } } };
}

/** Bodies stand once, by name. */
function schemasOf(routes: readonly Route[]): Record<string, z.ZodType> {
  const bodies = routes.flatMap(({ answers }) =>
    answers.kind === "json" ? [[answers.name, answers.form] as const] : [],
  );
  return { ...Object.fromEntries(bodies), Problem: problemForm };
}
