import * as z from "zod";
import type { Requirement } from "../../core/requirement.ts";
import { declaredFor } from "../families.ts";
import { type AssetsBody, assetsForm } from "../forms.ts";
import { cursorParameter, limitParameter } from "../parameters.ts";
import { defineRoute } from "../route.ts";
import { type PageRange, statesPage } from "../states-page.ts";
import type { StatusReading } from "../status-reading.ts";
import { toldAsset, toldState } from "../told-state.ts";

/** All assets with their verdicts, in pages by asset id; those that nothing is remembered of have none. */
export const assetsRoute = defineRoute({
  id: "assets",
  method: "GET",
  path: "/v1/assets",
  summary: { da: "Aktiverne og deres afgørelser", en: "The assets and their verdicts" },
  page: "assets",
  answers: { kind: "json", name: "Assets", form: assetsForm },
  pathParameters: {},
  queryParameters: { limit: limitParameter, cursor: cursorParameter },
  position: z.strictObject({ after: z.string() }),
  answer: async ({ position, limit }, reading) => {
    const { assets, reached } = await mergedPage({ after: position?.after ?? null, limit }, reading);
    return { body: { assets, next: reached === null ? null : reading.nextPage({ after: reached }) } };
  },
});

type Entry = AssetsBody["assets"][number];

/**
 * The page of each requirement, put together. Beyond the id that the shortest of them reached another may have more, so the
 * page ends there at the latest.
 */
async function mergedPage(range: PageRange, reading: StatusReading) {
  const pages: {
    readonly entries: ReadonlyMap<string, Entry["verdicts"][number] | null>;
    readonly reached: string | null;
  }[] = [];
  for (const requirement of reading.requirements) pages.push(await pageOf(requirement, range, reading));
  const ends = pages.flatMap(({ reached }) => reached ?? []).sort();
  const end = ends[0] ?? null;
  const ids = [...new Set(pages.flatMap(({ entries }) => [...entries.keys()]))].sort();
  const within = ids.filter((id) => end === null || id <= end);
  const shown = within.slice(0, range.limit);
  const assets = shown.map((id): Entry => {
    const verdicts = pages.flatMap(({ entries }) => entries.get(id) ?? []);
    return { asset: toldAsset(id), verdicts };
  });
  return { assets, reached: within.length > shown.length ? (shown.at(-1) ?? null) : end };
}

/** One requirement's states by asset id, and null for declared assets without one, as far as the states were read. */
async function pageOf(requirement: Requirement, range: PageRange, reading: StatusReading) {
  const { states, watched, reached } = await statesPage(requirement, range, reading);
  const now = reading.now();
  const told = new Map(states.map((state) => [state.asset, toldState(state, now, watched.cadence)] as const));
  const { after } = range;
  const unseen = declaredFor(requirement, watched).filter(
    (id) => (after === null || id > after) && (reached === null || id <= reached) && !told.has(id),
  );
  return { entries: new Map([...told, ...unseen.map((id) => [id, null] as const)]), reached };
}
