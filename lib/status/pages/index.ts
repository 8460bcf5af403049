import type { View } from "../page.ts";
import type { PageBodies, PageId, Problem, Renderer } from "../renderer.ts";
import { assetPage } from "./asset.ts";
import { assetsPage } from "./assets.ts";
import { changesPage, regressionsPage } from "./changes.ts";
import { historyPage } from "./history.ts";
import { documentOf, type PageParts } from "./layout.ts";
import { overviewPage, requirementsPage } from "./overview.ts";
import { problemPage } from "./problem.ts";
import { reportPage } from "./report.ts";
import { requirementPage } from "./requirement.ts";
import { runsPage } from "./runs.ts";

type PageOf<Id extends PageId> = (body: PageBodies[Id], view: View) => PageParts;

const PAGES: { readonly [Id in PageId]: PageOf<Id> } = {
  status: overviewPage,
  requirements: requirementsPage,
  requirement: requirementPage,
  assets: assetsPage,
  asset: assetPage,
  history: historyPage,
  changes: changesPage,
  regressions: regressionsPage,
  runs: runsPage,
  report: reportPage,
};

/** The document of a route's body, whole and escaped. */
export function renderPage<Id extends PageId>(id: Id, body: PageBodies[Id], view: View): string {
  return documentOf((PAGES[id] as PageOf<Id>)(body, view), view);
}

/** The document of a 4xx or 5xx answer. */
export function renderProblem(problem: Problem, view: View): string {
  return documentOf(problemPage(problem, view), view);
}

/** How the handler makes pages. */
export const pageRenderer: Renderer = { page: renderPage, problem: renderProblem };
