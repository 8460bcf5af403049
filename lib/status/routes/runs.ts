import type { Run } from "../../watch/run.ts";
import { familiesOf } from "../families.ts";
import { type RunsBody, runsForm } from "../forms.ts";
import { limitParameter } from "../parameters.ts";
import { defineRoute } from "../route.ts";

/** The newest runs of all families, second looks among them. */
export const runsRoute = defineRoute({
  id: "runs",
  method: "GET",
  path: "/v1/runs",
  summary: { da: "De seneste runder og deres dækning", en: "The latest runs and their coverage" },
  page: "runs",
  answers: { kind: "json", name: "Runs", form: runsForm },
  pathParameters: {},
  queryParameters: { limit: limitParameter },
  position: null,
  answer: async ({ limit }, { memory, municipality, requirements }) => {
    const runs: Run[] = [];
    for (const family of familiesOf(requirements)) {
      runs.push(...(await memory.runs.newest(municipality, family, limit)).map(({ value }) => value));
    }
    const newestFirst = runs.toSorted((a, b) => (a.startedAt > b.startedAt ? -1 : 1));
    return { body: { runs: newestFirst.slice(0, limit).map(toldRun) } };
  },
});

function toldRun({
  id,
  family,
  slot,
  startedAt,
  closedAt,
  suspect,
  counts,
  batches,
  done,
}: Run): RunsBody["runs"][number] {
  return {
    ...{ id, family, slot, startedAt, closedAt, suspect },
    counts: { ...counts },
    batches: { planned: batches.length, done: done.length },
  };
}
