import type * as z from "zod";
import type { ComplianceReport } from "../reports/compliance-report.ts";
import type {
  AssetBody,
  AssetsBody,
  ChangesBody,
  HistoryBody,
  problemForm,
  RegressionsBody,
  RequirementBody,
  RequirementsBody,
  RunsBody,
  Status,
} from "./forms.ts";
import type { View } from "./page.ts";

/** The body behind each page, by the id of its route. A route that is not here has no page: it answers its own form. */
export interface PageBodies {
  readonly status: Status;
  readonly requirements: RequirementsBody;
  readonly requirement: RequirementBody;
  readonly assets: AssetsBody;
  readonly asset: AssetBody;
  readonly history: HistoryBody;
  readonly changes: ChangesBody;
  readonly regressions: RegressionsBody;
  readonly runs: RunsBody;
  readonly report: ComplianceReport;
}

export type PageId = keyof PageBodies;

/** What went wrong, as people see it: `title` and `detail` are already in the language of the view. RFC 9457. */
export type Problem = z.infer<typeof problemForm>;

/** Makes whole HTML documents (`<!doctype html>` and layout included) of the very bodies that programs get. Never throws. */
export interface Renderer {
  page<Id extends PageId>(id: Id, body: PageBodies[Id], view: View): string;
  /** The page of a 4xx or 5xx answer. */
  problem(problem: Problem, view: View): string;
}

/** One static file, served at `/assets/<name>`. Names carry a hash of the content, so that they may be kept for ever. */
export interface StaticAsset {
  /** A media type: `text/css; charset=utf-8`. */
  readonly type: string;
  readonly body: Uint8Array;
}

/** By name, without a slash in front: `style-3f2a91c0.css`. Names are of `[A-Za-z0-9._-]`. */
export type StaticAssets = ReadonlyMap<string, StaticAsset>;
