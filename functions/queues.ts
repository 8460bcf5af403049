import { sqsClient } from "../lib/adapters/aws-clients.ts";
import { settingsFrom } from "../lib/adapters/function-settings.ts";
import { createSqsQueues } from "../lib/adapters/sqs-jobs.ts";
import type { MessageQueues } from "../lib/watch/message.ts";

/** The queues that the environment names. */
export function openQueues(): MessageQueues {
  const { JOBS_QUEUE_URL, CLOSE_QUEUE_URL } = settingsFrom(process.env, "JOBS_QUEUE_URL", "CLOSE_QUEUE_URL");
  return createSqsQueues(sqsClient(), { jobs: JOBS_QUEUE_URL, close: CLOSE_QUEUE_URL });
}
