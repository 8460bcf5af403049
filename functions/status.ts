import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { randomUUID } from "node:crypto";
import { settingsFrom } from "../lib/adapters/function-settings.ts";
import { REQUIREMENTS } from "../lib/requirements/index.ts";
import { STATIC_ASSETS } from "../lib/status/assets.ts";
import { createStatusHandler } from "../lib/status/handler.ts";
import { pageRenderer } from "../lib/status/pages/index.ts";
import type { StatusHandler } from "../lib/status/status-request.ts";
import { knownSecret } from "../lib/watch/installation.ts";
import { answerWith, requestIn } from "./http-api.ts";
import { logger } from "./logger.ts";
import { openStore } from "./store.ts";

const { MUNICIPALITY: municipality, LANGUAGE: language } = settingsFrom(process.env, "MUNICIPALITY", "LANGUAGE");
const { table, memory, evidence } = openStore();
let answering: StatusHandler | null = null;

/** The one for this container; before the first round there is no secret, and nothing that a cursor could lead to. */
async function answerer(): Promise<StatusHandler> {
  if (answering !== null) return answering;
  const secret = await knownSecret(table);
  const context = { municipality, memory, evidence, now: Date.now, requirements: REQUIREMENTS, language };
  const onError = (error: unknown): void => logger.error("a request failed", { error: String(error) });
  const made = createStatusHandler({ ...context, secret: secret ?? randomUUID() }, pageRenderer, {
    assets: STATIC_ASSETS,
    onError,
  });
  if (secret !== null) answering = made;
  return made;
}

/** The status API and its pages behind an HTTP API. It answers by the same table of routes as on one machine. */
export const handler = middy(async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
  answerWith(await (await answerer())(requestIn(event))),
).use(injectLambdaContext(logger));
