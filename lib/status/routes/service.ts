import { ENGINE_VERSION } from "../../verify/result.ts";
import { type HealthBody, healthForm } from "../forms.ts";
import { metricsText, METRICS_TYPE } from "../metrics.ts";
import { languageParameter } from "../parameters.ts";
import { defineRoute } from "../route.ts";
import { type RunAge, runAges } from "../run-age.ts";
import { toldRequirements } from "../told-requirement.ts";
import { statusRoute } from "./status.ts";

/** Whether the service lives, and how old its last run is. */
export const healthRoute = defineRoute({
  id: "health",
  method: "GET",
  path: "/health",
  summary: { da: "Om tjenesten lever", en: "Whether the service lives" },
  page: null,
  answers: { kind: "json", name: "Health", form: healthForm },
  pathParameters: {},
  queryParameters: {},
  position: null,
  answer: async (_, reading) => {
    const ages = await runAges(reading);
    const latest = ages.filter(({ closedAt }) => closedAt !== null).toSorted((a, b) => ageOf(a) - ageOf(b))[0];
    return {
      body: {
        status: healthOf(ages),
        engine: ENGINE_VERSION,
        lastRun: latest?.closedAt ?? null,
        ageSeconds: latest?.ageSeconds ?? null,
      },
    };
  },
});

function ageOf({ ageSeconds }: RunAge): number {
  return ageSeconds ?? Number.POSITIVE_INFINITY;
}

function healthOf(ages: readonly RunAge[]): HealthBody["status"] {
  if (ages.some(({ isLate }) => isLate)) return "late";
  return ages.some(({ closedAt }) => closedAt !== null) ? "ok" : "waiting";
}

/** What a Prometheus server collects. */
export const metricsRoute = defineRoute({
  id: "metrics",
  method: "GET",
  path: "/metrics",
  summary: { da: "Målinger til Prometheus", en: "Metrics for Prometheus" },
  page: null,
  answers: { kind: "text", type: METRICS_TYPE, description: "Prometheus text exposition format 0.0.4" },
  pathParameters: {},
  queryParameters: {},
  position: null,
  answer: async ({ language }, reading) => {
    const summary = await reading.memory.days.summary(reading.municipality);
    const requirements = await toldRequirements(summary, reading, language);
    return { text: metricsText(requirements, await runAges(reading), ENGINE_VERSION), type: METRICS_TYPE };
  },
});

const OPENAPI_TYPE = "application/json; charset=utf-8";

/** This very interface, described. */
export const openApiRoute = defineRoute({
  id: "openapi",
  method: "GET",
  path: "/openapi.json",
  summary: { da: "Denne grænseflade som OpenAPI 3.1", en: "This interface as OpenAPI 3.1" },
  page: null,
  answers: { kind: "text", type: OPENAPI_TYPE, description: "An OpenAPI 3.1 document" },
  pathParameters: {},
  queryParameters: {},
  position: null,
  answer: async (_, { document }) => ({ text: await document(), type: OPENAPI_TYPE }),
});

/** The front door. */
export const rootRoute = defineRoute({
  id: "root",
  method: "GET",
  path: "/",
  summary: { da: "Viser videre til tilstanden", en: "Leads to the status" },
  page: null,
  answers: { kind: "redirect" },
  pathParameters: {},
  queryParameters: { lang: languageParameter },
  position: null,
  answer: async ({ query }) => ({
    location: query.lang === undefined ? statusRoute.path : `${statusRoute.path}?lang=${query.lang}`,
  }),
});
