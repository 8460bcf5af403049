import { combine } from "../../core/verdict.ts";
import { NOT_LOOKED_AT } from "../../watch/report-of-day.ts";
import { requirementsForm, statusForm } from "../forms.ts";
import { defineRoute } from "../route.ts";
import { toldRequirements } from "../told-requirement.ts";

/** How the municipality stands at the moment, out of the one item that each close writes. */
export const statusRoute = defineRoute({
  id: "status",
  method: "GET",
  path: "/v1/status",
  summary: { da: "Kommunens tilstand, krav for krav", en: "How the municipality stands, by requirement" },
  page: "status",
  answers: { kind: "json", name: "Status", form: statusForm },
  pathParameters: {},
  queryParameters: {},
  position: null,
  answer: async ({ language }, reading) => {
    const summary = await reading.memory.days.summary(reading.municipality);
    const requirements = await toldRequirements(summary, reading, language);
    const { verdict, cause } = requirements.length === 0 ? NOT_LOOKED_AT : combine(requirements);
    return {
      body: {
        municipality: { id: reading.municipality, name: summary?.name ?? null },
        reading: summary?.reading ?? null,
        overall: { verdict, cause },
        closedAt: summary?.closedAt ?? null,
        suspect: summary?.suspect ?? false,
        requirements: [...requirements],
      },
    };
  },
});

/** The same without the municipality. */
export const requirementsRoute = defineRoute({
  id: "requirements",
  method: "GET",
  path: "/v1/requirements",
  summary: { da: "De krav, der overvåges", en: "The requirements that are watched" },
  page: "requirements",
  answers: { kind: "json", name: "Requirements", form: requirementsForm },
  pathParameters: {},
  queryParameters: {},
  position: null,
  answer: async ({ language }, reading) => {
    const summary = await reading.memory.days.summary(reading.municipality);
    return { body: { requirements: [...(await toldRequirements(summary, reading, language))] } };
  },
});
