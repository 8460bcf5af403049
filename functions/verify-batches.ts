import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Requirement } from "../lib/core/requirement.ts";
import type { Family } from "../lib/inventory/inventory.ts";
import { workLook, workSecondLook } from "../lib/watch/dispatch.ts";
import { messageIn } from "../lib/watch/message.ts";
import { declared } from "./inventory.ts";
import { logged, logger } from "./logger.ts";
import { looking } from "./looking.ts";
import { openQueues } from "./queues.ts";
import { openStore } from "./store.ts";
import { watchIo } from "./watch-io.ts";

/** What is left of a function's time when it gives up looking: enough to let go and to say so. */
const TO_SPARE_MS = 10_000;
const store = openStore();
const queues = openQueues();
const processor = new BatchProcessor(EventType.SQS);

/** What a function looks at: it has nothing else with it. */
export interface Looked {
  readonly family: Family;
  /** Those of the family that are built. */
  readonly requirements: readonly Requirement[];
}

async function work({ body }: SQSRecord, context: Context, { family, requirements }: Looked): Promise<void> {
  const message = messageIn(body);
  // Only queues of looks can hold a close back; only the other one has those of a municipality worked in turn.
  if (message.kind === "close") return queues.close(message);
  if (message.family !== family) throw new Error(`a message of the family ${message.family} came to that of ${family}`);
  const found = await declared(family, requirements, message.municipality);
  if (found === null) return;
  const io = watchIo(store, { openLooking: await looking(found.files, store) });
  if (message.kind === "second-look") return workSecondLook(message, found.watched, io, queues);
  const signal = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - TO_SPARE_MS));
  return workLook(message, found.watched, io, queues, signal);
}

/** Looks at the batches that a queue hands out. A record that could not be worked comes again by itself. */
export function verifyBatches(looked: Looked) {
  const record = logged((each: SQSRecord, context: Context) => work(each, context, looked));
  return middy(async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(event, record, processor, { context }),
  ).use(injectLambdaContext(logger));
}
