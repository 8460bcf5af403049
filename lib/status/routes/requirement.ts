import * as z from "zod";
import { builtRequirement } from "../built.ts";
import { requirementForm } from "../forms.ts";
import { cursorParameter, limitParameter, requirementParameter } from "../parameters.ts";
import { defineRoute } from "../route.ts";
import { statesPage } from "../states-page.ts";
import { toldRequirement } from "../told-requirement.ts";
import { toldAsset, toldState } from "../told-state.ts";

/** One requirement with its source's words and the verdict of each of its assets, in pages by asset id. */
export const requirementRoute = defineRoute({
  id: "requirement",
  method: "GET",
  path: "/v1/requirements/{requirement}",
  summary: { da: "Et krav og dets aktiver", en: "A requirement and its assets" },
  page: "requirement",
  answers: { kind: "json", name: "Requirement", form: requirementForm },
  pathParameters: { requirement: requirementParameter },
  queryParameters: { limit: limitParameter, cursor: cursorParameter },
  position: z.strictObject({ after: z.string() }),
  answer: async ({ path, position, limit, language }, reading) => {
    const requirement = builtRequirement(path.requirement, reading);
    const summary = await reading.memory.days.summary(reading.municipality);
    const page = await statesPage(requirement, { after: position?.after ?? null, limit }, reading);
    const { states, watched, reached } = page;
    const now = reading.now();
    return {
      body: {
        ...toldRequirement({ requirement, watched, summary, now, language }),
        wording: requirement.wording,
        fulfilledWhen: requirement.fulfilledWhen,
        verdicts: states.map((state) => ({
          asset: toldAsset(state.asset),
          ...toldState(state, now, watched.cadence),
        })),
        next: reached === null ? null : reading.nextPage({ after: reached }),
      },
    };
  },
});
