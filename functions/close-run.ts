import { processPartialResponse, SqsFifoPartialProcessorAsync } from "@aws-lambda-powertools/batch";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { REQUIREMENTS } from "../lib/requirements/index.ts";
import { workClose } from "../lib/watch/dispatch.ts";
import { messageIn } from "../lib/watch/message.ts";
import type { Run } from "../lib/watch/run.ts";
import { declared } from "./inventory.ts";
import { logEvent, logged, logger } from "./logger.ts";
import { measure, writeMetrics } from "./metrics.ts";
import { openQueues } from "./queues.ts";
import { openStore } from "./store.ts";
import { telling } from "./telling.ts";
import { watchIo } from "./watch-io.ts";

const store = openStore();
const queues = openQueues();
const processor = new SqsFifoPartialProcessorAsync();

const work = logged(async ({ body }: SQSRecord): Promise<void> => {
  const message = messageIn(body);
  if (message.kind !== "close") throw new Error(`the queue of closes holds a message of another kind: ${message.kind}`);
  const found = await declared(message.family, REQUIREMENTS, message.municipality);
  if (found === null) return;
  const closed: Run[] = [];
  const onEvent: typeof logEvent = (event) => {
    if (event.kind === "run-closed") closed.push(event.run);
    logEvent(event);
  };
  await workClose(message, found.watched, watchIo(store, { tell: telling(found.watched, store), onEvent }), queues);
  for (const run of closed) measure(run, await store.memory.days.summary(run.municipality));
  writeMetrics();
});

/** Closes runs and tells people. The queue gives it those of one municipality one at a time; nothing else may close them. */
export const handler = middy(async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  processPartialResponse(event, work, processor, { context }),
).use(injectLambdaContext(logger));
