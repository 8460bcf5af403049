import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { randomUUID } from "node:crypto";
import { REQUIREMENTS } from "../lib/requirements/index.ts";
import { planRound } from "../lib/watch/dispatch.ts";
import { installationSecret } from "../lib/watch/installation.ts";
import { familyIn } from "../lib/watch/message.ts";
import { noteMunicipality } from "../lib/watch/municipalities.ts";
import { declared } from "./inventory.ts";
import { logger } from "./logger.ts";
import { openQueues } from "./queues.ts";
import { openStore } from "./store.ts";
import { watchIo } from "./watch-io.ts";

const store = openStore();
const queues = openQueues();

/** Plans the round of a family's current slot and hands out its batches. Called by the schedule with `{ "family": … }`. */
export const handler = middy(async (event: unknown): Promise<void> => {
  const found = await declared(familyIn(event), REQUIREMENTS);
  if (found === null) return;
  await noteMunicipality(store.table, found.watched.municipality.id);
  await installationSecret(store.table, () => randomUUID());
  await planRound(found.watched, watchIo(store), queues);
}).use(injectLambdaContext(logger));
