import type { Route } from "./route.ts";
import { assetRoute } from "./routes/asset.ts";
import { assetsRoute } from "./routes/assets.ts";
import { changesRoute, regressionsRoute } from "./routes/changes.ts";
import { evidenceRoute } from "./routes/evidence.ts";
import { historyRoute } from "./routes/history.ts";
import { reportRoute } from "./routes/report.ts";
import { requirementRoute } from "./routes/requirement.ts";
import { runsRoute } from "./routes/runs.ts";
import { healthRoute, metricsRoute, openApiRoute, rootRoute } from "./routes/service.ts";
import { requirementsRoute, statusRoute } from "./routes/status.ts";

/** All there is to ask: dispatch, validation in tests and the OpenAPI document come from this one table. */
export const ROUTES: readonly Route[] = [
  rootRoute,
  statusRoute,
  requirementsRoute,
  requirementRoute,
  assetsRoute,
  assetRoute,
  historyRoute,
  changesRoute,
  regressionsRoute,
  runsRoute,
  evidenceRoute,
  reportRoute,
  openApiRoute,
  healthRoute,
  metricsRoute,
];
