import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { changedKey } from "../lib/adapters/stream-record.ts";
import { publishChange } from "../lib/watch/state-change.ts";
import { logged, logger } from "./logger.ts";
import { openMemory } from "./memory.ts";

const { memory } = openMemory();
const processor = new BatchProcessor(EventType.DynamoDBStreams);

const work = logged(async ({ dynamodb }: DynamoDBRecord): Promise<void> => {
  const key = changedKey(dynamodb);
  if (key === null) return;
  const published = await publishChange(key.pk, key.sk, memory);
  if (published !== null && published > 0) logger.info("transitions were published", { ...key, published });
});

/** Copies what states have settled into history, as the table's stream tells of their change. Doing it again changes nothing. */
export const handler = middy(async (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> =>
  processPartialResponse(event, work, processor, { context }),
).use(injectLambdaContext(logger));
