import { sqsClient } from "../lib/adapters/aws-clients.ts";
import { settingsFrom } from "../lib/adapters/function-settings.ts";
import { createSqsQueues } from "../lib/adapters/sqs-jobs.ts";
import type { MessageQueues } from "../lib/watch/message.ts";

/** The queues that the environment names. */
export function openQueues(): MessageQueues {
  const settings = settingsFrom(
    process.env,
    "JOBS_QUEUE_URL",
    "MAIL_JOBS_QUEUE_URL",
    "WEB_JOBS_QUEUE_URL",
    "CLOSE_QUEUE_URL",
  );
  const { JOBS_QUEUE_URL: jobs, MAIL_JOBS_QUEUE_URL: mailJobs, WEB_JOBS_QUEUE_URL: webJobs } = settings;
  return createSqsQueues(sqsClient(), { jobs, mailJobs, webJobs, close: settings.CLOSE_QUEUE_URL });
}
