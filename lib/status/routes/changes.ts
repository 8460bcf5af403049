import { isLeft, newestFirst, walkForm, walkOn } from "../changes-walk.ts";
import { changesForm, regressionsForm } from "../forms.ts";
import { familiesOf, isDeclared, type FamilyNow } from "../families.ts";
import { cursorParameter, limitParameter, sinceParameter } from "../parameters.ts";
import { defineRoute } from "../route.ts";
import { toldTransition, transitionId } from "../told-state.ts";
import type { StatusReading } from "../status-reading.ts";
import type { Transition } from "../../core/transition.ts";
import { familyOf } from "../../watch/cadence.ts";

const DAY = 86_400_000;
const DEFAULT_SPAN = 30 * DAY;

/** Confirmed changes since a moment, newest first, in pages. */
export const changesRoute = defineRoute({
  id: "changes",
  method: "GET",
  path: "/v1/changes",
  summary: { da: "Ændringer siden et tidspunkt, de nyeste først", en: "Changes since a moment, newest first" },
  page: "changes",
  answers: { kind: "json", name: "Changes", form: changesForm },
  pathParameters: {},
  queryParameters: { since: sinceParameter, limit: limitParameter, cursor: cursorParameter },
  position: walkForm,
  answer: async ({ query, position, limit }, reading) => {
    const now = reading.now();
    const until = new Date(now + 1).toISOString();
    const since = new Date(query.since ?? now - DEFAULT_SPAN).toISOString();
    const { changes, walk } = await walkOn(position ?? { since, until, at: until, id: null }, limit, reading);
    return {
      body: {
        since: position?.since ?? since,
        changes: changes.map(toldTransition),
        next: walk === null ? null : reading.nextPage(walk),
      },
    };
  },
});

/** The regressions of declared assets that have not ended, newest first, in pages. */
export const regressionsRoute = defineRoute({
  id: "regressions",
  method: "GET",
  path: "/v1/regressions",
  summary: { da: "Åbne forringelser", en: "Open regressions" },
  page: "regressions",
  answers: { kind: "json", name: "Regressions", form: regressionsForm },
  pathParameters: {},
  queryParameters: { limit: limitParameter, cursor: cursorParameter },
  position: walkForm.pick({ at: true, id: true }),
  answer: async ({ position, limit }, reading) => {
    const open = (await openRegressions(reading)).filter((each) => position === null || isLeft(each, position));
    const shown = open.toSorted(newestFirst).slice(0, limit);
    const last = open.length > shown.length ? shown.at(-1) : undefined;
    return {
      body: {
        regressions: shown.map(toldTransition),
        next: last === undefined ? null : reading.nextPage({ at: last.confirmedAt, id: transitionId(last) }),
      },
    };
  },
});

/** An asset that is declared no more has no regression that anybody could mend. */
async function openRegressions(reading: StatusReading): Promise<readonly Transition[]> {
  const { memory, municipality, families, requirements } = reading;
  const watched = new Map<string, FamilyNow>();
  for (const family of familiesOf(requirements)) watched.set(family, await families(family));
  return (await memory.transitions.open(municipality)).filter(({ asset, requirement }) => {
    const family = watched.get(familyOf(requirement));
    return family === undefined || isDeclared(asset, family);
  });
}
